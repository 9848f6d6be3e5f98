-- For whom a member of staff stands in on a day.
SELECT staff, deputy, first_day, last_day, set_by, set_at FROM staff_absence
WHERE jurisdiction = $jurisdiction AND deputy = $deputy AND first_day <= $day AND last_day >= $day
ORDER BY staff LIMIT 500;
