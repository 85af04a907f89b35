//! Who may do what to which thing: one pure function, asked before anything is loaded.
//!
//! In reading order: [`role`] (roles and the actions that come with them), [`who`], [`thing`], [`decide`] (the function),
//! [`reach`] (the same rule as a filter for query plans).
//!
//! The rule in one sentence: an account may take an action on a thing if one of its rights holds a role with this action,
//! covers the thing's territory, line and enterprise, and reaches its sensitivity; what is beyond that is not
//! forbidden but *not there* (404), so that nobody learns what exists elsewhere.

mod decide;
mod reach;
mod role;
mod thing;
mod who;

pub use decide::{Verdict, authorize};
pub use reach::{Part, Reach, reach};
pub use role::{APART, Action, Role};
pub use thing::{Level, Thing};
pub use who::{Held, Who};
