-- The head of a log for who is going to write, whether it was moved, and the least program that may write at all.
SELECT size, root, t, moved_to, (SELECT coalesce(max(min_program), 0) FROM migration) FROM log_head WHERE jurisdiction = $jurisdiction;
