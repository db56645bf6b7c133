-- Which drafts and dossiers keep a version of a procedure: asked before an import takes one back.
CREATE INDEX drafts_of_version ON drafts (procedure_version);
CREATE INDEX dossiers_of_version ON dossiers (procedure_version);
