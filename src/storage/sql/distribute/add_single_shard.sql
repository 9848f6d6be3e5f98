-- A table by its clients, in one shard: every node reaches it, and what asks for all clients asks in one place.
SELECT create_distributed_table(CAST(CAST($table AS TEXT) AS regclass), 'client', colocate_with => 'none', shard_count => 1);
