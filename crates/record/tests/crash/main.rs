//! Killing the process, and flipping bits: what was acknowledged is there, once; what was changed is found.

mod cases;
mod flip;
mod kill;
mod load;
mod trace;

use zhiheng_record::LedgerKey;

/// The key of all ledgers here.
fn key() -> LedgerKey {
    LedgerKey::from_seed("crash.example/quality", &[9; 32]).expect("a key")
}

/// A count from the environment, for longer runs than the usual one.
fn count(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
