-- Where a log goes on that is not written here any more; NULL while it is.
SELECT moved_to FROM log_head WHERE jurisdiction = $jurisdiction;
