-- Forgets whom a case is closed to, to write them anew.
DELETE FROM case_bar WHERE jurisdiction = $jurisdiction AND record = $record;
