-- A table becomes one that stands whole on every node.
SELECT create_reference_table(CAST(CAST($table AS TEXT) AS regclass));
