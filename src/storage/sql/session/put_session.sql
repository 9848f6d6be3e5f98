-- A new session.
INSERT INTO session (jurisdiction, token_hash, staff, created, expires) VALUES ($jurisdiction, $token_hash, $staff, $created, $expires);
