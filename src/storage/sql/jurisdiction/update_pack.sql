-- Another pack in force, in place of the one that is known to be; a row only then.
UPDATE jurisdiction SET pack = $pack WHERE jurisdiction = $jurisdiction AND pack = $before
RETURNING jurisdiction;
