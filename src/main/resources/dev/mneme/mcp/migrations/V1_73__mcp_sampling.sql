-- What another server had of a model of ours within the last hour, so that its budget is the same
-- whichever process answers it and however often that starts anew.
CREATE TABLE mcp_sampling (
  sampling_id   TEXT NOT NULL PRIMARY KEY,
  owner_id      TEXT NOT NULL REFERENCES owner(owner_id),
  mcp_server_id TEXT NOT NULL,
  at            TEXT NOT NULL,
  -- Set aside before the model is asked, and what it took after.
  tokens        INTEGER NOT NULL
);
CREATE INDEX mcp_sampling_of ON mcp_sampling (owner_id, mcp_server_id, at);
