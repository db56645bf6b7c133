-- Opinions that other units are asked for on a dossier: what the queue of the asked unit needs. The truth is in the events.
CREATE TABLE opinions (
  office_id     BIGINT  NOT NULL,
  dossier_id    UUID    NOT NULL,
  -- 1, 2, 3… in the dossier.
  number        BIGINT  NOT NULL,
  id            UUID    NOT NULL,
  -- The asked unit, by its authority.
  asked_unit    BIGINT  NOT NULL REFERENCES offices (id),
  asked_by      UUID    NOT NULL REFERENCES staff (id),
  asked_by_name TEXT    NOT NULL,
  question      TEXT    NOT NULL,
  -- Ids of files of the dossier that the asked unit may open while it is asked.
  files         JSONB    NOT NULL,
  asked_at      BIGINT  NOT NULL,
  respond_by    BIGINT  NOT NULL,
  assignee      UUID REFERENCES staff (id),
  reminded_at   BIGINT,
  ended_at      BIGINT,
  -- answered, recalled or lapsed.
  ended         TEXT,
  stance        TEXT,
  words         TEXT,
  answered_by   TEXT,
  PRIMARY KEY (office_id, dossier_id, number),
  FOREIGN KEY (office_id, dossier_id) REFERENCES dossiers (office_id, id)
);
CREATE UNIQUE INDEX opinions_id ON opinions (id);
CREATE INDEX opinions_open ON opinions (asked_unit, respond_by, id) WHERE ended_at IS NULL;
CREATE INDEX opinions_late ON opinions (respond_by, id) WHERE ended_at IS NULL;
