CREATE TABLE tool (
  tool_id           TEXT PRIMARY KEY,
  owner_id          TEXT NOT NULL REFERENCES owner (owner_id),
  name              TEXT NOT NULL,
  description       TEXT NOT NULL,
  source_code       TEXT NOT NULL,
  function          TEXT NOT NULL,
  schema            TEXT NOT NULL,
  tags              TEXT NOT NULL,
  return_char_limit INTEGER NOT NULL,
  pip_requirements  TEXT NOT NULL,
  requires_approval INTEGER NOT NULL,
  parallel          INTEGER NOT NULL,
  metadata          TEXT NOT NULL,
  created_at        TEXT NOT NULL,
  updated_at        TEXT NOT NULL,
  UNIQUE (owner_id, name)
);
CREATE INDEX tool_created ON tool (owner_id, created_at, tool_id);
