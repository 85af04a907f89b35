//! Nothing but tests; see `tests/peers.rs`.
