-- One event of a record.
SELECT record, number, name, at, t, role, actor, facts, disclosures, words, identity, attachments, staff_words, log_index
FROM event WHERE jurisdiction = $jurisdiction AND record = $record AND number = $number;
