-- Salted values of many entries in one compressed row, with the seed of their salts. A pack is taken apart into rows of
-- "personal" when one of its values is erased.
CREATE TABLE personal_pack (low BIGINT PRIMARY KEY, high BIGINT NOT NULL, bytes BYTEA NOT NULL);
-- Compressed already.
ALTER TABLE personal_pack ALTER COLUMN bytes SET STORAGE EXTERNAL;
