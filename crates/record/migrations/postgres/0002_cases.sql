-- Cases, derived from their events (`Step` entries) and rebuilt from them.
-- Sorted by bytes, as SQLite does.
-- stem and number: case numbers of the form <stem>-<number>.
CREATE TABLE case_head (
    case_no TEXT COLLATE "C" PRIMARY KEY,
    procedure TEXT NOT NULL,
    state TEXT NOT NULL,
    parent TEXT,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    events BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    stem TEXT,
    number BIGINT
);
CREATE INDEX case_head_parent ON case_head (parent, case_no);
CREATE INDEX case_head_state ON case_head (procedure, state, case_no);
CREATE INDEX case_head_number ON case_head (stem, number);
CREATE TABLE case_event (entry BIGINT PRIMARY KEY, case_no TEXT NOT NULL);
CREATE INDEX case_event_case ON case_event (case_no, entry);
-- Idempotency ids of steps; body is the fingerprint of what was asked.
CREATE TABLE case_act (id TEXT PRIMARY KEY, entry BIGINT NOT NULL UNIQUE, body TEXT NOT NULL);
-- Letters by series, numbered from 1 without gaps; n is the place among the event's letters.
CREATE TABLE letter (
    series TEXT NOT NULL,
    number BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    n BIGINT NOT NULL,
    template TEXT NOT NULL,
    PRIMARY KEY (series, number),
    UNIQUE (entry, n)
);
