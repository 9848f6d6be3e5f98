-- How many cases stand in each phase that has any, of all or of those a unit has to do with, but for those that are closed to who asks.
SELECT t.phase, CAST(sum(t.cases) AS BIGINT) FROM (
  SELECT phase, cases FROM case_count
  WHERE jurisdiction = $jurisdiction AND part IN ($all, $lead, $support, $review)
  UNION ALL
  SELECT c.phase, -1 FROM case_row AS c WHERE c.jurisdiction = $jurisdiction AND c.record IN (
    SELECT b.record FROM case_bar AS b WHERE b.jurisdiction = $jurisdiction
      AND replace(CAST($bars AS TEXT), '|' || b.bar || '|', '') <> CAST($bars AS TEXT))
@include case/of_unit.part
) AS t GROUP BY t.phase HAVING sum(t.cases) > 0;
