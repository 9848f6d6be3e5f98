-- Somebody a case is closed to.
INSERT INTO case_bar (jurisdiction, record, bar) VALUES ($jurisdiction, $record, $bar);
