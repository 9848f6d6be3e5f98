-- An entry.
INSERT INTO log_entry (jurisdiction, log_index, entry) VALUES ($jurisdiction, $log_index, $entry);
