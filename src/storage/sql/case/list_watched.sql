-- Cases whose time to be looked at has come, the longest waiting first.
SELECT record FROM case_row WHERE jurisdiction = $jurisdiction AND watch <= $now ORDER BY watch, record LIMIT $count;
