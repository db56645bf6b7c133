-- The office first in the keys of drafts and uploads too: a draft is begun for an office, a file lies with a draft, a
-- tray or a dossier of one. What lies there already takes the office of where it lies; a scan of a tray, which knows
-- its clerk alone, that of the clerk's first position (0 where there is none: the sweep of old trays forgets it).
ALTER TABLE drafts DROP CONSTRAINT drafts_pkey, ADD PRIMARY KEY (office_id, id);
CREATE INDEX drafts_by_id ON drafts (id);
ALTER TABLE uploads ADD COLUMN office_id BIGINT;
UPDATE uploads u SET office_id = COALESCE(
  (SELECT d.office_id FROM dossiers d WHERE d.id = u.dossier_id),
  (SELECT d.office_id FROM drafts d WHERE d.id = u.draft_id),
  (SELECT MIN(p.office_id) FROM positions p WHERE p.staff_id = u.owner_id), 0);
ALTER TABLE results DROP CONSTRAINT results_upload_id_fkey;
ALTER TABLE uploads ALTER COLUMN office_id SET NOT NULL, DROP CONSTRAINT uploads_pkey, ADD PRIMARY KEY (office_id, id);
ALTER TABLE results ADD FOREIGN KEY (office_id, upload_id) REFERENCES uploads (office_id, id);
-- Which drafts nobody has touched for long.
CREATE INDEX drafts_open ON drafts (updated_at) WHERE submitted_as IS NULL AND dropped_at IS NULL;
CREATE INDEX uploads_by_id ON uploads (id);
