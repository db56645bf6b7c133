-- Residents who sign in through an identity provider: what it knows them as, and sign-ins that are under way. A proof of
-- an account is given by a clerk, or by the provider: then no office and no clerk stands beside it.
ALTER TABLE account_proofs ALTER COLUMN office_id DROP NOT NULL;
ALTER TABLE account_proofs ALTER COLUMN staff_id DROP NOT NULL;
ALTER TABLE account_proofs ALTER COLUMN staff_name DROP NOT NULL;
CREATE TABLE identity_links (
  -- The provider, and its name for the person.
  issuer      TEXT     NOT NULL,
  subject     TEXT     NOT NULL,
  account_id  UUID     NOT NULL REFERENCES accounts (id),
  linked_at   BIGINT  NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE TABLE identity_attempts (
  -- Hashes of what the provider brings back and of the browser's cookie.
  state_hash    TEXT     PRIMARY KEY,
  browser_hash  TEXT     NOT NULL,
  nonce         TEXT     NOT NULL,
  verifier      TEXT     NOT NULL,
  -- Where the person was going.
  next          TEXT     NOT NULL,
  begun_at      BIGINT  NOT NULL,
  expires_at    BIGINT  NOT NULL,
  used_at       BIGINT
);
