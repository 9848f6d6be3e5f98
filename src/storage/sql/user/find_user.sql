-- A member of staff.
SELECT staff, login, name, password, roles, unit, disabled FROM staff WHERE jurisdiction = $jurisdiction AND staff = $staff;
