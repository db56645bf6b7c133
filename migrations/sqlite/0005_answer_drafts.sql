-- What a resident has typed so far in answer to a request for supplement, kept until it is sent. One row a dossier: a
-- later request finds an older row and passes it over by its moment.
CREATE TABLE answer_drafts (
  office_id   INTEGER  NOT NULL,
  dossier_id  BLOB    NOT NULL,
  typed       TEXT    NOT NULL,
  updated_at  INTEGER  NOT NULL,
  PRIMARY KEY (office_id, dossier_id)
) STRICT;
