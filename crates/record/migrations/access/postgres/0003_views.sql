-- Addresses that an account keeps under names of its own.
CREATE TABLE kept_view (
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (account, name)
);
