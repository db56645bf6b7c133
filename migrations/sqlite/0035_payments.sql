-- Money that comes by transfer: what is asked for, what the bank says came, what each part of it was used for, what waits for
-- a person, what goes back. Amounts are whole đồng. The unit's authority stands first in the keys, except where a dossier's own
-- office does.

-- Accounts of a unit at a bank.
CREATE TABLE bank_accounts (
  office_id    INTEGER NOT NULL REFERENCES offices (id),
  id           BLOB NOT NULL,
  bin          TEXT NOT NULL,
  account      TEXT NOT NULL,
  holder       TEXT NOT NULL,
  -- Days; the last one included.
  valid_from   INTEGER NOT NULL,
  valid_to     INTEGER,
  made_by_name TEXT NOT NULL,
  made_at      INTEGER NOT NULL,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX bank_accounts_id ON bank_accounts (id);
CREATE UNIQUE INDEX bank_accounts_open ON bank_accounts (bin, account) WHERE valid_to IS NULL;
CREATE INDEX bank_accounts_number ON bank_accounts (account, id);

-- What a payer owes. Of a dossier's the office is where the dossier was filed.
CREATE TABLE payment_requests (
  office_id    INTEGER NOT NULL REFERENCES offices (id),
  id           BLOB NOT NULL,
  dossier_id   BLOB,
  -- What comes back in the note of a transfer.
  token        TEXT NOT NULL,
  -- fee, duty or counter.
  purpose      TEXT NOT NULL,
  -- Where it is to be paid to; none where only cash is taken.
  account_id   BLOB REFERENCES bank_accounts (id),
  payer_name   TEXT NOT NULL,
  lines        TEXT NOT NULL,
  -- The sum of the lines.
  asked        INTEGER NOT NULL CHECK (asked > 0),
  -- What its entries add up to.
  status       TEXT NOT NULL,
  paid         INTEGER NOT NULL CHECK (paid >= 0),
  refunded     INTEGER NOT NULL CHECK (refunded >= 0 AND refunded <= paid),
  remaining    INTEGER NOT NULL CHECK (remaining >= 0),
  -- The last moment to pay, included.
  limit_at     INTEGER,
  made_by      BLOB REFERENCES staff (id),
  made_by_name TEXT NOT NULL,
  made_at      INTEGER NOT NULL,
  -- From when on nothing is owed: it is paid, cancelled or has run out.
  closed_at    INTEGER,
  -- cancelled or expired; none for one that was paid.
  closed_as    TEXT,
  version      INTEGER NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, dossier_id) REFERENCES dossiers (office_id, id)
) STRICT;
CREATE UNIQUE INDEX payment_requests_id ON payment_requests (id);
CREATE UNIQUE INDEX payment_requests_token ON payment_requests (token);
CREATE INDEX payment_requests_of_dossier ON payment_requests (office_id, dossier_id, id);
CREATE INDEX payment_requests_owed ON payment_requests (account_id, remaining, made_at, id) WHERE closed_at IS NULL;
CREATE INDEX payment_requests_limit ON payment_requests (limit_at, id) WHERE closed_at IS NULL AND limit_at IS NOT NULL;

