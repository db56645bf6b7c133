-- Amounts of fees that the shared versions state without one, each with what sets it: [{name, amount, source}].
ALTER TABLE local_parts ADD COLUMN fees JSONB NOT NULL DEFAULT '[]';
