CREATE TABLE agent (
  agent_id    TEXT PRIMARY KEY,
  owner_id    TEXT NOT NULL REFERENCES owner (owner_id),
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  tags        TEXT NOT NULL,
  metadata    TEXT NOT NULL,
  archive_id  TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  sequence    INTEGER NOT NULL,
  UNIQUE (owner_id, name)
);
