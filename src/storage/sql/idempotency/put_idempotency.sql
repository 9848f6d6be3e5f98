-- The use of an Idempotency-Key; an expired one gives way.
INSERT INTO idempotency (jurisdiction, key_hash, request_hash, record, sealed, expires)
VALUES ($jurisdiction, $key_hash, $request_hash, $record, $sealed, $expires)
ON CONFLICT (jurisdiction, key_hash) DO UPDATE
SET request_hash = excluded.request_hash, record = excluded.record, sealed = excluded.sealed, expires = excluded.expires;
