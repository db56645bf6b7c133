-- From which day a version of a calendar holds for what is received: 0 for those that hold since they came.
ALTER TABLE calendars ADD COLUMN valid_from INTEGER NOT NULL DEFAULT 0;
-- The calendar of a year while an administrator prepares it for a unit (its authority stands first). It ends when it is
-- published, as the version that is named then, or thrown away.
CREATE TABLE calendar_drafts (
  office_id    INTEGER  NOT NULL REFERENCES offices (id),
  id           BLOB    NOT NULL,
  year         INTEGER  NOT NULL,
  source       TEXT    NOT NULL,
  entries      TEXT   NOT NULL,
  -- The day from which it shall hold; none for the day of its publication.
  valid_from   INTEGER,
  version      INTEGER  NOT NULL,
  staff_name   TEXT    NOT NULL,
  created_at   INTEGER  NOT NULL,
  changed_at   INTEGER  NOT NULL,
  published_as TEXT,
  ended_at     INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX calendar_drafts_open ON calendar_drafts (office_id, year) WHERE ended_at IS NULL;
-- On which days a unit (its authority stands first) has switched off a feature. Everything is on without a row.
CREATE TABLE feature_closures (
  office_id    INTEGER  NOT NULL REFERENCES offices (id),
  id           BLOB    NOT NULL,
  feature      TEXT    NOT NULL,
  first_day    INTEGER  NOT NULL,
  -- None until it is switched on again.
  last_day     INTEGER,
  reason       TEXT    NOT NULL,
  staff_name   TEXT    NOT NULL,
  created_at   INTEGER  NOT NULL,
  -- When it was switched on again before its last day.
  ended_at     INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX feature_closures_open ON feature_closures (office_id, first_day, id) WHERE ended_at IS NULL;
