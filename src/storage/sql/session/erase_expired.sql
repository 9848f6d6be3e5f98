-- Sessions that ended by themselves, a bounded number.
DELETE FROM session WHERE jurisdiction = $jurisdiction AND token_hash IN
  (SELECT token_hash FROM session WHERE jurisdiction = $jurisdiction AND expires <= $now ORDER BY expires LIMIT 1000)
RETURNING token_hash;
