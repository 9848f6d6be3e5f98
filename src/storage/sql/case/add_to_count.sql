-- One more, or one less, of the cases that stand there.
INSERT INTO case_count (jurisdiction, unit, phase, cases) VALUES ($jurisdiction, $unit, $phase, $change)
ON CONFLICT (jurisdiction, unit, phase) DO UPDATE SET cases = case_count.cases + excluded.cases;
