CREATE TABLE more (owner_id TEXT NOT NULL);
