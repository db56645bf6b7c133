-- Whether a version of a calendar came with the program or was imported by the operator: what the operator imported
-- is not replaced by a release.
ALTER TABLE calendars ADD COLUMN origin TEXT NOT NULL DEFAULT 'shipped';
