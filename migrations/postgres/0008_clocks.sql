-- The clock of a term beside its limits, so that queues, counts and tags read one thing: since when it stands still; from
-- when the limit that runs is due soon; when the step where the dossier lies is to be done by.
ALTER TABLE dossiers ADD COLUMN paused_at BIGINT;
ALTER TABLE dossiers ADD COLUMN due_soon_at BIGINT;
ALTER TABLE dossiers ADD COLUMN step_due_at BIGINT;
-- What lies there already. No calendar can be asked here: until its next act such a dossier is due soon a day before.
UPDATE dossiers SET paused_at = (state #>> '{pauses,-1,from}')::bigint
  WHERE status IN (2, 4, 5, 6) AND state #>> '{pauses,-1,to}' IS NULL;
UPDATE dossiers SET due_soon_at = CASE status WHEN 1 THEN accept_by ELSE due_at END - 86400000 WHERE status IN (1, 2, 4, 5, 6);
UPDATE dossiers SET step_due_at = (state ->> 'step_due')::bigint WHERE status = 4;
