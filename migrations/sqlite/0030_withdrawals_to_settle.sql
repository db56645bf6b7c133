-- Withdrawn dossiers that still owe papers or money: few, among withdrawn ones that only grow. A queue of the counter.
CREATE INDEX dossiers_to_settle ON dossiers (resolving_office, queue_at, id) WHERE sub_state = 'awaiting_settlement';
