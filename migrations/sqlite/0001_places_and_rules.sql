-- Places in time and the rules a dossier is received under. Days are counts since 1970-01-01 in Việt Nam,
-- instants are Unix milliseconds. Nothing here is ever deleted: a new version is a new row.
CREATE TABLE offices (
  id          INTEGER  PRIMARY KEY,
  key         TEXT    NOT NULL UNIQUE,
  name        TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  unit_code   TEXT    NOT NULL,
  organ_id    TEXT    NOT NULL,
  parent_key  TEXT,
  valid_from  INTEGER  NOT NULL,
  valid_to    INTEGER
) STRICT;
CREATE TABLE office_successions (
  from_key    TEXT    NOT NULL,
  to_key      TEXT    NOT NULL,
  on_day      INTEGER  NOT NULL,
  basis       TEXT    NOT NULL,
  PRIMARY KEY (from_key, to_key, on_day)
) STRICT;
CREATE TABLE calendars (
  version     TEXT    PRIMARY KEY,
  scope       TEXT    NOT NULL,
  body        TEXT   NOT NULL,
  created_at  INTEGER  NOT NULL
) STRICT;
CREATE TABLE procedure_versions (
  id          BLOB    PRIMARY KEY,
  code        TEXT    NOT NULL,
  valid_from  INTEGER  NOT NULL,
  valid_to    INTEGER,
  name        TEXT    NOT NULL,
  record      TEXT   NOT NULL,
  local       TEXT,
  created_at  INTEGER  NOT NULL,
  UNIQUE (code, valid_from)
) STRICT;
-- What could not be structured at import, for an administrator to look at.
CREATE TABLE import_remarks (
  procedure_version BLOB   NOT NULL REFERENCES procedure_versions (id),
  position          INTEGER NOT NULL,
  field             TEXT   NOT NULL,
  verbatim          TEXT   NOT NULL,
  why               TEXT   NOT NULL,
  PRIMARY KEY (procedure_version, position)
) STRICT;
-- Forms as data, a row a version: a draft and a dossier keep the version they were filled in.
CREATE TABLE forms (
  key         TEXT    NOT NULL,
  version     INTEGER  NOT NULL,
  body        TEXT   NOT NULL,
  created_at  INTEGER  NOT NULL,
  PRIMARY KEY (key, version)
) STRICT;
CREATE TABLE counters (
  office_id   INTEGER  NOT NULL,
  kind        TEXT    NOT NULL,
  period      TEXT    NOT NULL,
  value       INTEGER  NOT NULL,
  PRIMARY KEY (office_id, kind, period)
) STRICT;
