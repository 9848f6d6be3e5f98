-- More requests of a client, counted by a node in a minute.
INSERT INTO request_count (client, minute, node, requests) VALUES ($client, $minute, $node, $requests)
ON CONFLICT (client, minute, node) DO UPDATE SET requests = request_count.requests + excluded.requests;
