-- A record's new version.
UPDATE record SET version = $version, last_leaf = $last_leaf WHERE jurisdiction = $jurisdiction AND record = $record;
