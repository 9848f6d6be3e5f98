-- Cases in one phase, newest first.
SELECT c.record, c.reference, c.secret_hash, c.phase, c.category, c.unit, c.received, c.updated, c.due, c.returns,
  c.secret_of, c.supports, c.review, c.bars, c.handler, c.watch, c.urgent, c.proposed, c.merged_into, c.provisional
FROM case_row AS c
WHERE c.jurisdiction = $jurisdiction AND c.phase = $phase AND c.record < $before
  AND (CAST($seen_unit AS TEXT) IS NULL OR EXISTS (
    SELECT 1 FROM case_unit AS u WHERE u.jurisdiction = c.jurisdiction AND u.record = c.record AND u.unit = $seen_unit
      AND (u.part = 'lead' OR (u.part = 'support' AND CAST($seen_supports AS BIGINT) = 1) OR (u.part = 'review' AND CAST($seen_reviews AS BIGINT) = 1))))
  AND (c.bars = '' OR NOT EXISTS (
    SELECT 1 FROM case_bar AS b WHERE b.jurisdiction = c.jurisdiction AND b.record = c.record
      AND replace(CAST($bars AS TEXT), '|' || b.bar || '|', '') <> CAST($bars AS TEXT)))
  AND (CAST($in_unit AS TEXT) IS NULL OR c.unit = $in_unit) AND (CAST($in_phase AS TEXT) IS NULL OR c.phase = $in_phase)
  AND (CAST($in_category AS TEXT) IS NULL OR c.category = $in_category)
  AND (CAST($in_handler AS BIGINT) IS NULL OR c.handler = $in_handler)
  AND c.returns >= $returns_min AND c.urgent >= $urgent_min AND (CAST($proposed_min AS BIGINT) = 0 OR c.proposed IS NOT NULL)
ORDER BY c.record DESC LIMIT $count;
