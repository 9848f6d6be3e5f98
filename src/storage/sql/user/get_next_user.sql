-- The number of the next member of staff.
SELECT coalesce(max(staff), 0) + 1 FROM staff WHERE jurisdiction = $jurisdiction;
