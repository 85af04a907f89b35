-- Cases, derived from their events (`Step` entries) and rebuilt from them.
-- stem and number: case numbers of the form <stem>-<number>.
CREATE TABLE case_head (
    case_no TEXT PRIMARY KEY,
    procedure TEXT NOT NULL,
    state TEXT NOT NULL,
    parent TEXT,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    events INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    stem TEXT,
    number INTEGER
) WITHOUT ROWID, STRICT;
CREATE INDEX case_head_parent ON case_head (parent, case_no);
CREATE INDEX case_head_state ON case_head (procedure, state, case_no);
CREATE INDEX case_head_number ON case_head (stem, number);
CREATE TABLE case_event (entry INTEGER PRIMARY KEY, case_no TEXT NOT NULL) STRICT;
CREATE INDEX case_event_case ON case_event (case_no, entry);
-- Idempotency ids of steps; body is the fingerprint of what was asked.
CREATE TABLE case_act (id TEXT PRIMARY KEY, entry INTEGER NOT NULL UNIQUE, body TEXT NOT NULL) WITHOUT ROWID, STRICT;
-- Letters by series, numbered from 1 without gaps; n is the place among the event's letters.
CREATE TABLE letter (
    series TEXT NOT NULL,
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    n INTEGER NOT NULL,
    template TEXT NOT NULL,
    PRIMARY KEY (series, number),
    UNIQUE (entry, n)
) WITHOUT ROWID, STRICT;
