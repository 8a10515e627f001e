-- Other MCP servers that came over the API; those of servers.json have no row here.
CREATE TABLE mcp_server (
  mcp_server_id TEXT PRIMARY KEY,
  owner_id      TEXT NOT NULL REFERENCES owner(owner_id),
  name          TEXT NOT NULL,
  -- How it is reached, encrypted: it may hold keys.
  endpoint      BLOB NOT NULL,
  -- Hash of the endpoint that was approved; a changed one has to be approved anew.
  approved      TEXT,
  created_at    TEXT NOT NULL,
  updated_at    TEXT NOT NULL,
  UNIQUE (owner_id, name)
);

-- Tools of other servers as they were pinned and as they were seen last.
CREATE TABLE mcp_tool (
  owner_id      TEXT NOT NULL REFERENCES owner(owner_id),
  mcp_server_id TEXT NOT NULL,
  tool          TEXT NOT NULL,
  pinned        TEXT NOT NULL,
  seen          TEXT NOT NULL,
  present       INTEGER NOT NULL,
  created_at    TEXT NOT NULL,
  updated_at    TEXT NOT NULL,
  PRIMARY KEY (owner_id, mcp_server_id, tool)
);
