//! Signing in and staying signed in.
//!
//! In reading order: [`secret`] (random values, kept only as hashes), [`password`] (argon2id), [`throttle`] (guessing costs
//! time), [`session`] (opened, ended), [`visitor`] (who a request comes from), [`csrf`] (whether it is meant), [`oidc`] (identities
//! elsewhere), [`webauthn`] (security keys), [`signature`] (what both check by), [`console`] (the first accounts).

pub mod console;
pub(crate) mod csrf;
pub mod oidc;
pub mod password;
pub(crate) mod secret;
pub(crate) mod session;
pub(crate) mod signature;
pub(crate) mod throttle;
pub(crate) mod visitor;
pub(crate) mod webauthn;
