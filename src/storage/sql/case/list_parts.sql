-- What stands beside a case's row: its units by what they do there, and whom it is closed to.
SELECT part, unit, due FROM case_unit WHERE jurisdiction = $jurisdiction AND record = $record
UNION ALL SELECT 'bar', bar, NULL FROM case_bar WHERE jurisdiction = $jurisdiction AND record = $record;
