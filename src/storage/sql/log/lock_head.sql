-- The head of a log for who is going to write, and whether it was moved.
SELECT size, root, t, moved_to FROM log_head WHERE jurisdiction = $jurisdiction;
