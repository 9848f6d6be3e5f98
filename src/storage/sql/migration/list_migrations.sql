-- What was done to this database.
SELECT number, min_program, name, hash FROM migration ORDER BY number;
