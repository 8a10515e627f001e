CREATE TABLE half (owner_id TEXT NOT NULL);
CREATE TABLE half (owner_id TEXT NOT NULL);
