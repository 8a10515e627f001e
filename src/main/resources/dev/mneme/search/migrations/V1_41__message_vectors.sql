-- A message never changes, so its vector is known by its id and goes with it. No index begins with
-- the owner: without statistics SQLite takes it for better than the key when it looks for several.
CREATE TABLE message_vector (
  message_id TEXT NOT NULL REFERENCES message (message_id) ON DELETE CASCADE,
  model      TEXT NOT NULL,
  owner_id   TEXT NOT NULL REFERENCES owner (owner_id),
  dimensions INTEGER NOT NULL,
  vector     BLOB NOT NULL,
  PRIMARY KEY (message_id, model)
);
