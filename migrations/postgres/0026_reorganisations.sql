-- Reorganisations: which units close, which continue, and who gets which open dossier. The first unit that closes (its
-- authority) stands first. A row that no longer holds gets a moment.
CREATE TABLE reorganisations (
  office_id     BIGINT  NOT NULL REFERENCES offices (id),
  id            UUID    NOT NULL,
  -- First day of the new state.
  on_day        BIGINT  NOT NULL,
  plan          JSONB   NOT NULL,
  made_by       UUID    NOT NULL REFERENCES staff (id),
  made_at       BIGINT  NOT NULL,
  -- Confirmed: the program begins it on its day.
  confirmed_by  UUID    REFERENCES staff (id),
  confirmed_at  BIGINT,
  -- Begun: the units are closed; so many dossiers were open then.
  begun_at      BIGINT,
  open_at_begin BIGINT,
  -- Finished: none is left in a unit that closed.
  finished_at   BIGINT,
  dropped_at    BIGINT,
  version       BIGINT  NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX reorganisations_by_id ON reorganisations (id);
CREATE INDEX reorganisations_due ON reorganisations (on_day, id) WHERE finished_at IS NULL AND dropped_at IS NULL;
-- Each dossier that passed over, as it was then: the list that both sides sign. The unit it left stands first.
CREATE TABLE handovers (
  office_id          BIGINT  NOT NULL REFERENCES offices (id),
  reorganisation_id  UUID    NOT NULL,
  heir_id            BIGINT  NOT NULL REFERENCES offices (id),
  dossier_id         UUID    NOT NULL,
  -- Where the dossier was filed: the front of its key.
  dossier_office     BIGINT  NOT NULL,
  status             BIGINT  NOT NULL,
  due_at             BIGINT,
  at                 BIGINT  NOT NULL,
  PRIMARY KEY (office_id, reorganisation_id, heir_id, dossier_id)
);
CREATE INDEX handovers_of_heir ON handovers (reorganisation_id, heir_id, dossier_id);
