-- An event.
INSERT INTO event (jurisdiction, record, number, name, at, t, role, actor, facts, disclosures, words, identity, attachments, staff_words, log_index)
VALUES ($jurisdiction, $record, $number, $name, $at, $t, $role, $actor, $facts, $disclosures, $words, $identity, $attachments, $staff_words, $log_index);
