-- Who has taken something stuck in hand, with a note on what is done about it. The unit (its authority) stands first. What
-- is stuck has no row of its own: it is told by what the page finds.
CREATE TABLE stuck_claims (
  office_id   BIGINT  NOT NULL REFERENCES offices (id),
  id          UUID    NOT NULL,
  item        TEXT    NOT NULL,
  staff_id    UUID    NOT NULL REFERENCES staff (id),
  staff_name  TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  at          BIGINT  NOT NULL,
  -- When another took it over.
  ended_at    BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX stuck_claims_open ON stuck_claims (office_id, item) WHERE ended_at IS NULL;
