-- Money that comes by transfer: what is asked for, what the bank says came, what each part of it was used for, what waits for
-- a person, what goes back. Amounts are whole đồng. The unit's authority stands first in the keys, except where a dossier's own
-- office does.

-- Accounts of a unit at a bank.
CREATE TABLE bank_accounts (
  office_id    BIGINT NOT NULL REFERENCES offices (id),
  id           UUID NOT NULL,
  bin          TEXT NOT NULL,
  account      TEXT NOT NULL,
  holder       TEXT NOT NULL,
  -- Days; the last one included.
  valid_from   BIGINT NOT NULL,
  valid_to     BIGINT,
  made_by_name TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX bank_accounts_id ON bank_accounts (id);
CREATE UNIQUE INDEX bank_accounts_open ON bank_accounts (bin, account) WHERE valid_to IS NULL;
CREATE INDEX bank_accounts_number ON bank_accounts (account, id);

-- What a payer owes. Of a dossier's the office is where the dossier was filed.
CREATE TABLE payment_requests (
  office_id    BIGINT NOT NULL REFERENCES offices (id),
  id           UUID NOT NULL,
  dossier_id   UUID,
  -- What comes back in the note of a transfer.
  token        TEXT NOT NULL,
  -- fee, duty or counter.
  purpose      TEXT NOT NULL,
  -- Where it is to be paid to; none where only cash is taken.
  account_id   UUID REFERENCES bank_accounts (id),
  payer_name   TEXT NOT NULL,
  lines        JSONB NOT NULL,
  -- The sum of the lines.
  asked        BIGINT NOT NULL CHECK (asked > 0),
  -- What its entries add up to.
  status       TEXT NOT NULL,
  paid         BIGINT NOT NULL CHECK (paid >= 0),
  refunded     BIGINT NOT NULL CHECK (refunded >= 0 AND refunded <= paid),
  remaining    BIGINT NOT NULL CHECK (remaining >= 0),
  -- The last moment to pay, included.
  limit_at     BIGINT,
  made_by      UUID REFERENCES staff (id),
  made_by_name TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  -- From when on nothing is owed: it is paid, cancelled or has run out.
  closed_at    BIGINT,
  -- cancelled or expired; none for one that was paid.
  closed_as    TEXT,
  version      BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, dossier_id) REFERENCES dossiers (office_id, id)
);
CREATE UNIQUE INDEX payment_requests_id ON payment_requests (id);
CREATE UNIQUE INDEX payment_requests_token ON payment_requests (token);
CREATE INDEX payment_requests_of_dossier ON payment_requests (office_id, dossier_id, id);
CREATE INDEX payment_requests_owed ON payment_requests (account_id, remaining, made_at, id) WHERE closed_at IS NULL;
CREATE INDEX payment_requests_limit ON payment_requests (limit_at, id) WHERE closed_at IS NULL AND limit_at IS NOT NULL;

