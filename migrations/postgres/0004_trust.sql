-- Commands answered once, work to be done later, and the record of who did and saw what.
CREATE TABLE commands (
  subject_id  UUID    NOT NULL,
  id          UUID    NOT NULL,
  act         TEXT    NOT NULL,
  answer      JSONB   NOT NULL,
  created_at  BIGINT  NOT NULL,
  PRIMARY KEY (subject_id, id)
);
CREATE TABLE jobs (
  id           UUID    PRIMARY KEY,
  kind         TEXT    NOT NULL,
  payload      JSONB   NOT NULL,
  run_at       BIGINT  NOT NULL,
  attempts     BIGINT  NOT NULL,
  locked_until BIGINT,
  last_error   TEXT,
  created_at   BIGINT  NOT NULL,
  done_at      BIGINT
);
CREATE INDEX jobs_to_run ON jobs (run_at, id) WHERE done_at IS NULL;
CREATE TABLE leases (
  name    TEXT    PRIMARY KEY,
  holder  UUID    NOT NULL,
  until   BIGINT  NOT NULL
);
CREATE TABLE audit_rows (
  id          BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          BIGINT  NOT NULL,
  actor_kind  TEXT    NOT NULL,
  actor_id    UUID,
  actor_name  TEXT    NOT NULL,
  acting_for  UUID,
  office_id   BIGINT,
  act         TEXT    NOT NULL,
  object_kind TEXT    NOT NULL,
  object_id   TEXT    NOT NULL,
  detail      JSONB   NOT NULL,
  address     TEXT    NOT NULL,
  request_id  TEXT    NOT NULL
);
CREATE INDEX audit_rows_of_object ON audit_rows (object_kind, object_id, id);
-- The chain is written beside the rows, by one sealer, so that no act waits for another act's hash.
CREATE TABLE audit_seals (
  seq        BIGINT  PRIMARY KEY,
  row_id     BIGINT  NOT NULL UNIQUE,
  hash       TEXT    NOT NULL,
  sealed_at  BIGINT  NOT NULL
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this table is append-only';
END $$;
CREATE TRIGGER audit_rows_keep BEFORE UPDATE OR DELETE ON audit_rows FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seals_keep BEFORE UPDATE OR DELETE ON audit_seals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_events_keep BEFORE UPDATE OR DELETE ON dossier_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- A trigger for each row does not see a table emptied at once.
CREATE TRIGGER audit_rows_keep_all BEFORE TRUNCATE ON audit_rows EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seals_keep_all BEFORE TRUNCATE ON audit_seals EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_events_keep_all BEFORE TRUNCATE ON dossier_events EXECUTE FUNCTION refuse_change();
