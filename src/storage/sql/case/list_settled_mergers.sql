-- Cases that were merged into one which was answered meanwhile, or came to another end.
SELECT c.record FROM case_row AS c JOIN case_row AS m ON m.jurisdiction = c.jurisdiction AND m.record = c.merged_into
WHERE c.jurisdiction = $jurisdiction AND c.merged_into IS NOT NULL AND c.record > $after
  AND m.phase IN ('answered', 'rated', 'closed', 'in_review', 'not_accepted', 'withdrawn', 'handed_over', 'split', 'lapsed')
ORDER BY c.record LIMIT $count;
