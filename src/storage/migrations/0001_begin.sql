-- The first tables: jurisdictions, records with their events, the log, users and sessions, cases.
-- {bigint}, {bytes}, {strict}: each engine's own words for them (storage/migrate.cpp). Instants are milliseconds since 1970, UTC.

CREATE TABLE jurisdiction (
  jurisdiction {bigint} PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL UNIQUE,
  pack {bytes} NOT NULL,
  created {bigint} NOT NULL
) {strict};

-- Packs are kept for ever: every log entry names the one in force by its hash.
CREATE TABLE pack (
  jurisdiction {bigint} NOT NULL REFERENCES jurisdiction (jurisdiction),
  hash {bytes} NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, hash)
) {strict};

CREATE TABLE record (
  jurisdiction {bigint} NOT NULL REFERENCES jurisdiction (jurisdiction),
  record {bigint} NOT NULL,
  type TEXT NOT NULL,
  tag {bytes} NOT NULL,
  version {bigint} NOT NULL CHECK (version >= 0),
  last_leaf {bytes} NOT NULL,
  wrapping TEXT NOT NULL,
  wrapped_key {bytes} NOT NULL,
  PRIMARY KEY (jurisdiction, record)
) {strict};

CREATE TABLE event (
  jurisdiction {bigint} NOT NULL,
  record {bigint} NOT NULL,
  number {bigint} NOT NULL CHECK (number > 0),
  name TEXT NOT NULL,
  at {bigint} NOT NULL,
  t {bigint} NOT NULL,
  role TEXT NOT NULL,
  actor {bigint},
  facts TEXT NOT NULL,
  disclosures TEXT NOT NULL,
  words {bytes},
  identity {bytes},
  attachments {bytes},
  staff_words {bytes},
  log_index {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, record, number),
  UNIQUE (jurisdiction, log_index),
  FOREIGN KEY (jurisdiction, record) REFERENCES record (jurisdiction, record)
) {strict};

CREATE TABLE log_entry (
  jurisdiction {bigint} NOT NULL,
  log_index {bigint} NOT NULL CHECK (log_index >= 0),
  entry TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, log_index)
) {strict};

CREATE TABLE log_tile (
  jurisdiction {bigint} NOT NULL,
  level {bigint} NOT NULL,
  number {bigint} NOT NULL,
  hashes {bytes} NOT NULL,
  PRIMARY KEY (jurisdiction, level, number)
) {strict};

CREATE TABLE log_head (
  jurisdiction {bigint} PRIMARY KEY,
  size {bigint} NOT NULL,
  root {bytes} NOT NULL,
  t {bigint} NOT NULL
) {strict};

CREATE TABLE staff (
  jurisdiction {bigint} NOT NULL REFERENCES jurisdiction (jurisdiction),
  staff {bigint} NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  roles TEXT NOT NULL,
  unit TEXT,
  disabled {bigint} NOT NULL CHECK (disabled IN (0, 1)),
  PRIMARY KEY (jurisdiction, staff),
  UNIQUE (jurisdiction, login)
) {strict};

CREATE TABLE session (
  jurisdiction {bigint} NOT NULL,
  token_hash {bytes} NOT NULL,
  staff {bigint} NOT NULL,
  created {bigint} NOT NULL,
  expires {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, token_hash),
  FOREIGN KEY (jurisdiction, staff) REFERENCES staff (jurisdiction, staff)
) {strict};
CREATE INDEX session_expires ON session (jurisdiction, expires);

CREATE TABLE idempotency (
  jurisdiction {bigint} NOT NULL,
  key_hash {bytes} NOT NULL,
  request_hash {bytes} NOT NULL,
  record {bigint} NOT NULL,
  sealed {bytes} NOT NULL,
  expires {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, key_hash)
) {strict};
CREATE INDEX idempotency_expires ON idempotency (jurisdiction, expires);

-- What came from where, so that an import repeated makes no doubles.
CREATE TABLE import (
  jurisdiction {bigint} NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  record {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, source, external_id)
) {strict};

-- The read table of cases: current public facts; made from the events alone.
CREATE TABLE case_row (
  jurisdiction {bigint} NOT NULL,
  record {bigint} NOT NULL,
  reference TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  phase TEXT NOT NULL,
  category TEXT,
  unit TEXT,
  received {bigint} NOT NULL,
  updated {bigint} NOT NULL,
  due {bigint},
  returns {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, record),
  UNIQUE (jurisdiction, reference)
) {strict};
CREATE INDEX case_by_phase ON case_row (jurisdiction, phase, record);
CREATE INDEX case_by_category ON case_row (jurisdiction, category, record) WHERE category IS NOT NULL;
CREATE INDEX case_by_unit ON case_row (jurisdiction, unit, record) WHERE unit IS NOT NULL;
CREATE INDEX case_by_due ON case_row (jurisdiction, due, record) WHERE due IS NOT NULL;
CREATE INDEX case_by_unit_due ON case_row (jurisdiction, unit, due, record) WHERE unit IS NOT NULL AND due IS NOT NULL;

-- How many cases stand where, kept as they move; '' for no unit yet.
CREATE TABLE case_count (
  jurisdiction {bigint} NOT NULL,
  unit TEXT NOT NULL,
  phase TEXT NOT NULL,
  cases {bigint} NOT NULL,
  PRIMARY KEY (jurisdiction, unit, phase)
) {strict};
