-- The number of the next jurisdiction.
SELECT coalesce(max(jurisdiction), 0) + 1 FROM jurisdiction;
