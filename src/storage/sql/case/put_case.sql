-- A new case's row.
INSERT INTO case_row (jurisdiction, record, reference, secret_hash, secret_of, phase, category, unit, supports, review, bars, handler, received,
  updated, due, watch, returns, urgent, provisional, proposed, merged_into)
VALUES ($jurisdiction, $record, $reference, $secret_hash, $secret_of, $phase, $category, $unit, $supports, $review, $bars, $handler, $received,
  $updated, $due, $watch, $returns, $urgent, $provisional, $proposed, $merged_into);
