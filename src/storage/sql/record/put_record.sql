-- A new record.
INSERT INTO record (jurisdiction, record, type, tag, version, last_leaf, wrapping, wrapped_key)
VALUES ($jurisdiction, $record, $type, $tag, 0, $last_leaf, $wrapping, $wrapped_key);
