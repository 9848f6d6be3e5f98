-- The number of the next record.
SELECT coalesce(max(record), 0) + 1 FROM record WHERE jurisdiction = $jurisdiction;
