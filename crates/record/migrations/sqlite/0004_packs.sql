-- Salted values of many entries in one compressed row, with the seed of their salts. A pack is taken apart into rows of
-- "personal" when one of its values is erased.
CREATE TABLE personal_pack (low INTEGER PRIMARY KEY, high INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
