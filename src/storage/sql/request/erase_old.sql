-- What any node counted before a minute goes.
DELETE FROM request_count WHERE minute < $since;
