-- PostgreSQL: its own catalogue. Every table of this schema, by name.
SELECT CAST(relname AS TEXT) FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind = 'r' ORDER BY CAST(relname AS TEXT) COLLATE "C";
