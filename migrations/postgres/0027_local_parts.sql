-- What a unit (its authority stands first) adds to a procedure, beside the versions that every unit shares. A new version
-- is a new row; of those that hold by a day the last one counts.
CREATE TABLE local_parts (
  office_id   BIGINT  NOT NULL REFERENCES offices (id),
  id          UUID    NOT NULL,
  code        TEXT    NOT NULL,
  -- 1 for the first of the procedure in the unit, and so on.
  number      BIGINT  NOT NULL,
  valid_from  BIGINT  NOT NULL,
  -- Whether residents begin it online for this unit.
  online      BOOLEAN NOT NULL,
  contact     TEXT    NOT NULL,
  notes       TEXT    NOT NULL,
  -- The unit's own term: what it is counted in, and how many.
  term_unit   TEXT,
  term_amount BIGINT,
  staff_name  TEXT    NOT NULL,
  created_at  BIGINT  NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX local_parts_by_code ON local_parts (office_id, code, valid_from, number, id);
CREATE UNIQUE INDEX local_parts_number ON local_parts (office_id, code, number);
CREATE TRIGGER local_parts_keep BEFORE UPDATE OR DELETE ON local_parts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER local_parts_keep_all BEFORE TRUNCATE ON local_parts EXECUTE FUNCTION refuse_change();
-- Under which of them a draft was begun and a dossier received; none where the unit had said nothing.
ALTER TABLE drafts ADD COLUMN local_part UUID;
ALTER TABLE dossiers ADD COLUMN local_part UUID;
