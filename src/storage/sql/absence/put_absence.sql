-- An absence, instead of the one there was.
INSERT INTO staff_absence (jurisdiction, staff, deputy, first_day, last_day, set_by, set_at)
VALUES ($jurisdiction, $staff, $deputy, $first_day, $last_day, $set_by, $set_at)
ON CONFLICT (jurisdiction, staff) DO UPDATE
SET deputy = excluded.deputy, first_day = excluded.first_day, last_day = excluded.last_day, set_by = excluded.set_by,
  set_at = excluded.set_at;
