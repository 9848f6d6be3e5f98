-- A new jurisdiction.
INSERT INTO jurisdiction (jurisdiction, slug, origin, pack, created) VALUES ($jurisdiction, $slug, $origin, $pack, $created);
