-- Cases in which something waits for approval, newest first.
@include case/row.part
FROM case_row AS c
WHERE c.jurisdiction = $jurisdiction AND c.proposed IS NOT NULL AND c.record < $before
@include case/of_unit.part
@include case/unbarred.part
@include case/wanted.part
ORDER BY c.record DESC LIMIT $count;
