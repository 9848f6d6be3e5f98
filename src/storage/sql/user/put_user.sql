-- A new member of staff.
INSERT INTO staff (jurisdiction, staff, login, name, password, roles, unit, disabled)
VALUES ($jurisdiction, $staff, $login, $name, $password, $roles, $unit, $disabled);
