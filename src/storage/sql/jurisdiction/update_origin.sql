-- The log goes on under another name, in place of the one that it is known to have; a row only then.
UPDATE jurisdiction SET origin = $origin WHERE jurisdiction = $jurisdiction AND origin = $before
RETURNING jurisdiction;
