-- A session's end.
DELETE FROM session WHERE jurisdiction = $jurisdiction AND token_hash = $token_hash;
