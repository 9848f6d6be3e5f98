-- A unit that has to do with a case.
INSERT INTO case_unit (jurisdiction, unit, record, part, due) VALUES ($jurisdiction, $unit, $record, $part, $due);
