-- How staff stand in for each other. A mandate lets somebody act in a colleague's place between two days, both included:
-- by a right that is lent (deputy, order, authority), or as the substitute of an absent colleague of the same role. The
-- unit (its authority) stands first. A mandate that is over keeps its row: what was done under it points at it.
CREATE TABLE mandates (
  office_id   BIGINT  NOT NULL REFERENCES offices (id),
  id          UUID    NOT NULL,
  kind        TEXT    NOT NULL,
  from_staff  UUID    NOT NULL REFERENCES staff (id),
  from_name   TEXT    NOT NULL,
  from_title  TEXT    NOT NULL,
  to_staff    UUID    NOT NULL REFERENCES staff (id),
  to_name     TEXT    NOT NULL,
  role        TEXT    NOT NULL,
  first_day   BIGINT  NOT NULL,
  last_day    BIGINT  NOT NULL,
  -- Acts and procedures it is for.
  scope       JSONB   NOT NULL,
  -- The paper by which it was given: number and day, as on the paper.
  paper       TEXT    NOT NULL,
  made_by     UUID    NOT NULL REFERENCES staff (id),
  made_at     BIGINT  NOT NULL,
  ended_by    UUID,
  ended_at    BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX mandates_by_id ON mandates (id);
CREATE INDEX mandates_to ON mandates (to_staff, last_day);
CREATE INDEX mandates_by_end ON mandates (office_id, last_day, id);
-- The mandate under which an event was done, beside the person in whose place.
ALTER TABLE dossier_events ADD COLUMN mandate_id UUID;
