-- Forgets which units have to do with a case, to write them anew.
DELETE FROM case_unit WHERE jurisdiction = $jurisdiction AND record = $record;
