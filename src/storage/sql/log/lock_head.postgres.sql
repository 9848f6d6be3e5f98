-- PostgreSQL: the row is locked, so that the programs on one database write one after the other (SQLite has one writer anyway).
SELECT size, root, t, moved_to FROM log_head WHERE jurisdiction = $jurisdiction FOR UPDATE;
