-- From which day a version of a calendar holds for what is received: 0 for those that hold since they came.
ALTER TABLE calendars ADD COLUMN valid_from BIGINT NOT NULL DEFAULT 0;
-- The calendar of a year while an administrator prepares it for a unit (its authority stands first). It ends when it is
-- published, as the version that is named then, or thrown away.
CREATE TABLE calendar_drafts (
  office_id    BIGINT  NOT NULL REFERENCES offices (id),
  id           UUID    NOT NULL,
  year         BIGINT  NOT NULL,
  source       TEXT    NOT NULL,
  entries      JSONB   NOT NULL,
  -- The day from which it shall hold; none for the day of its publication.
  valid_from   BIGINT,
  version      BIGINT  NOT NULL,
  staff_name   TEXT    NOT NULL,
  created_at   BIGINT  NOT NULL,
  changed_at   BIGINT  NOT NULL,
  published_as TEXT,
  ended_at     BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX calendar_drafts_open ON calendar_drafts (office_id, year) WHERE ended_at IS NULL;
-- On which days a unit (its authority stands first) has switched off a feature. Everything is on without a row.
CREATE TABLE feature_closures (
  office_id    BIGINT  NOT NULL REFERENCES offices (id),
  id           UUID    NOT NULL,
  feature      TEXT    NOT NULL,
  first_day    BIGINT  NOT NULL,
  -- None until it is switched on again.
  last_day     BIGINT,
  reason       TEXT    NOT NULL,
  staff_name   TEXT    NOT NULL,
  created_at   BIGINT  NOT NULL,
  -- When it was switched on again before its last day.
  ended_at     BIGINT,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX feature_closures_open ON feature_closures (office_id, first_day, id) WHERE ended_at IS NULL;
