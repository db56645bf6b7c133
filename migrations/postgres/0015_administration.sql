-- What administrators of a unit do on screens: lists of staff by name, the record searched by day, features switched
-- off for some days, what is stuck taken in hand, and a year of the calendar while it is entered.
CREATE INDEX staff_by_name ON staff (sort_key, id);
CREATE INDEX audit_rows_in_office ON audit_rows (office_id, at, id);
CREATE INDEX audit_rows_of_actor ON audit_rows (actor_id, at, id);
-- Every feature is on where no row says otherwise.
CREATE TABLE feature_switches (
  office_id      BIGINT   NOT NULL REFERENCES offices (id),
  id             UUID    NOT NULL,
  feature        TEXT    NOT NULL,
  -- One procedure; without it, all.
  procedure_code TEXT,
  off_from       BIGINT   NOT NULL,
  off_to         BIGINT,
  -- Told to residents, word for word.
  reason         TEXT    NOT NULL,
  staff_id       UUID    NOT NULL,
  created_at     BIGINT   NOT NULL,
  ended_at       BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE TABLE stuck_claims (
  office_id   BIGINT   NOT NULL REFERENCES offices (id),
  id          UUID    NOT NULL,
  item        TEXT    NOT NULL,
  staff_id    UUID    NOT NULL,
  staff_name  TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  at          BIGINT   NOT NULL,
  ended_at    BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX stuck_claims_open ON stuck_claims (office_id, item) WHERE ended_at IS NULL;
CREATE TABLE calendar_drafts (
  office_id   BIGINT   NOT NULL REFERENCES offices (id),
  id          UUID    NOT NULL,
  body        JSONB   NOT NULL,
  staff_id    UUID    NOT NULL,
  updated_at  BIGINT   NOT NULL,
  -- When it was published, or set aside.
  ended_at    BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX calendar_drafts_open ON calendar_drafts (office_id) WHERE ended_at IS NULL;
