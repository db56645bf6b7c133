-- Where an office is found and called today. It changes more often than the office does, so it stands by itself; papers
-- keep what it was on their day.
CREATE TABLE office_contacts (
  office_id   INTEGER  PRIMARY KEY,
  address     TEXT    NOT NULL,
  phone       TEXT    NOT NULL
) STRICT;
