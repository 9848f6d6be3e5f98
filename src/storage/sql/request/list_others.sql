-- What all nodes but one counted from a minute on, by client and minute.
SELECT client, minute, CAST(sum(requests) AS BIGINT) FROM request_count WHERE minute >= $since AND node <> $node
GROUP BY client, minute ORDER BY client, minute;
