-- A pack by its hash.
SELECT json FROM pack WHERE jurisdiction = $jurisdiction AND hash = $hash;
