-- Vectors are dear to make, so they are rows: the index is built from them, never the other way round.
-- The key is the text, not the passage: a text that comes back (undo, a copy) has its vector already.
CREATE TABLE passage_vector (
  owner_id   TEXT NOT NULL REFERENCES owner (owner_id),
  model      TEXT NOT NULL,
  text_hash  TEXT NOT NULL,
  dimensions INTEGER NOT NULL,
  vector     BLOB NOT NULL,
  PRIMARY KEY (owner_id, model, text_hash)
);
