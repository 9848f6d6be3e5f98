-- Cases with a due day that was counted without knowing the holidays, by record.
SELECT record FROM case_row WHERE jurisdiction = $jurisdiction AND provisional = 1 AND record > $after ORDER BY record LIMIT $count;
