-- Keys whose day is over, a bounded number.
DELETE FROM idempotency WHERE jurisdiction = $jurisdiction AND key_hash IN
  (SELECT key_hash FROM idempotency WHERE jurisdiction = $jurisdiction AND expires <= $now ORDER BY expires LIMIT 1000)
RETURNING key_hash;
