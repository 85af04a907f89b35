//! The store without its disk: what an event becomes in the ledger and comes back as, and what of a document is taken.
//!
//! The ledger itself, files and clocks are somebody else's; here are the pure parts, so that they can be tested by
//! themselves: [`parts`] (an event as plain fields and salted parts), [`batch`] (a document of a stranger as events that
//! may be captured), [`masters`] (what is said beside events).

pub mod batch;
pub mod masters;
pub mod parts;
#[cfg(test)]
mod tests;
mod texts;

pub use batch::{Batch, Behaviour, Media, Ready, Sorted};
pub use masters::{Master, MasterBook, master};
pub use parts::{KEY, PARTS, Parts, RECORD, Restored, mark};
