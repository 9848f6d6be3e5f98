-- The empty log's head row of a new jurisdiction.
INSERT INTO log_head (jurisdiction, size, root, t) VALUES ($jurisdiction, 0, $root, 0);
