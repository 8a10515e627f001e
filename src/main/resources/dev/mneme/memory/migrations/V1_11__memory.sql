CREATE TABLE block (
  block_id    TEXT PRIMARY KEY,
  owner_id    TEXT NOT NULL REFERENCES owner (owner_id),
  label       TEXT NOT NULL,
  value       TEXT NOT NULL,
  description TEXT NOT NULL,
  char_limit  INTEGER NOT NULL,
  read_only   INTEGER NOT NULL,
  metadata    TEXT NOT NULL,
  tags        TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  sequence    INTEGER NOT NULL
);
CREATE INDEX block_owner ON block (owner_id, created_at, block_id);

CREATE TABLE archive (
  archive_id  TEXT PRIMARY KEY,
  owner_id    TEXT NOT NULL REFERENCES owner (owner_id),
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  metadata    TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  sequence    INTEGER NOT NULL
);
CREATE INDEX archive_owner ON archive (owner_id, created_at, archive_id);

CREATE TABLE passage (
  passage_id TEXT PRIMARY KEY,
  owner_id   TEXT NOT NULL REFERENCES owner (owner_id),
  archive_id TEXT NOT NULL REFERENCES archive (archive_id),
  text       TEXT NOT NULL,
  tags       TEXT NOT NULL,
  metadata   TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  sequence   INTEGER NOT NULL
);
CREATE INDEX passage_archive ON passage (archive_id, created_at, passage_id);
CREATE INDEX passage_owner ON passage (owner_id, created_at, passage_id);
CREATE INDEX passage_sequence ON passage (sequence, passage_id);

-- What an agent holds. The label is that of the block (NULL for archives), kept here so that it is
-- unique for an agent. Agents live in a higher package, hence no reference to them.
CREATE TABLE attachment (
  attachment_id TEXT PRIMARY KEY,
  owner_id      TEXT NOT NULL REFERENCES owner (owner_id),
  agent_id      TEXT NOT NULL,
  block_id      TEXT REFERENCES block (block_id),
  archive_id    TEXT REFERENCES archive (archive_id),
  label         TEXT,
  position      INTEGER NOT NULL,
  sequence      INTEGER NOT NULL,
  UNIQUE (agent_id, label)
);
CREATE INDEX attachment_agent ON attachment (agent_id, position);
CREATE INDEX attachment_block ON attachment (block_id);
CREATE INDEX attachment_archive ON attachment (archive_id);
