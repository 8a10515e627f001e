-- What an owner was let in with to another server, by who gave it; encrypted.
CREATE TABLE mcp_login (
  owner_id      TEXT NOT NULL REFERENCES owner(owner_id),
  mcp_server_id TEXT NOT NULL,
  issuer        TEXT NOT NULL,
  -- Who this client is there.
  identity      BLOB,
  -- The tokens, and the address they were given for.
  tokens        BLOB,
  updated_at    TEXT NOT NULL,
  PRIMARY KEY (owner_id, mcp_server_id, issuer)
);
