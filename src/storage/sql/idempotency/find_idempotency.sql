-- What an Idempotency-Key was used for.
SELECT request_hash, record, sealed, expires FROM idempotency WHERE jurisdiction = $jurisdiction AND key_hash = $key_hash;
