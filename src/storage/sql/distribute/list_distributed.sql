-- Tables that are distributed already or stand on every node. Those that Citus only knows of ("local") are not among them.
SELECT CAST(table_name AS TEXT) FROM citus_tables WHERE citus_table_type IN ('distributed', 'reference');
