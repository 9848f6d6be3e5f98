-- Who of the staff is away from when to when, and who acts for them. A program that knows nothing of it may use the database: no
-- deputy gets a right from it.
-- min_program: 2

-- Days since 1970-01-01, in the jurisdiction's own time zone, both included. One absence a person.
CREATE TABLE staff_absence (
  jurisdiction {bigint} NOT NULL,
  staff {bigint} NOT NULL,
  deputy {bigint} NOT NULL CHECK (deputy <> staff),
  first_day {bigint} NOT NULL,
  last_day {bigint} NOT NULL CHECK (last_day >= first_day),
  set_by {bigint} NOT NULL,
  set_at {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, staff),
  FOREIGN KEY (jurisdiction, staff) REFERENCES staff (jurisdiction, staff),
  FOREIGN KEY (jurisdiction, deputy) REFERENCES staff (jurisdiction, staff),
  FOREIGN KEY (jurisdiction, set_by) REFERENCES staff (jurisdiction, staff)
) {strict};
CREATE INDEX staff_absence_by_deputy ON staff_absence (jurisdiction, deputy);
