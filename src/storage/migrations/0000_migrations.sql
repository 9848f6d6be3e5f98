-- What was done to this database, and the least program that may use it.
CREATE TABLE IF NOT EXISTS migration (
  number {bigint} PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  min_program {bigint} NOT NULL
) {strict};
