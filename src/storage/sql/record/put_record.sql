-- A new record, with the next number.
INSERT INTO record (jurisdiction, record, type, tag, version, last_leaf, wrapping, wrapped_key)
SELECT $jurisdiction, coalesce(max(record), 0) + 1, CAST($type AS TEXT), $tag, 0, $last_leaf, CAST($wrapping AS TEXT), $wrapped_key
FROM record WHERE jurisdiction = $jurisdiction
RETURNING record;
