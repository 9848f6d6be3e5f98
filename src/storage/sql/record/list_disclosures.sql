-- The disclosures of events by their place in the log.
SELECT log_index, disclosures FROM event WHERE jurisdiction = $jurisdiction AND log_index >= $from ORDER BY log_index LIMIT $count;
