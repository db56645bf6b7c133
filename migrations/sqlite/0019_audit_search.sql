-- The record searched: what was done in an office, and what one person did, the newest first.
CREATE INDEX audit_rows_in_office ON audit_rows (office_id, at, id);
CREATE INDEX audit_rows_of_actor ON audit_rows (actor_id, at, id);
