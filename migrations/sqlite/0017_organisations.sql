-- Organisations that residents act for. Each is claimed by the account of its representative: until somebody compares
-- papers, two people may claim one number, and neither sees what the other filed.
CREATE TABLE organisations (
  id          BLOB     PRIMARY KEY,
  -- None since the representative's number went to its owner: nobody acts for it until a clerk has said whose it is.
  account_id  BLOB     REFERENCES accounts (id),
  number      TEXT     NOT NULL,
  name        TEXT     NOT NULL,
  address     TEXT     NOT NULL,
  created_at  INTEGER  NOT NULL,
  UNIQUE (account_id, number)
) STRICT;
-- Employees that the representative named, from a day to a day.
CREATE TABLE organisation_members (
  organisation_id  BLOB     NOT NULL REFERENCES organisations (id),
  id               BLOB     NOT NULL,
  account_id       BLOB     NOT NULL REFERENCES accounts (id),
  valid_from       INTEGER  NOT NULL,
  valid_to         INTEGER,
  named_at         INTEGER  NOT NULL,
  ended_at         INTEGER,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE INDEX organisation_members_by_account ON organisation_members (account_id, organisation_id);

-- Organisations whose representative's number went to its owner, for a clerk of the office where that was proven.
CREATE TABLE disputed_organisations (
  office_id        INTEGER  NOT NULL,
  organisation_id  BLOB     NOT NULL REFERENCES organisations (id),
  -- The account that entered it, and the one that the number belongs to.
  entered_by       BLOB     NOT NULL,
  owner            BLOB     NOT NULL REFERENCES accounts (id),
  since            INTEGER  NOT NULL,
  settled_at       INTEGER,
  settled_by       BLOB,
  belongs          TEXT,
  PRIMARY KEY (office_id, organisation_id)
) STRICT;
CREATE INDEX disputed_organisations_open ON disputed_organisations (office_id, since, organisation_id)
  WHERE settled_at IS NULL;
CREATE INDEX disputed_organisations_by_organisation ON disputed_organisations (organisation_id);
CREATE INDEX disputed_organisations_of_owner ON disputed_organisations (owner) WHERE settled_at IS NULL;

-- For whom a draft or a dossier is: an organisation, or as before the person alone. A dossier keeps what the
-- organisation was called when it was filed, also one that walked in and has no account here.
ALTER TABLE drafts ADD COLUMN organisation_id BLOB;
ALTER TABLE dossiers ADD COLUMN organisation_id BLOB;
ALTER TABLE dossiers ADD COLUMN organisation_number TEXT;
ALTER TABLE dossiers ADD COLUMN organisation_name TEXT;
ALTER TABLE dossiers ADD COLUMN organisation_address TEXT;
CREATE INDEX dossiers_by_organisation ON dossiers (organisation_id, updated_at, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX dossiers_by_organisation_number ON dossiers (resolving_office, organisation_number, procedure_code)
  WHERE organisation_number IS NOT NULL;
