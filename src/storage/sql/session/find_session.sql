-- A session by the hash of its token.
SELECT staff, created, expires FROM session WHERE jurisdiction = $jurisdiction AND token_hash = $token_hash;
