-- The whole schema, as SQLite has it. Made by `HUIYIN_UPDATE=1 test_storage` from src/storage/migrations; do not edit.

CREATE TABLE case_bar (
  jurisdiction INTEGER NOT NULL,
  record INTEGER NOT NULL,
  bar TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, record, bar)
) STRICT;

CREATE TABLE case_count (
  jurisdiction INTEGER NOT NULL,
  part TEXT NOT NULL,
  phase TEXT NOT NULL,
  cases INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, part, phase)
) STRICT;

CREATE TABLE case_row (
  jurisdiction INTEGER NOT NULL,
  record INTEGER NOT NULL,
  reference TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  phase TEXT NOT NULL,
  category TEXT,
  unit TEXT,
  received INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  due INTEGER,
  returns INTEGER NOT NULL, secret_of TEXT, supports TEXT NOT NULL DEFAULT '', review TEXT, bars TEXT NOT NULL DEFAULT '', handler INTEGER, watch INTEGER, urgent INTEGER NOT NULL DEFAULT 0, provisional INTEGER NOT NULL DEFAULT 0, proposed TEXT, merged_into INTEGER,
  PRIMARY KEY (jurisdiction, record),
  UNIQUE (jurisdiction, reference)
) STRICT;

CREATE INDEX case_by_category ON case_row (jurisdiction, category, record) WHERE category IS NOT NULL;

CREATE INDEX case_by_due ON case_row (jurisdiction, due, record) WHERE due IS NOT NULL;

CREATE INDEX case_by_handler ON case_row (jurisdiction, handler, record) WHERE handler IS NOT NULL;

CREATE INDEX case_by_merged ON case_row (jurisdiction, merged_into, record) WHERE merged_into IS NOT NULL;

CREATE INDEX case_by_phase ON case_row (jurisdiction, phase, record);

CREATE INDEX case_by_proposed ON case_row (jurisdiction, record) WHERE proposed IS NOT NULL;

CREATE INDEX case_by_provisional ON case_row (jurisdiction, record) WHERE provisional = 1;

CREATE INDEX case_by_urgent ON case_row (jurisdiction, record) WHERE urgent = 1;

CREATE INDEX case_by_watch ON case_row (jurisdiction, watch, record) WHERE watch IS NOT NULL;

CREATE TABLE case_unit (
  jurisdiction INTEGER NOT NULL,
  unit TEXT NOT NULL,
  record INTEGER NOT NULL,
  part TEXT NOT NULL,
  due INTEGER,
  PRIMARY KEY (jurisdiction, unit, record)
) STRICT;

CREATE INDEX case_unit_due ON case_unit (jurisdiction, unit, due, record) WHERE due IS NOT NULL;

CREATE INDEX case_unit_record ON case_unit (jurisdiction, record);

CREATE TABLE event (
  jurisdiction INTEGER NOT NULL,
  record INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  t INTEGER NOT NULL,
  role TEXT NOT NULL,
  actor INTEGER,
  facts TEXT NOT NULL,
  disclosures TEXT NOT NULL,
  words BLOB,
  identity BLOB,
  attachments BLOB,
  staff_words BLOB,
  log_index INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, record, number),
  UNIQUE (jurisdiction, log_index),
  FOREIGN KEY (jurisdiction, record) REFERENCES record (jurisdiction, record)
) STRICT;

CREATE TABLE idempotency (
  jurisdiction INTEGER NOT NULL,
  key_hash BLOB NOT NULL,
  request_hash BLOB NOT NULL,
  record INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, key_hash)
) STRICT;

CREATE INDEX idempotency_expires ON idempotency (jurisdiction, expires);

CREATE TABLE import (
  jurisdiction INTEGER NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, source, external_id)
) STRICT;

CREATE TABLE jurisdiction (
  jurisdiction INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL UNIQUE,
  pack BLOB NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE lease (
  jurisdiction INTEGER NOT NULL REFERENCES jurisdiction (jurisdiction),
  name TEXT NOT NULL,
  holder TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, name)
) STRICT;

CREATE TABLE log_entry (
  jurisdiction INTEGER NOT NULL,
  log_index INTEGER NOT NULL CHECK (log_index >= 0),
  entry TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, log_index)
) STRICT;

CREATE TABLE log_head (
  jurisdiction INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  t INTEGER NOT NULL
, moved_to TEXT) STRICT;

CREATE TABLE log_tile (
  jurisdiction INTEGER NOT NULL,
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (jurisdiction, level, number)
) STRICT;

CREATE TABLE migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  min_program INTEGER NOT NULL
) STRICT;

CREATE TABLE pack (
  jurisdiction INTEGER NOT NULL REFERENCES jurisdiction (jurisdiction),
  hash BLOB NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, hash)
) STRICT;

CREATE TABLE record (
  jurisdiction INTEGER NOT NULL REFERENCES jurisdiction (jurisdiction),
  record INTEGER NOT NULL,
  type TEXT NOT NULL,
  tag BLOB NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 0),
  last_leaf BLOB NOT NULL,
  wrapping TEXT NOT NULL,
  wrapped_key BLOB NOT NULL,
  PRIMARY KEY (jurisdiction, record)
) STRICT;

CREATE TABLE request_count (
  client BLOB NOT NULL,
  minute INTEGER NOT NULL,
  node TEXT NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (client, minute, node)
) STRICT;

CREATE INDEX request_count_minute ON request_count (minute);

CREATE TABLE session (
  jurisdiction INTEGER NOT NULL,
  token_hash BLOB NOT NULL,
  staff INTEGER NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, token_hash),
  FOREIGN KEY (jurisdiction, staff) REFERENCES staff (jurisdiction, staff)
) STRICT;

CREATE INDEX session_expires ON session (jurisdiction, expires);

CREATE TABLE staff (
  jurisdiction INTEGER NOT NULL REFERENCES jurisdiction (jurisdiction),
  staff INTEGER NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  roles TEXT NOT NULL,
  unit TEXT,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  PRIMARY KEY (jurisdiction, staff),
  UNIQUE (jurisdiction, login)
) STRICT;

CREATE TABLE staff_absence (
  jurisdiction INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  deputy INTEGER NOT NULL CHECK (deputy <> staff),
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL CHECK (last_day >= first_day),
  set_by INTEGER NOT NULL,
  set_at INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, staff),
  FOREIGN KEY (jurisdiction, staff) REFERENCES staff (jurisdiction, staff),
  FOREIGN KEY (jurisdiction, deputy) REFERENCES staff (jurisdiction, staff),
  FOREIGN KEY (jurisdiction, set_by) REFERENCES staff (jurisdiction, staff)
) STRICT;

CREATE INDEX staff_absence_by_deputy ON staff_absence (jurisdiction, deputy);
