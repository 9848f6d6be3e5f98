-- A table is spread by its jurisdiction; its shards are what others are laid beside.
SELECT create_distributed_table(CAST(CAST($table AS TEXT) AS regclass), 'jurisdiction', colocate_with => 'none');