-- What the bank says came. A notification and a line of a statement of the same transfer are one.
CREATE TABLE credits (
  office_id     INTEGER NOT NULL REFERENCES offices (id),
  id            BLOB NOT NULL,
  account_id    BLOB NOT NULL REFERENCES bank_accounts (id),
  -- What the bank calls it.
  bank_ref      TEXT NOT NULL,
  -- webhook, statement or gateway: how it was heard of first.
  source        TEXT NOT NULL,
  booked_at     INTEGER NOT NULL,
  received_at   INTEGER NOT NULL,
  -- Below zero for what went out.
  amount        INTEGER NOT NULL,
  currency      TEXT NOT NULL,
  note          TEXT NOT NULL,
  payer_name    TEXT NOT NULL,
  -- Masked.
  payer_account TEXT NOT NULL,
  -- The sum of its parts: never more than came.
  used          INTEGER NOT NULL CHECK (used = 0 OR (used > 0 AND used <= amount)),
  -- From when on nothing of it waits to be used.
  done_at       INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX credits_id ON credits (id);
CREATE UNIQUE INDEX credits_ref ON credits (account_id, bank_ref);
CREATE INDEX credits_open ON credits (received_at, id) WHERE done_at IS NULL;
CREATE INDEX credits_list ON credits (office_id, booked_at, id);

-- Money that goes back, of a request or of a credit that belongs to none.
CREATE TABLE refunds (
  office_id       INTEGER NOT NULL REFERENCES offices (id),
  id              BLOB NOT NULL,
  request_id      BLOB REFERENCES payment_requests (id),
  credit_id       BLOB REFERENCES credits (id),
  amount          INTEGER NOT NULL CHECK (amount > 0),
  -- So much of what was due of a request is not asked any more, because it went back.
  waived          INTEGER NOT NULL CHECK (waived >= 0 AND waived <= amount),
  payee           TEXT NOT NULL,
  -- cash or transfer.
  way             TEXT NOT NULL,
  bin             TEXT,
  -- In full until it is sent, rejected or given up; masked for good.
  account         TEXT,
  masked_account  TEXT NOT NULL,
  reason          TEXT NOT NULL,
  state           TEXT NOT NULL,
  asked_by        BLOB NOT NULL REFERENCES staff (id),
  asked_by_name   TEXT NOT NULL,
  asked_at        INTEGER NOT NULL,
  decided_by      BLOB REFERENCES staff (id),
  decided_by_name TEXT,
  decided_at      INTEGER,
  sendings        INTEGER NOT NULL,
  remark          TEXT NOT NULL,
  ended_at        INTEGER,
  version         INTEGER NOT NULL,
  PRIMARY KEY (office_id, id),
  CHECK (decided_by IS NULL OR decided_by <> asked_by),
  CHECK ((request_id IS NULL) <> (credit_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX refunds_id ON refunds (id);
CREATE INDEX refunds_open ON refunds (office_id, asked_at, id) WHERE ended_at IS NULL;
CREATE INDEX refunds_of_request ON refunds (request_id, id);
CREATE INDEX refunds_of_credit ON refunds (credit_id, id);

-- What a credit was used for, part by part. A row is never changed: what was wrong is set right by another.
CREATE TABLE credit_parts (
  office_id  INTEGER NOT NULL,
  credit_id  BLOB NOT NULL,
  id         BLOB NOT NULL,
  -- request, refund, or released: what a part had taken is free again.
  kind       TEXT NOT NULL,
  request_id BLOB REFERENCES payment_requests (id),
  refund_id  BLOB REFERENCES refunds (id),
  amount     INTEGER NOT NULL CHECK (amount > 0),
  -- None for what the program matched by itself.
  by_staff   BLOB REFERENCES staff (id),
  by_name    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (office_id, credit_id, id),
  FOREIGN KEY (office_id, credit_id) REFERENCES credits (office_id, id),
  CHECK ((request_id IS NULL) <> (refund_id IS NULL))
) STRICT;
CREATE INDEX credit_parts_of_request ON credit_parts (request_id, id);
CREATE TRIGGER credit_parts_no_update BEFORE UPDATE ON credit_parts BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;
CREATE TRIGGER credit_parts_no_delete BEFORE DELETE ON credit_parts BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END;

-- What a person must look at. A line that was looked to keeps its row.
CREATE TABLE money_tray (
  office_id   INTEGER NOT NULL REFERENCES offices (id),
  id          BLOB NOT NULL,
  credit_id   BLOB REFERENCES credits (id),
  request_id  BLOB REFERENCES payment_requests (id),
  reason      TEXT NOT NULL,
  since       INTEGER NOT NULL,
  -- Who looks to it, and whom or what they have asked.
  owner       BLOB REFERENCES staff (id),
  owner_name  TEXT,
  note        TEXT,
  closed_at   INTEGER,
  how         TEXT,
  closed_by   TEXT,
  PRIMARY KEY (office_id, id),
  CHECK ((credit_id IS NULL) <> (request_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX money_tray_id ON money_tray (id);
CREATE INDEX money_tray_open ON money_tray (office_id, since, id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX money_tray_credit ON money_tray (credit_id) WHERE closed_at IS NULL AND credit_id IS NOT NULL;
CREATE UNIQUE INDEX money_tray_request ON money_tray (request_id) WHERE closed_at IS NULL AND request_id IS NOT NULL;

-- Statements of accounts that were read in.
CREATE TABLE statements (
  office_id  INTEGER NOT NULL REFERENCES offices (id),
  id         BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES bank_accounts (id),
  sha256     TEXT NOT NULL,
  format     TEXT NOT NULL,
  by_staff   BLOB NOT NULL REFERENCES staff (id),
  by_name    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  lines      INTEGER NOT NULL,
  new_lines  INTEGER NOT NULL,
  -- Lines that were not taken, with the reason.
  refused    TEXT NOT NULL,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX statements_id ON statements (id);
CREATE UNIQUE INDEX statements_file ON statements (account_id, sha256);
CREATE INDEX statements_list ON statements (account_id, at, id);

-- Events that providers have told of: the same one twice is one.
CREATE TABLE provider_events (
  provider  TEXT NOT NULL,
  event_id  TEXT NOT NULL,
  at        INTEGER NOT NULL,
  credit_id BLOB NOT NULL REFERENCES credits (id),
  -- new or known: whether it brought a credit that had not been heard of.
  outcome   TEXT NOT NULL,
  PRIMARY KEY (provider, event_id)
) STRICT;
