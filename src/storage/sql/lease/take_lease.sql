-- A lease for a holder, when it had it, nobody had it, or it ran out; a row only then.
INSERT INTO lease (jurisdiction, name, holder, until) VALUES ($jurisdiction, $name, $holder, $until)
ON CONFLICT (jurisdiction, name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until <= $now
RETURNING holder;
