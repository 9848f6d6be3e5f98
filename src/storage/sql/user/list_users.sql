-- All staff of a jurisdiction.
SELECT staff, login, name, password, roles, unit, disabled FROM staff WHERE jurisdiction = $jurisdiction ORDER BY login;
