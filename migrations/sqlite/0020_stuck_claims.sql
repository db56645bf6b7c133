-- Who has taken something stuck in hand, with a note on what is done about it. The unit (its authority) stands first. What
-- is stuck has no row of its own: it is told by what the page finds.
CREATE TABLE stuck_claims (
  office_id   INTEGER  NOT NULL REFERENCES offices (id),
  id          BLOB    NOT NULL,
  item        TEXT    NOT NULL,
  staff_id    BLOB    NOT NULL REFERENCES staff (id),
  staff_name  TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  at          INTEGER  NOT NULL,
  -- When another took it over.
  ended_at    INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX stuck_claims_open ON stuck_claims (office_id, item) WHERE ended_at IS NULL;
