-- What residents are told by letter or short message. A message is written with the fact it tells of, in one
-- transaction; a worker carries it away.
CREATE TABLE message_choices (
  account_id      BLOB    PRIMARY KEY REFERENCES accounts (id),
  -- How the resident wants to be told: none, email, sms.
  means           TEXT    NOT NULL,
  -- Addresses that were proven by a code sent there.
  email           TEXT,
  phone           TEXT,
  -- The address that waits for its code, and the hash of the code once it was sent.
  pending_means   TEXT,
  pending_address TEXT,
  code_hash       TEXT,
  code_until      INTEGER,
  -- Quiet hours, in minutes after midnight.
  quiet_from      INTEGER  NOT NULL,
  quiet_to        INTEGER  NOT NULL,
  updated_at      INTEGER  NOT NULL
) STRICT;
-- The telephone of a walk-in who agreed at the counter to be told there.
CREATE TABLE dossier_contacts (
  office_id   INTEGER  NOT NULL,
  dossier_id  BLOB    NOT NULL,
  phone       TEXT    NOT NULL,
  agreed_at   INTEGER  NOT NULL,
  PRIMARY KEY (office_id, dossier_id)
) STRICT;
CREATE TABLE messages (
  -- The office of the dossier; 0 for the code that proves an address, which is of no office.
  office_id    INTEGER  NOT NULL,
  id           BLOB    NOT NULL,
  dossier_id   BLOB,
  -- The event it tells of: one message for one fact, whatever is repeated.
  seq          INTEGER,
  account_id   BLOB,
  means        TEXT    NOT NULL,
  address      TEXT    NOT NULL,
  body         TEXT   NOT NULL,
  -- waiting, sent, refused (for good, by its carrier), dropped (no longer so, or no longer wanted).
  state        TEXT    NOT NULL,
  send_at      INTEGER  NOT NULL,
  attempts     INTEGER  NOT NULL,
  locked_until INTEGER,
  problem      TEXT,
  created_at   INTEGER  NOT NULL,
  settled_at   INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX messages_of_event ON messages (office_id, dossier_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX messages_by_id ON messages (id);
CREATE INDEX messages_to_send ON messages (means, send_at, id) WHERE state = 'waiting';
CREATE INDEX messages_refused ON messages (settled_at, id) WHERE state = 'refused';
-- Codes that served their time are forgotten by their age.
CREATE INDEX messages_of_accounts ON messages (account_id, created_at) WHERE office_id = 0;
