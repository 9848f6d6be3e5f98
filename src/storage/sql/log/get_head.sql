-- The head of a log.
SELECT size, root, t FROM log_head WHERE jurisdiction = $jurisdiction;
