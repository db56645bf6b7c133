-- What a resident would have liked better: keys of a closed list, beside the words of the rating.
ALTER TABLE ratings ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
-- Questions of a draft that were answered out of an earlier dossier and that their writer has not looked at yet.
ALTER TABLE drafts ADD COLUMN prefilled TEXT NOT NULL DEFAULT '[]';
