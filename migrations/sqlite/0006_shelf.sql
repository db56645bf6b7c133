-- Who points at the bytes of a hash, and which uploads never came to their end: asked before bytes go.
CREATE INDEX uploads_of_blob ON uploads (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX uploads_coming ON uploads (created_at) WHERE finished_at IS NULL AND dropped_at IS NULL;
CREATE INDEX blobs_by_age ON blobs (created_at);
