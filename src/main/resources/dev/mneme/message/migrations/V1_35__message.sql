-- All that was ever said, in the order of its writing; a number is never given twice, even when an
-- agent is removed with its messages, because indexes remember how far they have read.
CREATE TABLE message (
  sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id      TEXT NOT NULL UNIQUE,
  owner_id        TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id        TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  role            TEXT NOT NULL,
  origin          TEXT NOT NULL,
  body            TEXT NOT NULL,
  name            TEXT,
  otid            TEXT,
  sender_id       TEXT,
  group_id        TEXT,
  step_id         TEXT,
  run_id          TEXT,
  hidden          INTEGER NOT NULL,
  created_at      TEXT NOT NULL
);
CREATE INDEX message_agent ON message (agent_id, sequence);
CREATE INDEX message_conversation ON message (agent_id, conversation_id, sequence);
CREATE INDEX message_run ON message (run_id, sequence) WHERE run_id IS NOT NULL;
CREATE INDEX message_step ON message (step_id, sequence) WHERE step_id IS NOT NULL;

-- What a conversation has come to; counted here, because counting a long history takes long.
CREATE TABLE conversation_count (
  owner_id        TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id        TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  messages        INTEGER NOT NULL,
  last_message_at TEXT NOT NULL,
  PRIMARY KEY (owner_id, agent_id, conversation_id)
);

-- What of it the model sees, in order; a row for each message, so that adding one costs one.
CREATE TABLE context_entry (
  owner_id        TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id        TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  position        INTEGER NOT NULL,
  sequence        INTEGER NOT NULL REFERENCES message (sequence),
  PRIMARY KEY (owner_id, agent_id, conversation_id, position)
);
CREATE INDEX context_entry_message ON context_entry (sequence);
