-- The tiles of a log that is going to have others.
DELETE FROM log_tile WHERE jurisdiction = $jurisdiction;
