-- A tile's hashes.
SELECT hashes FROM log_tile WHERE jurisdiction = $jurisdiction AND level = $level AND number = $number;
