-- An imported row.
INSERT INTO import (jurisdiction, source, external_id, record) VALUES ($jurisdiction, $source, $external_id, $record);
