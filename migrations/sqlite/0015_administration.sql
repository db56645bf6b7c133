-- What administrators of a unit do on screens: lists of staff by name, the record searched by day, features switched
-- off for some days, what is stuck taken in hand, and a year of the calendar while it is entered.
CREATE INDEX staff_by_name ON staff (sort_key, id);
CREATE INDEX audit_rows_in_office ON audit_rows (office_id, at, id);
CREATE INDEX audit_rows_of_actor ON audit_rows (actor_id, at, id);
-- Every feature is on where no row says otherwise.
CREATE TABLE feature_switches (
  office_id      INTEGER  NOT NULL REFERENCES offices (id),
  id             BLOB    NOT NULL,
  feature        TEXT    NOT NULL,
  -- One procedure; without it, all.
  procedure_code TEXT,
  off_from       INTEGER  NOT NULL,
  off_to         INTEGER,
  -- Told to residents, word for word.
  reason         TEXT    NOT NULL,
  staff_id       BLOB    NOT NULL,
  created_at     INTEGER  NOT NULL,
  ended_at       INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE TABLE stuck_claims (
  office_id   INTEGER  NOT NULL REFERENCES offices (id),
  id          BLOB    NOT NULL,
  item        TEXT    NOT NULL,
  staff_id    BLOB    NOT NULL,
  staff_name  TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  at          INTEGER  NOT NULL,
  ended_at    INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX stuck_claims_open ON stuck_claims (office_id, item) WHERE ended_at IS NULL;
CREATE TABLE calendar_drafts (
  office_id   INTEGER  NOT NULL REFERENCES offices (id),
  id          BLOB    NOT NULL,
  body        TEXT   NOT NULL,
  staff_id    BLOB    NOT NULL,
  updated_at  INTEGER  NOT NULL,
  -- When it was published, or set aside.
  ended_at    INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX calendar_drafts_open ON calendar_drafts (office_id) WHERE ended_at IS NULL;
