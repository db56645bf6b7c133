-- How often what every process keeps in memory (offices, calendars, procedures, forms, what units say and switch off) was
-- changed. Whoever changes it raises the number in the same transaction; a process that holds another one reads anew. One
-- row; none before the first change.
CREATE TABLE books (
  id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT NOT NULL
);
