-- Who an account is elsewhere: a subject of an identity provider (OpenID Connect).
CREATE TABLE identity (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX identity_subject ON identity (issuer, subject);
CREATE INDEX identity_account ON identity (account);
-- Security keys (WebAuthn), by the id that the key gave itself; the public key as COSE, both in base64url.
CREATE TABLE security_key (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    counter BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX security_key_account ON security_key (account);
-- What was begun and must come back soon, once, in the same browser: logins elsewhere, challenges for keys.
CREATE TABLE pending (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    data TEXT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX pending_ends ON pending (ends_at);
