-- Cases whose clock runs, nearest due first.
@include case/row.part
FROM case_row AS c
WHERE c.jurisdiction = $jurisdiction AND c.due < $due_before AND (c.due, c.record) > ($after_due, $after)
@include case/of_unit.part
@include case/unbarred.part
@include case/wanted.part
ORDER BY c.due, c.record LIMIT $count;
