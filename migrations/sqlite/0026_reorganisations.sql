-- Reorganisations: which units close, which continue, and who gets which open dossier. The first unit that closes (its
-- authority) stands first. A row that no longer holds gets a moment.
CREATE TABLE reorganisations (
  office_id     INTEGER  NOT NULL REFERENCES offices (id),
  id            BLOB    NOT NULL,
  -- First day of the new state.
  on_day        INTEGER  NOT NULL,
  plan          TEXT   NOT NULL,
  made_by       BLOB    NOT NULL REFERENCES staff (id),
  made_at       INTEGER  NOT NULL,
  -- Confirmed: the program begins it on its day.
  confirmed_by  BLOB    REFERENCES staff (id),
  confirmed_at  INTEGER,
  -- Begun: the units are closed; so many dossiers were open then.
  begun_at      INTEGER,
  open_at_begin INTEGER,
  -- Finished: none is left in a unit that closed.
  finished_at   INTEGER,
  dropped_at    INTEGER,
  version       INTEGER  NOT NULL,
  PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX reorganisations_by_id ON reorganisations (id);
CREATE INDEX reorganisations_due ON reorganisations (on_day, id) WHERE finished_at IS NULL AND dropped_at IS NULL;
-- Each dossier that passed over, as it was then: the list that both sides sign. The unit it left stands first.
CREATE TABLE handovers (
  office_id          INTEGER  NOT NULL REFERENCES offices (id),
  reorganisation_id  BLOB    NOT NULL,
  heir_id            INTEGER  NOT NULL REFERENCES offices (id),
  dossier_id         BLOB    NOT NULL,
  -- Where the dossier was filed: the front of its key.
  dossier_office     INTEGER  NOT NULL,
  status             INTEGER  NOT NULL,
  due_at             INTEGER,
  at                 INTEGER  NOT NULL,
  PRIMARY KEY (office_id, reorganisation_id, heir_id, dossier_id)
) STRICT;
CREATE INDEX handovers_of_heir ON handovers (reorganisation_id, heir_id, dossier_id);
