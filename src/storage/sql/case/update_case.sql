-- A case's row as it is now.
UPDATE case_row SET secret_hash = $secret_hash, secret_of = $secret_of, phase = $phase, category = $category, unit = $unit, supports = $supports,
  review = $review, bars = $bars, handler = $handler, updated = $updated, due = $due, watch = $watch, returns = $returns, urgent = $urgent,
  provisional = $provisional, proposed = $proposed, merged_into = $merged_into
WHERE jurisdiction = $jurisdiction AND record = $record;
