-- A table's columns by name: each with its type in the words of the migrations, and its place in the primary key from 1, or 0.
SELECT name, CASE type WHEN 'INTEGER' THEN 'bigint' WHEN 'BLOB' THEN 'bytes' WHEN 'TEXT' THEN 'text' ELSE type END, pk
FROM pragma_table_info($table) ORDER BY name;
