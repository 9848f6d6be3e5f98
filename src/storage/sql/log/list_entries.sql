-- Entries from a place on.
SELECT entry FROM log_entry WHERE jurisdiction = $jurisdiction AND log_index >= $from ORDER BY log_index LIMIT $count;
