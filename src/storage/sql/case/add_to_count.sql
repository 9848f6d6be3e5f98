-- One more, or one less, of the cases that stand there.
INSERT INTO case_count (jurisdiction, part, phase, cases) VALUES ($jurisdiction, $part, $phase, $change)
ON CONFLICT (jurisdiction, part, phase) DO UPDATE SET cases = case_count.cases + excluded.cases;
