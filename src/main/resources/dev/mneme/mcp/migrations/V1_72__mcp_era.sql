-- Which generation of the protocol another server speaks, as it was when it was greeted last.
CREATE TABLE mcp_era (
  owner_id      TEXT NOT NULL REFERENCES owner(owner_id),
  mcp_server_id TEXT NOT NULL,
  -- Hash of where it is reached: another place is another server.
  endpoint      TEXT NOT NULL,
  -- Name and version, as it said itself: another version may speak another one.
  server        TEXT NOT NULL,
  protocol      TEXT NOT NULL,
  updated_at    TEXT NOT NULL,
  PRIMARY KEY (owner_id, mcp_server_id)
);
