-- Cases that one unit has to do with and whose clock runs, nearest due first.
@include case/row.part
FROM case_unit AS n JOIN case_row AS c ON c.jurisdiction = n.jurisdiction AND c.record = n.record
WHERE n.jurisdiction = $jurisdiction AND n.unit = $unit AND n.due < $due_before AND (n.due, n.record) > ($after_due, $after)
@include case/of_unit.part
@include case/unbarred.part
@include case/wanted.part
ORDER BY n.due, n.record LIMIT $count;
