-- Commands answered once, work to be done later, and the record of who did and saw what.
CREATE TABLE commands (
  subject_id  BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  act         TEXT    NOT NULL,
  answer      TEXT   NOT NULL,
  created_at  INTEGER  NOT NULL,
  PRIMARY KEY (subject_id, id)
) STRICT;
CREATE TABLE jobs (
  id           BLOB    PRIMARY KEY,
  kind         TEXT    NOT NULL,
  payload      TEXT   NOT NULL,
  run_at       INTEGER  NOT NULL,
  attempts     INTEGER  NOT NULL,
  locked_until INTEGER,
  last_error   TEXT,
  created_at   INTEGER  NOT NULL,
  done_at      INTEGER
) STRICT;
CREATE INDEX jobs_to_run ON jobs (run_at, id) WHERE done_at IS NULL;
CREATE TABLE leases (
  name    TEXT    PRIMARY KEY,
  holder  BLOB    NOT NULL,
  until   INTEGER  NOT NULL
) STRICT;
CREATE TABLE audit_rows (
  id          INTEGER  PRIMARY KEY AUTOINCREMENT,
  at          INTEGER  NOT NULL,
  actor_kind  TEXT    NOT NULL,
  actor_id    BLOB,
  actor_name  TEXT    NOT NULL,
  acting_for  BLOB,
  office_id   INTEGER,
  act         TEXT    NOT NULL,
  object_kind TEXT    NOT NULL,
  object_id   TEXT    NOT NULL,
  detail      TEXT   NOT NULL,
  address     TEXT    NOT NULL,
  request_id  TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_rows_of_object ON audit_rows (object_kind, object_id, id);
-- The chain is written beside the rows, by one sealer, so that no act waits for another act's hash.
CREATE TABLE audit_seals (
  seq        INTEGER  PRIMARY KEY,
  row_id     INTEGER  NOT NULL UNIQUE,
  hash       TEXT    NOT NULL,
  sealed_at  INTEGER  NOT NULL
) STRICT;
CREATE TRIGGER audit_rows_no_update BEFORE UPDATE ON audit_rows BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
CREATE TRIGGER audit_rows_no_delete BEFORE DELETE ON audit_rows BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
CREATE TRIGGER dossier_events_no_update BEFORE UPDATE ON dossier_events BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
CREATE TRIGGER dossier_events_no_delete BEFORE DELETE ON dossier_events BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
