-- Residents' accounts, staff, what they are appointed to do, and their sessions.
CREATE TABLE accounts (
  id            BLOB    PRIMARY KEY,
  citizen_id    TEXT    NOT NULL UNIQUE,
  name          TEXT    NOT NULL,
  phone         TEXT,
  password_hash TEXT    NOT NULL,
  level         INTEGER  NOT NULL,
  created_at    INTEGER  NOT NULL
) STRICT;
CREATE TABLE staff (
  id             BLOB    PRIMARY KEY,
  login          TEXT    NOT NULL UNIQUE,
  name           TEXT    NOT NULL,
  sort_key       TEXT    NOT NULL,
  phone          TEXT,
  password_hash  TEXT    NOT NULL,
  totp_secret    TEXT    NOT NULL,
  -- The newest time step a code was accepted for: a code never serves twice.
  totp_last_step INTEGER  NOT NULL DEFAULT 0,
  created_at     INTEGER  NOT NULL,
  disabled_at    INTEGER
) STRICT;
CREATE TABLE recovery_codes (
  staff_id    BLOB    NOT NULL REFERENCES staff (id),
  code_hash   TEXT    NOT NULL,
  used_at     INTEGER,
  PRIMARY KEY (staff_id, code_hash)
) STRICT;
CREATE TABLE positions (
  id          BLOB    PRIMARY KEY,
  staff_id    BLOB    NOT NULL REFERENCES staff (id),
  office_id   INTEGER  NOT NULL REFERENCES offices (id),
  role        TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  valid_from  INTEGER  NOT NULL,
  valid_to    INTEGER
) STRICT;
CREATE INDEX positions_of_staff ON positions (staff_id);
CREATE INDEX positions_in_office ON positions (office_id, role);
CREATE TABLE sessions (
  token_hash     TEXT    PRIMARY KEY,
  kind           TEXT    NOT NULL,
  subject_id     BLOB    NOT NULL,
  created_at     INTEGER  NOT NULL,
  seen_at        INTEGER  NOT NULL,
  idle_until     INTEGER  NOT NULL,
  absolute_until INTEGER  NOT NULL,
  address        TEXT    NOT NULL,
  agent          TEXT    NOT NULL,
  ended_at       INTEGER
) STRICT;
CREATE INDEX sessions_of_subject ON sessions (subject_id, created_at);
-- Wrong tries by account, by address, by dossier: shared by every process, unlike a limiter in memory.
CREATE TABLE limits (
  scope         TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  window_start  INTEGER  NOT NULL,
  tries         INTEGER  NOT NULL,
  locked_until  INTEGER  NOT NULL,
  PRIMARY KEY (scope, subject)
) STRICT;
