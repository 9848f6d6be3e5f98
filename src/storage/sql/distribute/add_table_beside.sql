-- A table is spread by its jurisdiction, each shard beside that of another table.
SELECT create_distributed_table(CAST(CAST($table AS TEXT) AS regclass), 'jurisdiction', colocate_with => CAST($beside AS TEXT));
