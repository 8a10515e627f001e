CREATE TABLE later (owner_id TEXT NOT NULL REFERENCES owner(owner_id), text TEXT NOT NULL);
INSERT INTO later SELECT owner_id, 'kept ${as} is; really' FROM owner;
