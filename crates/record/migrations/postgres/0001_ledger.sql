-- The truth: one head, and the entries in bundles of 256 (zstd over C2SP entry bundles, and its sum).
CREATE TABLE head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    checkpoint TEXT NOT NULL
);
CREATE TABLE bundle (n BIGINT PRIMARY KEY, entries BIGINT NOT NULL, bytes BYTEA NOT NULL);
-- Compressed already.
ALTER TABLE bundle ALTER COLUMN bytes SET STORAGE EXTERNAL;
-- Tiles of levels 1 and above; those of level 0 follow from the bundles.
CREATE TABLE tile (
    level BIGINT NOT NULL,
    n BIGINT NOT NULL,
    width BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (level, n)
);

-- Submissions and their receipts; seal is SHA-256 of the receipt.
CREATE TABLE submission (
    first BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    receipt TEXT NOT NULL,
    seal TEXT NOT NULL
);
-- Personal values, outside the tree and erasable.
CREATE TABLE personal (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry BIGINT NOT NULL,
    field TEXT NOT NULL,
    salt BYTEA NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (entry, field)
);

-- Projections: derived from the entries, rebuilt from them.
CREATE TABLE key_run (
    low BIGINT PRIMARY KEY,
    high BIGINT NOT NULL,
    pairs BIGINT NOT NULL,
    fences BYTEA NOT NULL
);
CREATE TABLE key_block (
    run BIGINT NOT NULL,
    n BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (run, n)
);
CREATE TABLE version (
    entry BIGINT PRIMARY KEY,
    first BIGINT NOT NULL,
    replaces BIGINT NOT NULL UNIQUE,
    withdrawn BIGINT NOT NULL
);
CREATE INDEX version_first ON version (first, entry);
CREATE TABLE tally (
    type TEXT PRIMARY KEY,
    submissions BIGINT NOT NULL,
    records BIGINT NOT NULL,
    corrections BIGINT NOT NULL,
    withdrawals BIGINT NOT NULL
);
CREATE TABLE source_file (
    entry BIGINT NOT NULL,
    n BIGINT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (entry, n)
);
CREATE TABLE act (
    entry BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL
);
-- Erased values, by the entry that erased them.
CREATE TABLE erasure (
    act BIGINT PRIMARY KEY,
    entry BIGINT NOT NULL,
    field TEXT NOT NULL,
    UNIQUE (entry, field)
);
