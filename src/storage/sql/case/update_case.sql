-- A case's row as it is now.
UPDATE case_row SET secret_hash = $secret_hash, phase = $phase, category = $category, unit = $unit, updated = $updated, due = $due, returns = $returns
WHERE jurisdiction = $jurisdiction AND record = $record;
