-- The office first in the keys of drafts and uploads too: a draft is begun for an office, a file lies with a draft, a
-- tray or a dossier of one. What lies there already takes the office of where it lies; a scan of a tray, which knows
-- its clerk alone, that of the clerk's first position (0 where there is none: the sweep of old trays forgets it).
CREATE TABLE drafts_by_office (
  office_id         INTEGER  NOT NULL REFERENCES offices (id),
  id                BLOB     NOT NULL,
  account_id        BLOB     NOT NULL REFERENCES accounts (id),
  procedure_version BLOB     NOT NULL REFERENCES procedure_versions (id),
  procedure_code    TEXT     NOT NULL,
  form_key          TEXT     NOT NULL,
  form_version      INTEGER  NOT NULL,
  typed             TEXT     NOT NULL,
  seen_topics       TEXT     NOT NULL,
  version           INTEGER  NOT NULL,
  created_at        INTEGER  NOT NULL,
  updated_at        INTEGER  NOT NULL,
  submitted_as      BLOB,
  dropped_at        INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
INSERT INTO drafts_by_office
  SELECT office_id, id, account_id, procedure_version, procedure_code, form_key, form_version, typed, seen_topics,
    version, created_at, updated_at, submitted_as, dropped_at
  FROM drafts;
CREATE TABLE uploads_by_office (
  office_id   INTEGER  NOT NULL,
  id          BLOB     NOT NULL,
  owner_id    BLOB     NOT NULL,
  draft_id    BLOB,
  dossier_id  BLOB,
  question    TEXT     NOT NULL,
  name        TEXT     NOT NULL,
  mime        TEXT     NOT NULL,
  size        INTEGER  NOT NULL,
  sha256      TEXT     REFERENCES blobs (sha256),
  created_at  INTEGER  NOT NULL,
  finished_at INTEGER,
  dropped_at  INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
INSERT INTO uploads_by_office
  SELECT COALESCE(
      (SELECT d.office_id FROM dossiers d WHERE d.id = u.dossier_id),
      (SELECT d.office_id FROM drafts d WHERE d.id = u.draft_id),
      (SELECT MIN(p.office_id) FROM positions p WHERE p.staff_id = u.owner_id), 0),
    id, owner_id, draft_id, dossier_id, question, name, mime, size, sha256, created_at, finished_at, dropped_at
  FROM uploads u;
CREATE TABLE results_of_uploads (
  office_id    INTEGER  NOT NULL,
  dossier_id   BLOB     NOT NULL,
  version      INTEGER  NOT NULL,
  granted      INTEGER  NOT NULL,
  title        TEXT     NOT NULL,
  paper_id     BLOB,
  upload_id    BLOB,
  issued_at    INTEGER  NOT NULL,
  replaced_at  INTEGER,
  PRIMARY KEY (office_id, dossier_id, version),
  FOREIGN KEY (office_id, upload_id) REFERENCES uploads_by_office (office_id, id)
) STRICT;
INSERT INTO results_of_uploads
  SELECT office_id, dossier_id, version, granted, title, paper_id, upload_id, issued_at, replaced_at FROM results;
DROP TABLE results;
DROP TABLE uploads;
DROP TABLE drafts;
-- References follow the names.
ALTER TABLE results_of_uploads RENAME TO results;
ALTER TABLE uploads_by_office RENAME TO uploads;
ALTER TABLE drafts_by_office RENAME TO drafts;
CREATE INDEX drafts_by_id ON drafts (id);
CREATE INDEX drafts_of_account ON drafts (account_id, updated_at);
CREATE INDEX drafts_of_version ON drafts (procedure_version);
-- Which drafts nobody has touched for long.
CREATE INDEX drafts_open ON drafts (updated_at) WHERE submitted_as IS NULL AND dropped_at IS NULL;
CREATE INDEX uploads_by_id ON uploads (id);
CREATE INDEX uploads_of_draft ON uploads (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX uploads_of_dossier ON uploads (dossier_id) WHERE dossier_id IS NOT NULL;
CREATE INDEX uploads_of_owner ON uploads (owner_id, created_at);
CREATE INDEX uploads_of_blob ON uploads (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX uploads_coming ON uploads (created_at) WHERE finished_at IS NULL AND dropped_at IS NULL;
