-- A case by what its requester quotes.
@include case/row.part
FROM case_row AS c WHERE c.jurisdiction = $jurisdiction AND c.reference = $reference;
