-- Every jurisdiction of this store (the one read that crosses them).
SELECT jurisdiction, slug, origin, pack, created FROM jurisdiction ORDER BY jurisdiction;