-- What the bank says came. A notification and a line of a statement of the same transfer are one.
CREATE TABLE credits (
  office_id     BIGINT NOT NULL REFERENCES offices (id),
  id            UUID NOT NULL,
  account_id    UUID NOT NULL REFERENCES bank_accounts (id),
  -- What the bank calls it.
  bank_ref      TEXT NOT NULL,
  -- webhook, statement or gateway: how it was heard of first.
  source        TEXT NOT NULL,
  booked_at     BIGINT NOT NULL,
  received_at   BIGINT NOT NULL,
  -- Below zero for what went out.
  amount        BIGINT NOT NULL,
  currency      TEXT NOT NULL,
  note          TEXT NOT NULL,
  payer_name    TEXT NOT NULL,
  -- Masked.
  payer_account TEXT NOT NULL,
  -- The sum of its parts: never more than came.
  used          BIGINT NOT NULL CHECK (used = 0 OR (used > 0 AND used <= amount)),
  -- From when on nothing of it waits to be used.
  done_at       BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX credits_id ON credits (id);
CREATE UNIQUE INDEX credits_ref ON credits (account_id, bank_ref);
CREATE INDEX credits_open ON credits (received_at, id) WHERE done_at IS NULL;
CREATE INDEX credits_list ON credits (office_id, booked_at, id);

-- Money that goes back, of a request or of a credit that belongs to none.
CREATE TABLE refunds (
  office_id       BIGINT NOT NULL REFERENCES offices (id),
  id              UUID NOT NULL,
  request_id      UUID REFERENCES payment_requests (id),
  credit_id       UUID REFERENCES credits (id),
  amount          BIGINT NOT NULL CHECK (amount > 0),
  -- So much of what was due of a request is not asked any more, because it went back.
  waived          BIGINT NOT NULL CHECK (waived >= 0 AND waived <= amount),
  payee           TEXT NOT NULL,
  -- cash or transfer.
  way             TEXT NOT NULL,
  bin             TEXT,
  -- In full until it is sent, rejected or given up; masked for good.
  account         TEXT,
  masked_account  TEXT NOT NULL,
  reason          TEXT NOT NULL,
  state           TEXT NOT NULL,
  asked_by        UUID NOT NULL REFERENCES staff (id),
  asked_by_name   TEXT NOT NULL,
  asked_at        BIGINT NOT NULL,
  decided_by      UUID REFERENCES staff (id),
  decided_by_name TEXT,
  decided_at      BIGINT,
  sendings        BIGINT NOT NULL,
  remark          TEXT NOT NULL,
  ended_at        BIGINT,
  version         BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  CHECK (decided_by IS NULL OR decided_by <> asked_by),
  CHECK ((request_id IS NULL) <> (credit_id IS NULL))
);
CREATE UNIQUE INDEX refunds_id ON refunds (id);
CREATE INDEX refunds_open ON refunds (office_id, asked_at, id) WHERE ended_at IS NULL;
CREATE INDEX refunds_of_request ON refunds (request_id, id);
CREATE INDEX refunds_of_credit ON refunds (credit_id, id);

-- What a credit was used for, part by part. A row is never changed: what was wrong is set right by another.
CREATE TABLE credit_parts (
  office_id  BIGINT NOT NULL,
  credit_id  UUID NOT NULL,
  id         UUID NOT NULL,
  -- request, refund, or released: what a part had taken is free again.
  kind       TEXT NOT NULL,
  request_id UUID REFERENCES payment_requests (id),
  refund_id  UUID REFERENCES refunds (id),
  amount     BIGINT NOT NULL CHECK (amount > 0),
  -- None for what the program matched by itself.
  by_staff   UUID REFERENCES staff (id),
  by_name    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (office_id, credit_id, id),
  FOREIGN KEY (office_id, credit_id) REFERENCES credits (office_id, id),
  CHECK ((request_id IS NULL) <> (refund_id IS NULL))
);
CREATE INDEX credit_parts_of_request ON credit_parts (request_id, id);
CREATE TRIGGER credit_parts_keep BEFORE UPDATE OR DELETE ON credit_parts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_parts_keep_all BEFORE TRUNCATE ON credit_parts EXECUTE FUNCTION refuse_change();

-- What a person must look at. A line that was looked to keeps its row.
CREATE TABLE money_tray (
  office_id   BIGINT NOT NULL REFERENCES offices (id),
  id          UUID NOT NULL,
  credit_id   UUID REFERENCES credits (id),
  request_id  UUID REFERENCES payment_requests (id),
  reason      TEXT NOT NULL,
  since       BIGINT NOT NULL,
  -- Who looks to it, and whom or what they have asked.
  owner       UUID REFERENCES staff (id),
  owner_name  TEXT,
  note        TEXT,
  closed_at   BIGINT,
  how         TEXT,
  closed_by   TEXT,
  PRIMARY KEY (office_id, id),
  CHECK ((credit_id IS NULL) <> (request_id IS NULL))
);
CREATE UNIQUE INDEX money_tray_id ON money_tray (id);
CREATE INDEX money_tray_open ON money_tray (office_id, since, id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX money_tray_credit ON money_tray (credit_id) WHERE closed_at IS NULL AND credit_id IS NOT NULL;
CREATE UNIQUE INDEX money_tray_request ON money_tray (request_id) WHERE closed_at IS NULL AND request_id IS NOT NULL;

-- Statements of accounts that were read in.
CREATE TABLE statements (
  office_id  BIGINT NOT NULL REFERENCES offices (id),
  id         UUID NOT NULL,
  account_id UUID NOT NULL REFERENCES bank_accounts (id),
  sha256     TEXT NOT NULL,
  format     TEXT NOT NULL,
  by_staff   UUID NOT NULL REFERENCES staff (id),
  by_name    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  lines      BIGINT NOT NULL,
  new_lines  BIGINT NOT NULL,
  -- Lines that were not taken, with the reason.
  refused    JSONB NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX statements_id ON statements (id);
CREATE UNIQUE INDEX statements_file ON statements (account_id, sha256);
CREATE INDEX statements_list ON statements (account_id, at, id);

-- Events that providers have told of: the same one twice is one.
CREATE TABLE provider_events (
  provider  TEXT NOT NULL,
  event_id  TEXT NOT NULL,
  at        BIGINT NOT NULL,
  credit_id UUID NOT NULL REFERENCES credits (id),
  -- new or known: whether it brought a credit that had not been heard of.
  outcome   TEXT NOT NULL,
  PRIMARY KEY (provider, event_id)
);
