-- Which Citus is in this database; nothing where there is none.
SELECT extversion FROM pg_extension WHERE extname = 'citus';
