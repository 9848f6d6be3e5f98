-- Absences that are not over before a day, of a unit or of all, nearest first.
SELECT a.staff, a.deputy, a.first_day, a.last_day, a.set_by, a.set_at
FROM staff_absence a JOIN staff s ON s.jurisdiction = a.jurisdiction AND s.staff = a.staff
WHERE a.jurisdiction = $jurisdiction AND a.last_day >= $from AND (CAST($in_unit AS TEXT) IS NULL OR s.unit = $in_unit)
ORDER BY a.first_day, a.staff LIMIT 500;
