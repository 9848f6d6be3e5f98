-- The end of an absence.
DELETE FROM staff_absence WHERE jurisdiction = $jurisdiction AND staff = $staff;
