//! The REST binding of EPCIS 2.0 under [`PREFIX`]: what clients written by others speak.
//!
//! In reading order: `view` (whose events the caller meets), `terms` (versions, syntaxes and spellings of a request), `answer`,
//! `problem` (problems in the words of the standard), then by address: `discovery`, `capture`, `events`, `lists`, `queries`,
//! `subscriptions`; behind them `deliver`, which
//! send answers to subscribers, and `socket`, for those that wait for them on their own connection.
//!
//! The contract is GS1's OpenAPI file of the binding; docs/reference/epcis.md says where it is wrong and what is chosen here.

pub(crate) mod answer;
pub(crate) mod capture;
pub(crate) mod deliver;
pub(crate) mod discovery;
pub(crate) mod events;
pub(crate) mod lists;
pub(crate) mod problem;
pub(crate) mod queries;
pub(crate) mod socket;
pub(crate) mod subscriptions;
pub(crate) mod terms;
pub(crate) mod view;

/// Where the binding begins.
pub(crate) const PREFIX: &str = "/epcis/v2";

/// Version of EPCIS and of the vocabulary that is spoken.
pub(crate) const VERSION: &str = "2.0.0";
/// The oldest version that is read, and in XML written.
pub(crate) const OLDEST: &str = "1.2.0";
