-- A case by what its requester quotes.
SELECT c.record, c.reference, c.secret_hash, c.phase, c.category, c.unit, c.received, c.updated, c.due, c.returns,
  c.secret_of, c.supports, c.review, c.bars, c.handler, c.watch, c.urgent, c.proposed, c.merged_into, c.provisional
FROM case_row AS c WHERE c.jurisdiction = $jurisdiction AND c.reference = $reference;
