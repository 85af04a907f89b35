//! Traceability (质量追溯): identifiers of things, EPCIS documents in three syntaxes, the event hash.
//!
//! In reading order: [`id`] (GS1 keys, URNs, Digital Links, element strings), [`event`] (the model of an EPCIS
//! event and of a document), [`json`] and [`xml`] (both syntaxes into it and out of it), [`hash`] (the fingerprint
//! of an event), [`dictionary`] (identifiers as small numbers), [`world`] (what events say about the world, and the
//! questions of a recall), [`store`] (what an event is in the ledger), [`query`] (the SimpleEventQuery of the standard).
//!
//! Documents come from strangers. Reading one gives the events that could be read and a list of
//! [`Diagnostic`](zhiheng_base::Diagnostic)s; nothing is fetched, nothing panics, and [`Limits`] bound what is held.

#![allow(clippy::result_large_err)] // as in zhiheng-base: a diagnostic is made where a person's data is wrong

pub mod dictionary;
pub mod event;
pub mod generate;
pub mod hash;
pub mod id;
pub mod json;
mod limits;
pub mod node;
mod number;
mod problem;
pub mod query;
pub mod store;
mod time;
mod uri;
mod vocabulary;
pub mod world;
pub mod xml;

pub use event::{Document, Event, Outcome};
pub use id::Identifier;
pub use limits::Limits;
pub use number::Number;
pub use problem::{Path, Problems, With};
pub use time::Time;
pub use vocabulary::Vocabulary;
