-- What a unit (its authority stands first) adds to a procedure, beside the versions that every unit shares. A new version
-- is a new row; of those that hold by a day the last one counts.
CREATE TABLE local_parts (
  office_id   INTEGER NOT NULL REFERENCES offices (id),
  id          BLOB    NOT NULL,
  code        TEXT    NOT NULL,
  -- 1 for the first of the procedure in the unit, and so on.
  number      INTEGER NOT NULL,
  valid_from  INTEGER NOT NULL,
  -- Whether residents begin it online for this unit.
  online      INTEGER NOT NULL,
  contact     TEXT    NOT NULL,
  notes       TEXT    NOT NULL,
  -- The unit's own term: what it is counted in, and how many.
  term_unit   TEXT,
  term_amount INTEGER,
  staff_name  TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX local_parts_by_code ON local_parts (office_id, code, valid_from, number, id);
CREATE UNIQUE INDEX local_parts_number ON local_parts (office_id, code, number);
CREATE TRIGGER local_parts_no_update BEFORE UPDATE ON local_parts BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
CREATE TRIGGER local_parts_no_delete BEFORE DELETE ON local_parts BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
-- Under which of them a draft was begun and a dossier received; none where the unit had said nothing.
ALTER TABLE drafts ADD COLUMN local_part BLOB;
ALTER TABLE dossiers ADD COLUMN local_part BLOB;
