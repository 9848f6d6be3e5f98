-- Cases of one unit whose clock runs, nearest due first.
SELECT record, reference, secret_hash, phase, category, unit, received, updated, due, returns FROM case_row
WHERE jurisdiction = $jurisdiction AND unit = $unit AND due < $due_before AND (due, record) > ($after_due, $after)
  AND (CAST($seen_unit AS TEXT) IS NULL OR unit = $seen_unit) AND (CAST($in_unit AS TEXT) IS NULL OR unit = $in_unit)
  AND (CAST($in_phase AS TEXT) IS NULL OR phase = $in_phase) AND (CAST($in_category AS TEXT) IS NULL OR category = $in_category)
  AND returns >= $returns_min
ORDER BY due, record LIMIT $count;
