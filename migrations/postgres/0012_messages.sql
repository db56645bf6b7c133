-- What residents are told by letter or short message. A message is written with the fact it tells of, in one
-- transaction; a worker carries it away.
CREATE TABLE message_choices (
  account_id      UUID    PRIMARY KEY REFERENCES accounts (id),
  -- How the resident wants to be told: none, email, sms.
  means           TEXT    NOT NULL,
  -- Addresses that were proven by a code sent there.
  email           TEXT,
  phone           TEXT,
  -- The address that waits for its code, and the hash of the code once it was sent.
  pending_means   TEXT,
  pending_address TEXT,
  code_hash       TEXT,
  code_until      BIGINT,
  -- Quiet hours, in minutes after midnight.
  quiet_from      BIGINT  NOT NULL,
  quiet_to        BIGINT  NOT NULL,
  updated_at      BIGINT  NOT NULL
);
-- The telephone of a walk-in who agreed at the counter to be told there.
CREATE TABLE dossier_contacts (
  office_id   BIGINT  NOT NULL,
  dossier_id  UUID    NOT NULL,
  phone       TEXT    NOT NULL,
  agreed_at   BIGINT  NOT NULL,
  PRIMARY KEY (office_id, dossier_id)
);
CREATE TABLE messages (
  -- The office of the dossier; 0 for the code that proves an address, which is of no office.
  office_id    BIGINT  NOT NULL,
  id           UUID    NOT NULL,
  dossier_id   UUID,
  -- The event it tells of: one message for one fact, whatever is repeated.
  seq          BIGINT,
  account_id   UUID,
  means        TEXT    NOT NULL,
  address      TEXT    NOT NULL,
  body         JSONB   NOT NULL,
  -- waiting, sent, refused (for good, by its carrier), dropped (no longer so, or no longer wanted).
  state        TEXT    NOT NULL,
  send_at      BIGINT  NOT NULL,
  attempts     BIGINT  NOT NULL,
  locked_until BIGINT,
  problem      TEXT,
  created_at   BIGINT  NOT NULL,
  settled_at   BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX messages_of_event ON messages (office_id, dossier_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX messages_by_id ON messages (id);
CREATE INDEX messages_to_send ON messages (means, send_at, id) WHERE state = 'waiting';
CREATE INDEX messages_refused ON messages (settled_at, id) WHERE state = 'refused';
-- Codes that served their time are forgotten by their age.
CREATE INDEX messages_of_accounts ON messages (account_id, created_at) WHERE office_id = 0;
