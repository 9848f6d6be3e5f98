-- Events by their place in the log.
SELECT record, number, name, at, t, role, actor, facts, disclosures, words, identity, attachments, staff_words, log_index
FROM event WHERE jurisdiction = $jurisdiction AND log_index >= $from ORDER BY log_index LIMIT $count;
