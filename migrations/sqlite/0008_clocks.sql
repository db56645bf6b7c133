-- The clock of a term beside its limits, so that queues, counts and tags read one thing: since when it stands still; from
-- when the limit that runs is due soon; when the step where the dossier lies is to be done by.
ALTER TABLE dossiers ADD COLUMN paused_at INTEGER;
ALTER TABLE dossiers ADD COLUMN due_soon_at INTEGER;
ALTER TABLE dossiers ADD COLUMN step_due_at INTEGER;
-- What lies there already. No calendar can be asked here: until its next act such a dossier is due soon a day before.
UPDATE dossiers SET paused_at = json_extract(state, '$.pauses[#-1].from')
  WHERE status IN (2, 4, 5, 6) AND json_extract(state, '$.pauses[#-1].to') IS NULL;
UPDATE dossiers SET due_soon_at = CASE status WHEN 1 THEN accept_by ELSE due_at END - 86400000 WHERE status IN (1, 2, 4, 5, 6);
UPDATE dossiers SET step_due_at = json_extract(state, '$.step_due') WHERE status = 4;
