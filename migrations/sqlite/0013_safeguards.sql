-- Files that wait to be scanned for malicious programs, and files in which one was found. While `held_at` is set nobody
-- opens the file; `infected_at` stands beside `dropped_at` on one that a later scan took away.
ALTER TABLE uploads ADD COLUMN held_at INTEGER;
ALTER TABLE uploads ADD COLUMN infected_at INTEGER;
CREATE INDEX uploads_held ON uploads (held_at, id) WHERE held_at IS NOT NULL AND dropped_at IS NULL;
-- The end of the record on a day, for its anchor.
CREATE INDEX audit_seals_by_time ON audit_seals (sealed_at, seq);
