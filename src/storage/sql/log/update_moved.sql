-- Where a log goes on.
UPDATE log_head SET moved_to = $moved_to WHERE jurisdiction = $jurisdiction;
