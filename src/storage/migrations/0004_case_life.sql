-- The whole life of a case: the units that support it or decide its review, whom it is closed to, who handles it, what waits for
-- approval, when the watcher looks at it, what it was merged into.

ALTER TABLE case_row ADD COLUMN secret_of TEXT;
ALTER TABLE case_row ADD COLUMN supports TEXT NOT NULL DEFAULT '';
ALTER TABLE case_row ADD COLUMN review TEXT;
ALTER TABLE case_row ADD COLUMN bars TEXT NOT NULL DEFAULT '';
ALTER TABLE case_row ADD COLUMN handler {bigint};
ALTER TABLE case_row ADD COLUMN watch {bigint};
ALTER TABLE case_row ADD COLUMN urgent {bigint} NOT NULL DEFAULT 0;
ALTER TABLE case_row ADD COLUMN provisional {bigint} NOT NULL DEFAULT 0;
ALTER TABLE case_row ADD COLUMN proposed TEXT;
ALTER TABLE case_row ADD COLUMN merged_into {bigint};
-- What only the events know of the cases that are there: the watcher looks at each of them at once, and writes its row anew.
UPDATE case_row SET watch = 0;
CREATE INDEX case_by_handler ON case_row (jurisdiction, handler, record) WHERE handler IS NOT NULL;
CREATE INDEX case_by_watch ON case_row (jurisdiction, watch, record) WHERE watch IS NOT NULL;
CREATE INDEX case_by_urgent ON case_row (jurisdiction, record) WHERE urgent = 1;
CREATE INDEX case_by_provisional ON case_row (jurisdiction, record) WHERE provisional = 1;
CREATE INDEX case_by_proposed ON case_row (jurisdiction, record) WHERE proposed IS NOT NULL;
CREATE INDEX case_by_merged ON case_row (jurisdiction, merged_into, record) WHERE merged_into IS NOT NULL;
DROP INDEX case_by_unit;
DROP INDEX case_by_unit_due;

-- Which units have to do with a case: 'lead', 'support', 'review'. Made from case_row, for lists.
CREATE TABLE case_unit (
  jurisdiction {bigint} NOT NULL,
  unit TEXT NOT NULL,
  record {bigint} NOT NULL,
  part TEXT NOT NULL,
  due {bigint},
  PRIMARY KEY (jurisdiction, unit, record)
) {strict};
CREATE INDEX case_unit_due ON case_unit (jurisdiction, unit, due, record) WHERE due IS NOT NULL;
CREATE INDEX case_unit_record ON case_unit (jurisdiction, record);
INSERT INTO case_unit (jurisdiction, unit, record, part, due)
SELECT jurisdiction, unit, record, 'lead', due FROM case_row WHERE unit IS NOT NULL;

-- Whom a case is closed to: 'unit:<code>' and all below it, 'user:<number>'.
CREATE TABLE case_bar (
  jurisdiction {bigint} NOT NULL,
  record {bigint} NOT NULL,
  bar TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, record, bar)
) {strict};

-- Counted now for all, and for each part that a unit has: '', 'lead:<unit>', 'support:<unit>', 'review:<unit>'.
DELETE FROM case_count;
ALTER TABLE case_count RENAME COLUMN unit TO part;
INSERT INTO case_count (jurisdiction, part, phase, cases)
SELECT jurisdiction, '', phase, count(*) FROM case_row GROUP BY jurisdiction, phase;
INSERT INTO case_count (jurisdiction, part, phase, cases)
SELECT jurisdiction, 'lead:' || unit, phase, count(*) FROM case_row WHERE unit IS NOT NULL GROUP BY jurisdiction, unit, phase;
