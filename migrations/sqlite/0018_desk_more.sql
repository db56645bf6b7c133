-- Texts that a request, a refusal or an apology begins with: shared in a unit (its authority stands first), or of one
-- member of staff. They prefill; what was sent stands where it was sent.
CREATE TABLE reasons (
  office_id   INTEGER  NOT NULL REFERENCES offices (id),
  id          BLOB    NOT NULL,
  kind        TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  sort_key    TEXT    NOT NULL,
  words       TEXT    NOT NULL,
  owner_id    BLOB REFERENCES staff (id),
  version     INTEGER  NOT NULL,
  changed_at  INTEGER  NOT NULL,
  retired_at  INTEGER,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX reasons_in_use ON reasons (office_id, kind, sort_key, id) WHERE retired_at IS NULL;
-- Filters of queues that a member of staff has given a name: links of one's own in the menu.
CREATE TABLE saved_views (
  staff_id        BLOB    NOT NULL REFERENCES staff (id),
  id              BLOB    NOT NULL,
  name            TEXT    NOT NULL,
  sort_key        TEXT    NOT NULL,
  queue           TEXT    NOT NULL,
  search          TEXT    NOT NULL,
  procedure_code  TEXT    NOT NULL,
  created_at      INTEGER  NOT NULL,
  removed_at      INTEGER,
  PRIMARY KEY (staff_id, id)
) STRICT;
CREATE INDEX saved_views_in_menu ON saved_views (staff_id, sort_key, id) WHERE removed_at IS NULL;
