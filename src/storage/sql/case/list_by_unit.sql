-- Cases that one unit has to do with, newest first.
@include case/row.part
FROM case_unit AS n JOIN case_row AS c ON c.jurisdiction = n.jurisdiction AND c.record = n.record
WHERE n.jurisdiction = $jurisdiction AND n.unit = $unit AND n.record < $before
@include case/of_unit.part
@include case/unbarred.part
@include case/wanted.part
ORDER BY n.record DESC LIMIT $count;
