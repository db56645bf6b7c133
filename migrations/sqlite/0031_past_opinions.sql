-- Opinions that were given, the newest first: what a unit answered, and what dossiers of an office were answered.
CREATE INDEX opinions_given ON opinions (asked_unit, ended_at, id) WHERE ended = 'answered';
CREATE INDEX opinions_received ON opinions (office_id, ended_at, id) WHERE ended = 'answered';
