-- One entry.
SELECT entry FROM log_entry WHERE jurisdiction = $jurisdiction AND log_index = $log_index;
