-- The least program that may use this database.
SELECT coalesce(max(min_program), 0) FROM migration;
