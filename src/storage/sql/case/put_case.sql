-- A new case's row.
INSERT INTO case_row (jurisdiction, record, reference, secret_hash, phase, category, unit, received, updated, due, returns)
VALUES ($jurisdiction, $record, $reference, $secret_hash, $phase, $category, $unit, $received, $updated, $due, $returns);
