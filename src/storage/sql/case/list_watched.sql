-- Cases whose time to be looked at has come, the longest waiting first.
SELECT record, watch FROM case_row
WHERE jurisdiction = $jurisdiction AND watch <= $now AND (watch, record) > ($after_watch, $after) ORDER BY watch, record LIMIT $count;
