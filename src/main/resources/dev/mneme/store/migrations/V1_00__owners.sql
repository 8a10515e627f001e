-- Whose rows are whose. Every other top-level table refers to it.
CREATE TABLE owner (
  owner_id   TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  created_at TEXT NOT NULL
);
INSERT INTO owner (owner_id, name, created_at)
VALUES ('user-00000000-0000-4000-8000-000000000000', 'default', '2026-01-01T00:00:00Z');
