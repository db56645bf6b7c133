-- Since when no other file is waited for in place of one that a scan took away, because somebody said why. The index holds
-- those in whose place another may be waited for: few, among files that only grow. Whether another came is asked of the rest.
ALTER TABLE uploads ADD COLUMN let_go_at INTEGER;
CREATE INDEX uploads_awaited ON uploads (dossier_id, infected_at) WHERE infected_at IS NOT NULL AND let_go_at IS NULL;
