-- Dossiers. The office stands first in every key of a table that grows, so that the tables can be split by it.
CREATE TABLE drafts (
  id                BLOB    PRIMARY KEY,
  account_id        BLOB    NOT NULL REFERENCES accounts (id),
  office_id         INTEGER  NOT NULL REFERENCES offices (id),
  procedure_version BLOB    NOT NULL REFERENCES procedure_versions (id),
  procedure_code    TEXT    NOT NULL,
  form_key          TEXT    NOT NULL,
  form_version      INTEGER   NOT NULL,
  typed             TEXT   NOT NULL,
  seen_topics       TEXT   NOT NULL,
  version           INTEGER  NOT NULL,
  created_at        INTEGER  NOT NULL,
  updated_at        INTEGER  NOT NULL,
  submitted_as      BLOB,
  dropped_at        INTEGER
) STRICT;
CREATE INDEX drafts_of_account ON drafts (account_id, updated_at);
CREATE TABLE blobs (
  sha256      TEXT    PRIMARY KEY,
  size        INTEGER  NOT NULL,
  created_at  INTEGER  NOT NULL
) STRICT;
CREATE TABLE uploads (
  id          BLOB    PRIMARY KEY,
  owner_id    BLOB    NOT NULL,
  draft_id    BLOB,
  dossier_id  BLOB,
  question    TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  mime        TEXT    NOT NULL,
  size        INTEGER  NOT NULL,
  sha256      TEXT    REFERENCES blobs (sha256),
  created_at  INTEGER  NOT NULL,
  finished_at INTEGER,
  dropped_at  INTEGER
) STRICT;
CREATE INDEX uploads_of_draft ON uploads (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX uploads_of_dossier ON uploads (dossier_id) WHERE dossier_id IS NOT NULL;
CREATE INDEX uploads_of_owner ON uploads (owner_id, created_at);
CREATE TABLE dossiers (
  -- Where it was filed: part of the key of everything about it, for good.
  office_id          INTEGER  NOT NULL REFERENCES offices (id),
  id                 BLOB    NOT NULL,
  -- Who resolves it now: another office once its own was continued by one. Rights and queues go by this.
  resolving_office   INTEGER  NOT NULL REFERENCES offices (id),
  code               TEXT,
  temporary_code     TEXT,
  lookup_code        TEXT    NOT NULL,
  status             INTEGER  NOT NULL,
  sub_state          TEXT    NOT NULL,
  assignee           BLOB,
  holder_role        TEXT    NOT NULL,
  channel            TEXT    NOT NULL,
  source             TEXT    NOT NULL,
  account_id         BLOB,
  applicant_name     TEXT    NOT NULL,
  applicant_id       TEXT    NOT NULL,
  applicant_phone    TEXT    NOT NULL,
  applicant_address  TEXT    NOT NULL,
  search_text        TEXT    NOT NULL,
  procedure_code     TEXT    NOT NULL,
  procedure_name     TEXT    NOT NULL,
  procedure_version  BLOB    NOT NULL REFERENCES procedure_versions (id),
  calendar_version   TEXT    NOT NULL REFERENCES calendars (version),
  form_key           TEXT    NOT NULL,
  form_version       INTEGER   NOT NULL,
  typed              TEXT   NOT NULL,
  papers_listed      TEXT   NOT NULL,
  state              TEXT   NOT NULL,
  sensitive          INTEGER NOT NULL,
  submitted_at       INTEGER,
  accept_by          INTEGER,
  received_at        INTEGER,
  original_due_at    INTEGER,
  due_at             INTEGER,
  finished_at        INTEGER,
  delivered_at       INTEGER,
  -- The moment the dossier's present queue sorts by: the limit that is running now.
  queue_at           INTEGER  NOT NULL,
  corrects           BLOB,
  updated_at         INTEGER  NOT NULL,
  version            INTEGER  NOT NULL,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX dossiers_by_id ON dossiers (id);
CREATE INDEX dossiers_queue ON dossiers (resolving_office, status, queue_at, id);
CREATE INDEX dossiers_assigned ON dossiers (resolving_office, assignee, queue_at, id) WHERE assignee IS NOT NULL;
CREATE INDEX dossiers_by_code ON dossiers (code) WHERE code IS NOT NULL;
CREATE INDEX dossiers_by_temporary_code ON dossiers (temporary_code) WHERE temporary_code IS NOT NULL;
CREATE INDEX dossiers_of_account ON dossiers (account_id, updated_at, id) WHERE account_id IS NOT NULL;
CREATE INDEX dossiers_received ON dossiers (office_id, received_at, id);
CREATE INDEX dossiers_of_person ON dossiers (resolving_office, applicant_id, procedure_code);
-- One code names one dossier in the whole country; the directory stays whole when the dossiers are split.
CREATE TABLE dossier_codes (
  code        TEXT    PRIMARY KEY,
  office_id   INTEGER  NOT NULL,
  dossier_id  BLOB    NOT NULL
) STRICT;
CREATE TABLE dossier_events (
  office_id   INTEGER  NOT NULL,
  dossier_id  BLOB    NOT NULL,
  seq         INTEGER  NOT NULL,
  at          INTEGER  NOT NULL,
  device_at   INTEGER,
  actor_kind  TEXT    NOT NULL,
  actor_id    BLOB,
  actor_name  TEXT    NOT NULL,
  actor_role  TEXT,
  acting_for  BLOB,
  command_id  BLOB,
  body        TEXT   NOT NULL,
  PRIMARY KEY (office_id, dossier_id, seq)
) STRICT;
CREATE TABLE notes (
  office_id   INTEGER  NOT NULL,
  dossier_id  BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  at          INTEGER  NOT NULL,
  staff_id    BLOB    NOT NULL REFERENCES staff (id),
  staff_name  TEXT    NOT NULL,
  words       TEXT    NOT NULL,
  PRIMARY KEY (office_id, dossier_id, id)
) STRICT;
-- Papers printed by the office, with the data that fed them, so that each can be printed again as it was.
CREATE TABLE papers (
  office_id    INTEGER  NOT NULL,
  dossier_id   BLOB    NOT NULL,
  id           BLOB    NOT NULL,
  kind         TEXT    NOT NULL,
  rules        TEXT    NOT NULL,
  number       TEXT,
  issued_at    INTEGER  NOT NULL,
  for_resident INTEGER NOT NULL,
  body         TEXT   NOT NULL,
  PRIMARY KEY (office_id, dossier_id, id)
) STRICT;
CREATE INDEX papers_by_id ON papers (id);
-- Every version of a result is kept: a corrected one replaces, never erases.
CREATE TABLE results (
  office_id    INTEGER  NOT NULL,
  dossier_id   BLOB    NOT NULL,
  version      INTEGER  NOT NULL,
  granted      INTEGER NOT NULL,
  title        TEXT    NOT NULL,
  paper_id     BLOB,
  upload_id    BLOB    REFERENCES uploads (id),
  issued_at    INTEGER  NOT NULL,
  replaced_at  INTEGER,
  PRIMARY KEY (office_id, dossier_id, version)
) STRICT;
CREATE TABLE ratings (
  office_id    INTEGER  NOT NULL,
  dossier_id   BLOB    NOT NULL,
  score        INTEGER  NOT NULL,
  words        TEXT    NOT NULL,
  at           INTEGER  NOT NULL,
  PRIMARY KEY (office_id, dossier_id)
) STRICT;
