-- All events so many places further in the log.
UPDATE event SET log_index = log_index + $shift WHERE jurisdiction = $jurisdiction;
