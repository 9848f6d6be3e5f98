-- What the next version might bring, for tests of rolling upgrades: programs that know migration 2 can live with it.
-- min_program: 2

CREATE TABLE next_thing (
  jurisdiction {bigint} NOT NULL REFERENCES jurisdiction (jurisdiction),
  thing {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, thing)
) {strict};
ALTER TABLE log_head ADD COLUMN next_fact TEXT;
