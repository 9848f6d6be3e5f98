-- The head of a log after an append.
UPDATE log_head SET size = $size, root = $root, t = $t WHERE jurisdiction = $jurisdiction;
