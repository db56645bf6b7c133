-- Places in time and the rules a dossier is received under. Days are counts since 1970-01-01 in Việt Nam,
-- instants are Unix milliseconds. Nothing here is ever deleted: a new version is a new row.
CREATE TABLE offices (
  id          BIGINT  PRIMARY KEY,
  key         TEXT    NOT NULL UNIQUE,
  name        TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  unit_code   TEXT    NOT NULL,
  organ_id    TEXT    NOT NULL,
  parent_key  TEXT,
  valid_from  BIGINT  NOT NULL,
  valid_to    BIGINT
);
CREATE TABLE office_successions (
  from_key    TEXT    NOT NULL,
  to_key      TEXT    NOT NULL,
  on_day      BIGINT  NOT NULL,
  basis       TEXT    NOT NULL,
  PRIMARY KEY (from_key, to_key, on_day)
);
CREATE TABLE calendars (
  version     TEXT    PRIMARY KEY,
  scope       TEXT    NOT NULL,
  body        JSONB   NOT NULL,
  created_at  BIGINT  NOT NULL
);
CREATE TABLE procedure_versions (
  id          UUID    PRIMARY KEY,
  code        TEXT    NOT NULL,
  valid_from  BIGINT  NOT NULL,
  valid_to    BIGINT,
  name        TEXT    NOT NULL,
  record      JSONB   NOT NULL,
  local       JSONB,
  created_at  BIGINT  NOT NULL,
  UNIQUE (code, valid_from)
);
-- What could not be structured at import, for an administrator to look at.
CREATE TABLE import_remarks (
  procedure_version UUID   NOT NULL REFERENCES procedure_versions (id),
  position          BIGINT NOT NULL,
  field             TEXT   NOT NULL,
  verbatim          TEXT   NOT NULL,
  why               TEXT   NOT NULL,
  PRIMARY KEY (procedure_version, position)
);
-- Forms as data, a row a version: a draft and a dossier keep the version they were filled in.
CREATE TABLE forms (
  key         TEXT    NOT NULL,
  version     BIGINT  NOT NULL,
  body        JSONB   NOT NULL,
  created_at  BIGINT  NOT NULL,
  PRIMARY KEY (key, version)
);
CREATE TABLE counters (
  office_id   BIGINT  NOT NULL,
  kind        TEXT    NOT NULL,
  period      TEXT    NOT NULL,
  value       BIGINT  NOT NULL,
  PRIMARY KEY (office_id, kind, period)
);
