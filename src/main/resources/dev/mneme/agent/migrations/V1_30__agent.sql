CREATE TABLE agent (
  agent_id            TEXT PRIMARY KEY,
  owner_id            TEXT NOT NULL REFERENCES owner (owner_id),
  name                TEXT NOT NULL,
  description         TEXT NOT NULL,
  tags                TEXT NOT NULL,
  metadata            TEXT NOT NULL,
  archive_id          TEXT NOT NULL,
  system              TEXT NOT NULL,
  settings            TEXT NOT NULL,
  created_at          TEXT NOT NULL,
  updated_at          TEXT NOT NULL,
  sequence            INTEGER NOT NULL,
  -- How it ran last; no setting, hence not journaled. Empty before its first run.
  last_run_completion TEXT NOT NULL DEFAULT '',
  last_run_nanos      INTEGER,
  last_stop_reason    TEXT
);
CREATE INDEX agent_name ON agent (owner_id, name);
CREATE INDEX agent_created ON agent (owner_id, created_at, agent_id);
CREATE INDEX agent_updated ON agent (owner_id, updated_at, agent_id);
CREATE INDEX agent_last_run ON agent (owner_id, last_run_completion, agent_id);

-- What is in the rows above, to be found by.
CREATE TABLE agent_tag (
  owner_id TEXT NOT NULL REFERENCES owner (owner_id),
  tag      TEXT NOT NULL,
  agent_id TEXT NOT NULL REFERENCES agent (agent_id),
  PRIMARY KEY (owner_id, tag, agent_id)
);
CREATE INDEX agent_tag_agent ON agent_tag (agent_id, owner_id);

-- Only by agent: most agents have the same tools, and the seven of a new one stand side by side.
CREATE TABLE agent_tool (
  owner_id TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id TEXT NOT NULL REFERENCES agent (agent_id),
  tool_id  TEXT NOT NULL,
  PRIMARY KEY (owner_id, agent_id, tool_id)
);

-- Environment variables of an agent's tools; the value is encrypted.
CREATE TABLE agent_secret (
  owner_id  TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id  TEXT NOT NULL REFERENCES agent (agent_id),
  key       TEXT NOT NULL,
  secret_id TEXT NOT NULL,
  value     BLOB NOT NULL,
  PRIMARY KEY (owner_id, agent_id, key)
);
