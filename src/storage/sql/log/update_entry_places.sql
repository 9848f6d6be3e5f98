-- All entries of a log so many places further.
UPDATE log_entry SET log_index = log_index + $shift WHERE jurisdiction = $jurisdiction;
