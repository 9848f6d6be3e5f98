-- Some records, each with its first event.
SELECT e.record, e.number, e.name, e.at, e.t, e.role, e.actor, e.facts, e.disclosures, e.words, e.identity, e.attachments, e.staff_words, e.log_index,
  r.type, r.tag, r.version, r.last_leaf, r.wrapping, r.wrapped_key
FROM record r JOIN event e ON e.jurisdiction = r.jurisdiction AND e.record = r.record AND e.number = 1
WHERE r.jurisdiction = $jurisdiction AND r.record IN (SELECT value FROM json_each($records));
