-- Whom a note names. Each has it on a list of their own until they say that they saw it.
CREATE TABLE mentions (
  office_id   INTEGER  NOT NULL,
  dossier_id  BLOB    NOT NULL,
  note_id     BLOB    NOT NULL,
  staff_id    BLOB    NOT NULL REFERENCES staff (id),
  -- The name as it was then.
  staff_name  TEXT    NOT NULL,
  seen_at     INTEGER,
  PRIMARY KEY (office_id, dossier_id, note_id, staff_id),
  FOREIGN KEY (office_id, dossier_id, note_id) REFERENCES notes (office_id, dossier_id, id)
) STRICT;
-- The ids of notes grow with time.
CREATE INDEX mentions_new ON mentions (staff_id, note_id) WHERE seen_at IS NULL;
CREATE INDEX mentions_of_staff ON mentions (staff_id, note_id);
