-- A pack, kept once.
INSERT INTO pack (jurisdiction, hash, json) VALUES ($jurisdiction, $hash, $json) ON CONFLICT DO NOTHING;
