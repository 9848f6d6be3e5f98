-- A case's row.
SELECT record, reference, secret_hash, phase, category, unit, received, updated, due, returns FROM case_row WHERE jurisdiction = $jurisdiction AND record = $record;
