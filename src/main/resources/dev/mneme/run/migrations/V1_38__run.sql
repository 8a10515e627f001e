CREATE TABLE run (
  run_id          TEXT PRIMARY KEY,
  owner_id        TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id        TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  status          TEXT NOT NULL,
  background      INTEGER NOT NULL,
  stop_reason     TEXT,
  request_config  TEXT NOT NULL,
  metadata        TEXT NOT NULL,
  callback_url    TEXT,
  created_at      TEXT NOT NULL,
  completed_at    TEXT,
  ttft_nanos      INTEGER,
  duration_nanos  INTEGER
);
CREATE INDEX run_owner ON run (owner_id, created_at, run_id);
CREATE INDEX run_agent ON run (agent_id, created_at, run_id);
CREATE INDEX run_status ON run (status, owner_id);
CREATE INDEX run_background ON run (background, completed_at);

CREATE TABLE step (
  step_id            TEXT PRIMARY KEY,
  owner_id           TEXT NOT NULL REFERENCES owner (owner_id),
  run_id             TEXT NOT NULL REFERENCES run (run_id),
  agent_id           TEXT NOT NULL,
  model              TEXT NOT NULL,
  context_window     INTEGER NOT NULL,
  status             TEXT NOT NULL,
  prompt_tokens      INTEGER NOT NULL,
  completion_tokens  INTEGER NOT NULL,
  cached_tokens      INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  reasoning_tokens   INTEGER NOT NULL,
  step_nanos         INTEGER NOT NULL,
  model_nanos        INTEGER NOT NULL,
  tool_nanos         INTEGER NOT NULL,
  stop_reason        TEXT,
  error_type         TEXT,
  feedback           TEXT,
  tags               TEXT NOT NULL,
  created_at         TEXT NOT NULL
);
CREATE INDEX step_run ON step (run_id, created_at, step_id);
CREATE INDEX step_agent ON step (agent_id, created_at, step_id);
CREATE INDEX step_owner ON step (owner_id, created_at, step_id);

-- What was told while a background run went on; kept for a while after its end.
CREATE TABLE run_event (
  run_id   TEXT NOT NULL REFERENCES run (run_id),
  sequence INTEGER NOT NULL,
  owner_id TEXT NOT NULL REFERENCES owner (owner_id),
  body     TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
);

-- Which run has a conversation, and until when unless its process renews it.
CREATE TABLE run_lease (
  owner_id        TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id        TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  run_id          TEXT NOT NULL,
  node            TEXT NOT NULL,
  expires_at      TEXT NOT NULL,
  PRIMARY KEY (owner_id, agent_id, conversation_id)
);
CREATE INDEX run_lease_node ON run_lease (node);
