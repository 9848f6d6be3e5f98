-- The absence of a member of staff, also one that is over.
SELECT staff, deputy, first_day, last_day, set_by, set_at FROM staff_absence WHERE jurisdiction = $jurisdiction AND staff = $staff;
