CREATE TABLE approval (
  approval_id TEXT PRIMARY KEY,
  owner_id    TEXT NOT NULL REFERENCES owner (owner_id),
  fingerprint TEXT NOT NULL,
  face        TEXT NOT NULL,
  agent_id    TEXT,
  source      TEXT NOT NULL,
  tool        TEXT NOT NULL,
  arguments   TEXT NOT NULL,
  why         TEXT NOT NULL,
  status      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  resolved_by TEXT,
  resolved_at TEXT
);
CREATE INDEX approval_call ON approval (owner_id, fingerprint, created_at);
CREATE INDEX approval_waiting ON approval (status, created_at);
