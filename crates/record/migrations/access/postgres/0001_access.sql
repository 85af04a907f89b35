-- Accounts: erasable, therefore no part of the ledger. Times are microseconds since 1970.
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    -- NULL once erased
    login TEXT UNIQUE,
    name TEXT,
    -- number of the person in the officers' register: accounts of one person share it
    person TEXT,
    -- argon2id in PHC form; NULL: no login by password
    password TEXT,
    must_change BIGINT NOT NULL,
    -- active, locked, erased
    state TEXT NOT NULL,
    failed BIGINT NOT NULL,
    failed_at BIGINT,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX account_person ON account (person);
-- Sessions by the SHA-256 of the cookie's value: who reads the table cannot use them.
CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    client TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    -- when a second factor was last shown
    strong_at BIGINT
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_ends ON session (ends_at);
-- Tokens of programs, by SHA-256 as well.
CREATE TABLE token (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX token_account ON token (account);
-- Rights in use. The ledger's records base.grant are the truth; entry is NULL until the record is written, and a right without
-- an entry is none.
CREATE TABLE role_grant (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    role TEXT NOT NULL,
    region TEXT NOT NULL,
    line TEXT,
    enterprise TEXT,
    level TEXT NOT NULL,
    since_day TEXT NOT NULL,
    until_day TEXT,
    reason TEXT NOT NULL,
    catalog TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    entry BIGINT,
    taken_by TEXT,
    taken_at BIGINT,
    taken_why TEXT,
    taken_entry BIGINT
);
CREATE INDEX role_grant_account ON role_grant (account);
-- Who signed in, changed accounts and read personal data. Each row seals the one before it.
CREATE TABLE trail (
    n BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    account TEXT,
    subject TEXT NOT NULL,
    purpose TEXT NOT NULL,
    request TEXT NOT NULL,
    seal TEXT NOT NULL
);
CREATE INDEX trail_account ON trail (account, n);
CREATE INDEX trail_kind ON trail (kind, n);
