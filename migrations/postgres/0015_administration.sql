-- The list of staff on the administrator's screen, by name.
CREATE INDEX staff_by_name ON staff (sort_key, id);
