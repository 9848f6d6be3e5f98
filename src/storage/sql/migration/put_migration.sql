-- One more thing done.
INSERT INTO migration (number, min_program, name, hash) VALUES ($number, $min_program, $name, $hash);
