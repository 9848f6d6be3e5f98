-- How many cases stand in each phase that has any, of all or of one unit.
SELECT phase, CAST(sum(cases) AS BIGINT) FROM case_count
WHERE jurisdiction = $jurisdiction AND (CAST($unit AS TEXT) IS NULL OR unit = $unit) GROUP BY phase HAVING sum(cases) > 0;
