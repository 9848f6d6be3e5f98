-- PostgreSQL: its own catalogue. A table's columns by name: each with its type in the words of the migrations, and its place in the primary key from 1, or 0.
SELECT CAST(c.attname AS TEXT), CASE format_type(c.atttypid, c.atttypmod) WHEN 'bytea' THEN 'bytes' ELSE format_type(c.atttypid, c.atttypmod) END,
  CAST(coalesce(array_position(k.conkey, c.attnum), 0) AS BIGINT)
FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
  LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
WHERE t.relnamespace = CAST(current_schema() AS regnamespace) AND t.relkind = 'r' AND t.relname = CAST($table AS TEXT) ORDER BY CAST(c.attname AS TEXT) COLLATE "C";
