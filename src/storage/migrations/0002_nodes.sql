-- Several programs on one database: what only one of them may do at a time, how much each client asked of all of them, and where
-- a log went that was moved.

CREATE TABLE lease (
  jurisdiction {bigint} NOT NULL REFERENCES jurisdiction (jurisdiction),
  name TEXT NOT NULL,
  holder TEXT NOT NULL,
  until {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, name)
) {strict};

-- Of each client, by a keyed hash that changes every day: how many requests each node took in that minute. Kept a few minutes.
CREATE TABLE request_count (
  client {bytes} NOT NULL,
  minute {bigint} NOT NULL,
  node TEXT NOT NULL,
  requests {bigint} NOT NULL,
  PRIMARY KEY (client, minute, node)
) {strict};
CREATE INDEX request_count_minute ON request_count (minute);

-- NULL while the log is written here.
ALTER TABLE log_head ADD COLUMN moved_to TEXT;
