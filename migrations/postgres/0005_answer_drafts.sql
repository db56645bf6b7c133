-- What a resident has typed so far in answer to a request for supplement, kept until it is sent. One row a dossier: a
-- later request finds an older row and passes it over by its moment.
CREATE TABLE answer_drafts (
  office_id   BIGINT  NOT NULL,
  dossier_id  UUID    NOT NULL,
  typed       JSONB   NOT NULL,
  updated_at  BIGINT  NOT NULL,
  PRIMARY KEY (office_id, dossier_id)
);
