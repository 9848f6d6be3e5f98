-- One record.
SELECT type, tag, version, last_leaf, wrapping, wrapped_key FROM record WHERE jurisdiction = $jurisdiction AND record = $record;
