-- Accounts proven by somebody who saw the person and the card, codes that open an account without its password, and
-- dossiers that an account filed before its number went to the number's owner.
-- The number an account was opened with, once the number has gone to its owner; `citizen_id`, which is unique, then
-- holds the account's own id, which is nobody's number.
ALTER TABLE accounts ADD COLUMN lost_number TEXT;
ALTER TABLE accounts ADD COLUMN lost_at BIGINT;
CREATE INDEX accounts_of_lost_number ON accounts (lost_number, lost_at) WHERE lost_number IS NOT NULL;
CREATE TABLE account_proofs (
  account_id  UUID     NOT NULL REFERENCES accounts (id),
  id          UUID     NOT NULL,
  level       BIGINT  NOT NULL,
  how         TEXT     NOT NULL,
  at          BIGINT  NOT NULL,
  office_id   BIGINT  NOT NULL,
  staff_id    UUID     NOT NULL,
  staff_name  TEXT     NOT NULL,
  -- The account that held the number before.
  taken_from  UUID,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX account_proofs_by_id ON account_proofs (id);
CREATE TABLE account_codes (
  account_id  UUID     NOT NULL REFERENCES accounts (id),
  -- The proof it was drawn with.
  id          UUID     NOT NULL,
  code_hash   TEXT     NOT NULL,
  issued_at   BIGINT  NOT NULL,
  expires_at  BIGINT  NOT NULL,
  used_at     BIGINT,
  replaced_at BIGINT,
  PRIMARY KEY (account_id, id)
);
CREATE TABLE disputed_dossiers (
  office_id   BIGINT  NOT NULL,
  dossier_id  UUID     NOT NULL,
  -- The account that filed it, and the one that the number belongs to.
  filed_by    UUID     NOT NULL,
  owner       UUID     NOT NULL,
  since       BIGINT  NOT NULL,
  settled_at  BIGINT,
  settled_by  UUID,
  belongs     TEXT,
  PRIMARY KEY (office_id, dossier_id)
);
CREATE INDEX disputed_dossiers_open ON disputed_dossiers (since, dossier_id) WHERE settled_at IS NULL;
CREATE INDEX disputed_dossiers_of_owner ON disputed_dossiers (owner) WHERE settled_at IS NULL;
