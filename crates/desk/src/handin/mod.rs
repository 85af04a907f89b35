//! Handing in: what a unit owes for a period, from the empty form to the receipt, and what the level above says to it.
//!
//! In reading order: [`duty`] (which record types are handed in, by whom, for which periods), [`draft`] (a file that was given but
//! not yet sent, on disk), [`read`] (the file through the limited child), [`totals`] (what it comes to), [`compare`] (what the
//! ledger has of it already), [`examine`] (the three together), [`send`] (records and the step of the case), [`place`] (where every
//! return stands), [`decide`] (what the level above says), [`matrix`] (all units of a period), [`table`] (a table that was pasted).
//!
//! Nothing enters the ledger before it is sent. The states of a return are those of the procedure [`PROCEDURE`]; who may take which
//! step, and that nobody accepts what they handed in, is said there.

pub mod compare;
pub mod decide;
pub mod draft;
pub mod duty;
pub mod examine;
pub mod matrix;
pub mod place;
pub mod read;
pub mod send;
pub mod spool;
pub mod table;
pub mod totals;

pub use compare::Compared;
pub use draft::{Checked, Draft, Drafts, Given, State};
pub use duty::{Return, units};
pub use place::{Newest, Place, Places};
pub use send::{Sending, Sent, send, withdraw};

/// The procedure in whose cases returns stand.
pub const PROCEDURE: &str = "returns.filing";
