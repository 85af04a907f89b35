-- The truth: one head, and the entries in bundles of 256 (zstd over C2SP entry bundles).
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    checkpoint TEXT NOT NULL
);
CREATE TABLE bundle (n INTEGER PRIMARY KEY, entries INTEGER NOT NULL, bytes BLOB NOT NULL);
-- Lets the number of bundles be counted without touching their pages.
CREATE UNIQUE INDEX bundle_count ON bundle (n, entries);
-- Tiles of levels 1 and above; those of level 0 follow from the bundles.
CREATE TABLE tile (
    level INTEGER NOT NULL,
    n BIGINT NOT NULL,
    width INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (level, n)
);

-- Submissions and their receipts; seal is SHA-256 of the receipt.
CREATE TABLE submission (
    first INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    receipt TEXT NOT NULL,
    seal TEXT NOT NULL
);
-- Personal values, outside the tree and erasable.
CREATE TABLE personal (
    entry BIGINT NOT NULL,
    field TEXT NOT NULL,
    salt BLOB,
    value TEXT,
    erased BIGINT,
    PRIMARY KEY (entry, field)
) WITHOUT ROWID;

-- Projections: derived from the entries, rebuilt from them.
CREATE TABLE key_run (
    low INTEGER PRIMARY KEY,
    high BIGINT NOT NULL,
    pairs BIGINT NOT NULL,
    fences BLOB NOT NULL
);
CREATE TABLE key_block (
    run BIGINT NOT NULL,
    n BIGINT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (run, n)
);
CREATE TABLE version (
    entry INTEGER PRIMARY KEY,
    first BIGINT NOT NULL,
    replaces BIGINT NOT NULL UNIQUE,
    withdrawn INTEGER NOT NULL
);
CREATE INDEX version_first ON version (first, entry);
CREATE TABLE tally (
    type TEXT PRIMARY KEY,
    submissions BIGINT NOT NULL,
    records BIGINT NOT NULL,
    corrections BIGINT NOT NULL,
    withdrawals BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE source_file (
    entry BIGINT NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (entry, n)
) WITHOUT ROWID;
CREATE TABLE act (
    entry INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL
);
