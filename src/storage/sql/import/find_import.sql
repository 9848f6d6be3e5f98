-- The record that an imported row became.
SELECT record FROM import WHERE jurisdiction = $jurisdiction AND source = $source AND external_id = $external_id;
