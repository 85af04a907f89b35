//! Cases: a procedure at work on one matter, from its opening step to its end.
//!
//! In reading order: [`Event`] (what is written when somebody acts), [`Case`] (what follows from its events), [`Staff`] (who may
//! act), [`Ask`] and [`open`]/[`take`] (may this be done now, and what would be written), [`wanted`] (which figures a form needs), [`stands`] (what can be done, by whom,
//! until when), [`tell`] (the case as sentences), [`run_example`] (told cases as tests), [`check`](mod@check) (every path through
//! a procedure).
//!
//! Nothing is remembered here: a case is what its events say, today is an argument, and what a step would write goes back to the
//! caller, who hands it to the ledger in one transaction.

mod approve;
mod ask;
pub mod check;
mod clocks;
mod effects;
mod event;
mod example;
mod figures;
mod fold;
mod form;
mod guard;
mod mutual;
mod names;
mod open;
mod paper;
mod seal;
mod several;
mod staff;
mod stands;
mod step;
mod take;
mod tell;
mod value;
mod who;
mod written;

pub use ask::{Act, Ask, Follow, Taken, World};
pub use clocks::Running;
pub use event::{Actor, Event, Evidence, Kind, Letter, PauseOf, Start};
pub use example::{Book, live, run_example};
pub use figures::{Asked, Fetched, Figure, Wanted, wanted};
pub use fold::{Case, Entered, Proposal};
pub use form::of_form;
pub use open::open;
pub use paper::Paper;
pub use seal::seal;
pub use staff::{Delegation, Officer, Staff};
pub use stands::{Choice, stands};
pub use take::take;
pub use tell::{Reads, tell};
pub use value::{from_json, to_json};
pub use written::{Writing, event_of, read};
