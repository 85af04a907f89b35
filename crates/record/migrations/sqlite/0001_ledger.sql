-- STRICT, so that the file's own check also sees a value whose type changed.
-- The truth: one head, and the entries in bundles of 256 (zstd over C2SP entry bundles, and its sum).
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    checkpoint TEXT NOT NULL
) STRICT;
CREATE TABLE bundle (n INTEGER PRIMARY KEY, entries INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
-- Lets the number of bundles be counted without touching their pages.
CREATE UNIQUE INDEX bundle_count ON bundle (n, entries);
-- Tiles of levels 1 and above; those of level 0 follow from the bundles.
CREATE TABLE tile (
    level INTEGER NOT NULL,
    n INTEGER NOT NULL,
    width INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (level, n)
) STRICT;

-- Submissions and their receipts; seal is SHA-256 of the receipt.
CREATE TABLE submission (
    first INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    receipt TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
-- Personal values, outside the tree and erasable.
-- Rows are only appended, and overwritten in place when erased: SQLite then moves no value to another page, where a
-- copy would stay.
CREATE TABLE personal (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    field TEXT NOT NULL,
    salt BLOB NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (entry, field)
) STRICT;

-- Projections: derived from the entries, rebuilt from them.
CREATE TABLE key_run (
    low INTEGER PRIMARY KEY,
    high INTEGER NOT NULL,
    pairs INTEGER NOT NULL,
    fences BLOB NOT NULL
) STRICT;
CREATE TABLE key_block (
    run INTEGER NOT NULL,
    n INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (run, n)
) STRICT;
CREATE TABLE version (
    entry INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    replaces INTEGER NOT NULL UNIQUE,
    withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX version_first ON version (first, entry);
CREATE TABLE tally (
    type TEXT PRIMARY KEY,
    submissions INTEGER NOT NULL,
    records INTEGER NOT NULL,
    corrections INTEGER NOT NULL,
    withdrawals INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE source_file (
    entry INTEGER NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (entry, n)
) WITHOUT ROWID, STRICT;
CREATE TABLE act (
    entry INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
-- Erased values, by the entry that erased them.
CREATE TABLE erasure (
    act INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    field TEXT NOT NULL,
    UNIQUE (entry, field)
) STRICT;
