-- A new member of staff, with the next number.
INSERT INTO staff (jurisdiction, staff, login, name, password, roles, unit, disabled)
SELECT $jurisdiction, coalesce(max(staff), 0) + 1, CAST($login AS TEXT), CAST($name AS TEXT), CAST($password AS TEXT), CAST($roles AS TEXT), CAST($unit AS TEXT), $disabled
FROM staff WHERE jurisdiction = $jurisdiction
RETURNING staff;
