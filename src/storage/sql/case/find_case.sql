-- A case's row.
@include case/row.part
FROM case_row AS c WHERE c.jurisdiction = $jurisdiction AND c.record = $record;
