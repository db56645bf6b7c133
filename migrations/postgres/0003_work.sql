-- Dossiers. The office stands first in every key of a table that grows, so that the tables can be split by it.
CREATE TABLE drafts (
  id                UUID    PRIMARY KEY,
  account_id        UUID    NOT NULL REFERENCES accounts (id),
  office_id         BIGINT  NOT NULL REFERENCES offices (id),
  procedure_version UUID    NOT NULL REFERENCES procedure_versions (id),
  procedure_code    TEXT    NOT NULL,
  form_key          TEXT    NOT NULL,
  form_version      BIGINT   NOT NULL,
  typed             JSONB   NOT NULL,
  seen_topics       JSONB   NOT NULL,
  version           BIGINT  NOT NULL,
  created_at        BIGINT  NOT NULL,
  updated_at        BIGINT  NOT NULL,
  submitted_as      UUID,
  dropped_at        BIGINT
);
CREATE INDEX drafts_of_account ON drafts (account_id, updated_at);
CREATE TABLE blobs (
  sha256      TEXT    PRIMARY KEY,
  size        BIGINT  NOT NULL,
  created_at  BIGINT  NOT NULL
);
CREATE TABLE uploads (
  id          UUID    PRIMARY KEY,
  owner_id    UUID    NOT NULL,
  draft_id    UUID,
  dossier_id  UUID,
  question    TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  mime        TEXT    NOT NULL,
  size        BIGINT  NOT NULL,
  sha256      TEXT    REFERENCES blobs (sha256),
  created_at  BIGINT  NOT NULL,
  finished_at BIGINT,
  dropped_at  BIGINT
);
CREATE INDEX uploads_of_draft ON uploads (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX uploads_of_dossier ON uploads (dossier_id) WHERE dossier_id IS NOT NULL;
CREATE INDEX uploads_of_owner ON uploads (owner_id, created_at);
CREATE TABLE dossiers (
  -- Where it was filed: part of the key of everything about it, for good.
  office_id          BIGINT  NOT NULL REFERENCES offices (id),
  id                 UUID    NOT NULL,
  -- Who resolves it now: another office once its own was continued by one. Rights and queues go by this.
  resolving_office   BIGINT  NOT NULL REFERENCES offices (id),
  code               TEXT,
  temporary_code     TEXT,
  lookup_code        TEXT    NOT NULL,
  status             BIGINT  NOT NULL,
  sub_state          TEXT    NOT NULL,
  assignee           UUID,
  holder_role        TEXT    NOT NULL,
  channel            TEXT    NOT NULL,
  source             TEXT    NOT NULL,
  account_id         UUID,
  applicant_name     TEXT    NOT NULL,
  applicant_id       TEXT    NOT NULL,
  applicant_phone    TEXT    NOT NULL,
  applicant_address  TEXT    NOT NULL,
  search_text        TEXT    NOT NULL,
  procedure_code     TEXT    NOT NULL,
  procedure_name     TEXT    NOT NULL,
  procedure_version  UUID    NOT NULL REFERENCES procedure_versions (id),
  calendar_version   TEXT    NOT NULL REFERENCES calendars (version),
  form_key           TEXT    NOT NULL,
  form_version       BIGINT   NOT NULL,
  typed              JSONB   NOT NULL,
  papers_listed      JSONB   NOT NULL,
  state              JSONB   NOT NULL,
  sensitive          BOOLEAN NOT NULL,
  submitted_at       BIGINT,
  accept_by          BIGINT,
  received_at        BIGINT,
  original_due_at    BIGINT,
  due_at             BIGINT,
  finished_at        BIGINT,
  delivered_at       BIGINT,
  -- The moment the dossier's present queue sorts by: the limit that is running now.
  queue_at           BIGINT  NOT NULL,
  corrects           UUID,
  updated_at         BIGINT  NOT NULL,
  version            BIGINT  NOT NULL,
  PRIMARY KEY (office_id, id)
);
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
  office_id   BIGINT  NOT NULL,
  dossier_id  UUID    NOT NULL
);
CREATE TABLE dossier_events (
  office_id   BIGINT  NOT NULL,
  dossier_id  UUID    NOT NULL,
  seq         BIGINT  NOT NULL,
  at          BIGINT  NOT NULL,
  device_at   BIGINT,
  actor_kind  TEXT    NOT NULL,
  actor_id    UUID,
  actor_name  TEXT    NOT NULL,
  actor_role  TEXT,
  acting_for  UUID,
  command_id  UUID,
  body        JSONB   NOT NULL,
  PRIMARY KEY (office_id, dossier_id, seq)
);
CREATE TABLE notes (
  office_id   BIGINT  NOT NULL,
  dossier_id  UUID    NOT NULL,
  id          UUID    NOT NULL,
  at          BIGINT  NOT NULL,
  staff_id    UUID    NOT NULL REFERENCES staff (id),
  staff_name  TEXT    NOT NULL,
  words       TEXT    NOT NULL,
  PRIMARY KEY (office_id, dossier_id, id)
);
-- Papers printed by the office, with the data that fed them, so that each can be printed again as it was.
CREATE TABLE papers (
  office_id    BIGINT  NOT NULL,
  dossier_id   UUID    NOT NULL,
  id           UUID    NOT NULL,
  kind         TEXT    NOT NULL,
  rules        TEXT    NOT NULL,
  number       TEXT,
  issued_at    BIGINT  NOT NULL,
  for_resident BOOLEAN NOT NULL,
  body         JSONB   NOT NULL,
  PRIMARY KEY (office_id, dossier_id, id)
);
CREATE INDEX papers_by_id ON papers (id);
-- Every version of a result is kept: a corrected one replaces, never erases.
CREATE TABLE results (
  office_id    BIGINT  NOT NULL,
  dossier_id   UUID    NOT NULL,
  version      BIGINT  NOT NULL,
  granted      BOOLEAN NOT NULL,
  title        TEXT    NOT NULL,
  paper_id     UUID,
  upload_id    UUID    REFERENCES uploads (id),
  issued_at    BIGINT  NOT NULL,
  replaced_at  BIGINT,
  PRIMARY KEY (office_id, dossier_id, version)
);
CREATE TABLE ratings (
  office_id    BIGINT  NOT NULL,
  dossier_id   UUID    NOT NULL,
  score        BIGINT  NOT NULL,
  words        TEXT    NOT NULL,
  at           BIGINT  NOT NULL,
  PRIMARY KEY (office_id, dossier_id)
);
