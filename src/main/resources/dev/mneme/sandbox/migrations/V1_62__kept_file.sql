CREATE TABLE kept_file (
  file_id    TEXT PRIMARY KEY,
  owner_id   TEXT NOT NULL REFERENCES owner (owner_id),
  kept_at    TEXT NOT NULL,
  name       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  content    TEXT NOT NULL
);
CREATE INDEX kept_file_owner ON kept_file (owner_id, kept_at, file_id);
CREATE INDEX kept_file_age ON kept_file (kept_at);
