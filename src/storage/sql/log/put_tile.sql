-- A tile as it is now.
INSERT INTO log_tile (jurisdiction, level, number, hashes) VALUES ($jurisdiction, $level, $number, $hashes)
ON CONFLICT (jurisdiction, level, number) DO UPDATE SET hashes = excluded.hashes;
