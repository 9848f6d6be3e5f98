-- A member of staff by login.
SELECT staff, login, name, password, roles, unit, disabled FROM staff WHERE jurisdiction = $jurisdiction AND login = $login;
