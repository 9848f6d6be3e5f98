-- Foreign keys of this schema: which table refers to which, and the commands that take the key away and put it back.
SELECT CAST(here.relname AS TEXT), CAST(there.relname AS TEXT),
  format('ALTER TABLE %I DROP CONSTRAINT %I', here.relname, k.conname),
  format('ALTER TABLE %I ADD CONSTRAINT %I %s', here.relname, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN pg_class here ON here.oid = k.conrelid JOIN pg_class there ON there.oid = k.confrelid
WHERE k.contype = 'f' AND here.relnamespace = CAST(current_schema() AS regnamespace) ORDER BY here.relname, k.conname;
