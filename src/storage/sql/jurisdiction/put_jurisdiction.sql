-- A new jurisdiction, with the next number.
INSERT INTO jurisdiction (jurisdiction, slug, origin, pack, created)
SELECT coalesce(max(jurisdiction), 0) + 1, CAST($slug AS TEXT), CAST($origin AS TEXT), $pack, $created FROM jurisdiction
RETURNING jurisdiction;
