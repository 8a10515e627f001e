-- One row a change. What identifies people and sessions can be removed (who_salt empty then); the
-- authentication code covers who_hash instead.
CREATE TABLE journal (
  sequence     INTEGER PRIMARY KEY,
  owner_id     TEXT NOT NULL REFERENCES owner (owner_id),
  at           TEXT NOT NULL,
  actor        TEXT NOT NULL,
  origin       TEXT NOT NULL,
  source       TEXT,
  run          TEXT,
  step         TEXT,
  tool_call    TEXT,
  who_salt     TEXT NOT NULL,
  who_hash     TEXT NOT NULL,
  container    TEXT NOT NULL,
  kind         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  operation    TEXT NOT NULL,
  unit         INTEGER NOT NULL,
  versions     TEXT NOT NULL,
  links        TEXT NOT NULL,
  previous_mac TEXT NOT NULL,
  mac          TEXT NOT NULL
);
CREATE INDEX journal_container ON journal (owner_id, container, sequence);
CREATE INDEX journal_run ON journal (owner_id, run, sequence) WHERE run IS NOT NULL;
CREATE INDEX journal_source ON journal (owner_id, source, sequence)
  WHERE source IS NOT NULL;
CREATE INDEX journal_unit ON journal (unit);

-- The subjects a row changed (many for a batch), with salted hashes; never removed.
CREATE TABLE journal_version (
  sequence    INTEGER NOT NULL REFERENCES journal (sequence),
  position    INTEGER NOT NULL,
  owner_id    TEXT NOT NULL REFERENCES owner (owner_id),
  kind        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  before_hash TEXT NOT NULL,
  after_hash  TEXT NOT NULL,
  PRIMARY KEY (sequence, position)
);
CREATE INDEX journal_version_subject ON journal_version (subject, sequence);
CREATE INDEX journal_version_kind ON journal_version (kind, sequence);

-- What a subject was after a row; removed by redaction and pruning, salt and all.
-- depth 0: the state itself; else the difference from the version before.
CREATE TABLE journal_content (
  sequence INTEGER NOT NULL,
  subject  TEXT NOT NULL,
  owner_id TEXT NOT NULL REFERENCES owner (owner_id),
  depth    INTEGER NOT NULL,
  salt     TEXT NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (subject, sequence)
);

-- parent: derived from; undoes: takes back.
CREATE TABLE journal_link (
  sequence INTEGER NOT NULL REFERENCES journal (sequence),
  relation TEXT NOT NULL,
  target   INTEGER NOT NULL,
  owner_id TEXT NOT NULL REFERENCES owner (owner_id),
  PRIMARY KEY (sequence, relation, target)
);
CREATE INDEX journal_link_target ON journal_link (target, relation);

-- The end of each chain.
CREATE TABLE journal_head (
  owner_id  TEXT NOT NULL REFERENCES owner (owner_id),
  container TEXT NOT NULL,
  sequence  INTEGER NOT NULL,
  entries   INTEGER NOT NULL,
  mac       TEXT NOT NULL,
  PRIMARY KEY (owner_id, container)
);

-- All heads of an owner at one moment.
CREATE TABLE journal_checkpoint (
  owner_id TEXT NOT NULL REFERENCES owner (owner_id),
  sequence INTEGER NOT NULL,
  at       TEXT NOT NULL,
  heads    TEXT NOT NULL,
  mac      TEXT NOT NULL,
  PRIMARY KEY (owner_id, sequence)
);
