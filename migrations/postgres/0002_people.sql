-- Residents' accounts, staff, what they are appointed to do, and their sessions.
CREATE TABLE accounts (
  id            UUID    PRIMARY KEY,
  citizen_id    TEXT    NOT NULL UNIQUE,
  name          TEXT    NOT NULL,
  phone         TEXT,
  password_hash TEXT    NOT NULL,
  level         BIGINT  NOT NULL,
  created_at    BIGINT  NOT NULL
);
CREATE TABLE staff (
  id             UUID    PRIMARY KEY,
  login          TEXT    NOT NULL UNIQUE,
  name           TEXT    NOT NULL,
  sort_key       TEXT    NOT NULL,
  phone          TEXT,
  password_hash  TEXT    NOT NULL,
  totp_secret    TEXT    NOT NULL,
  -- The newest time step a code was accepted for: a code never serves twice.
  totp_last_step BIGINT  NOT NULL DEFAULT 0,
  created_at     BIGINT  NOT NULL,
  disabled_at    BIGINT
);
CREATE TABLE recovery_codes (
  staff_id    UUID    NOT NULL REFERENCES staff (id),
  code_hash   TEXT    NOT NULL,
  used_at     BIGINT,
  PRIMARY KEY (staff_id, code_hash)
);
CREATE TABLE positions (
  id          UUID    PRIMARY KEY,
  staff_id    UUID    NOT NULL REFERENCES staff (id),
  office_id   BIGINT  NOT NULL REFERENCES offices (id),
  role        TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  valid_from  BIGINT  NOT NULL,
  valid_to    BIGINT
);
CREATE INDEX positions_of_staff ON positions (staff_id);
CREATE INDEX positions_in_office ON positions (office_id, role);
CREATE TABLE sessions (
  token_hash     TEXT    PRIMARY KEY,
  kind           TEXT    NOT NULL,
  subject_id     UUID    NOT NULL,
  created_at     BIGINT  NOT NULL,
  seen_at        BIGINT  NOT NULL,
  idle_until     BIGINT  NOT NULL,
  absolute_until BIGINT  NOT NULL,
  address        TEXT    NOT NULL,
  agent          TEXT    NOT NULL,
  ended_at       BIGINT
);
CREATE INDEX sessions_of_subject ON sessions (subject_id, created_at);
-- Wrong tries by account, by address, by dossier: shared by every process, unlike a limiter in memory.
CREATE TABLE limits (
  scope         TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  window_start  BIGINT  NOT NULL,
  tries         BIGINT  NOT NULL,
  locked_until  BIGINT  NOT NULL,
  PRIMARY KEY (scope, subject)
);
