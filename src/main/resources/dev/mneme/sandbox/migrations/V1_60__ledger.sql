CREATE TABLE tool_call (
  call_id         TEXT PRIMARY KEY,
  owner_id        TEXT NOT NULL REFERENCES owner (owner_id),
  started_at      TEXT NOT NULL,
  face            TEXT NOT NULL,
  agent_id        TEXT,
  run_id          TEXT,
  source          TEXT NOT NULL,
  tool            TEXT NOT NULL,
  sha256          TEXT NOT NULL,
  backend         TEXT,
  worker          TEXT,
  arguments       TEXT NOT NULL,
  arguments_bytes INTEGER NOT NULL,
  outcome         TEXT NOT NULL,
  reason          TEXT,
  message         TEXT,
  result_bytes    INTEGER NOT NULL,
  output_bytes    INTEGER NOT NULL,
  bridge_requests INTEGER NOT NULL,
  bridge_bytes    INTEGER NOT NULL,
  queue_micros    INTEGER NOT NULL,
  start_micros    INTEGER NOT NULL,
  run_micros      INTEGER NOT NULL
);
CREATE INDEX tool_call_started ON tool_call (owner_id, started_at, call_id);
CREATE INDEX tool_call_age ON tool_call (started_at);
