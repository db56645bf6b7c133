-- Residents who sign in through an identity provider: what it knows them as, and sign-ins that are under way. A proof of
-- an account is given by a clerk, or by the provider: then no office and no clerk stands beside it.
CREATE TABLE account_proofs_again (
  account_id  BLOB     NOT NULL REFERENCES accounts (id),
  id          BLOB     NOT NULL,
  level       INTEGER  NOT NULL,
  how         TEXT     NOT NULL,
  at          INTEGER  NOT NULL,
  office_id   INTEGER,
  staff_id    BLOB,
  staff_name  TEXT,
  -- The account that held the number before.
  taken_from  BLOB,
  PRIMARY KEY (account_id, id)
) STRICT;
INSERT INTO account_proofs_again (account_id, id, level, how, at, office_id, staff_id, staff_name, taken_from)
SELECT account_id, id, level, how, at, office_id, staff_id, staff_name, taken_from FROM account_proofs;
DROP TABLE account_proofs;
ALTER TABLE account_proofs_again RENAME TO account_proofs;
CREATE INDEX account_proofs_by_id ON account_proofs (id);
CREATE TABLE identity_links (
  -- The provider, and its name for the person.
  issuer      TEXT     NOT NULL,
  subject     TEXT     NOT NULL,
  account_id  BLOB     NOT NULL REFERENCES accounts (id),
  linked_at   INTEGER  NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT;
CREATE TABLE identity_attempts (
  -- Hashes of what the provider brings back and of the browser's cookie.
  state_hash    TEXT     PRIMARY KEY,
  browser_hash  TEXT     NOT NULL,
  nonce         TEXT     NOT NULL,
  verifier      TEXT     NOT NULL,
  -- Where the person was going.
  next          TEXT     NOT NULL,
  begun_at      INTEGER  NOT NULL,
  expires_at    INTEGER  NOT NULL,
  used_at       INTEGER
) STRICT;
