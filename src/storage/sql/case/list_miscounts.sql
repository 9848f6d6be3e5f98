-- Counters that a recount of the cases and their units does not confirm; also units of cases that there are not, without a phase.
SELECT t.part, t.phase FROM (
  SELECT part, phase, cases FROM case_count WHERE jurisdiction = $jurisdiction
  UNION ALL SELECT '', phase, -1 FROM case_row WHERE jurisdiction = $jurisdiction
  UNION ALL SELECT u.part || ':' || u.unit, coalesce(c.phase, ''), -1 FROM case_unit AS u
    LEFT JOIN case_row AS c ON c.jurisdiction = u.jurisdiction AND c.record = u.record WHERE u.jurisdiction = $jurisdiction
) AS t GROUP BY t.part, t.phase HAVING sum(t.cases) <> 0 ORDER BY t.part, t.phase LIMIT $count;
