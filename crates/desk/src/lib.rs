//! A project at work: its definitions, calendar, people, ledger and figures opened once, and what people do with them.
//!
//! The command and the server say and show; what is done is the same for both and stands here: a step of a case
//! ([`Desk::open_case`], [`Desk::act`]) with the figures that its form needs ([`figures`]), the verdicts of a scheme ([`verdicts`]), the credit of an enterprise ([`credit`]), a letter
//! ([`letter`]), what is handed in ([`handin`]), a story that goes through a whole year ([`story`]), what a page shows in the
//! language of reports ([`paper`]), what waits for whom ([`tasks`]), what watched series say ([`signals`]), what a name leads to ([`search`]), what stands of plans ([`plans`]), what an enterprise has to do with ([`party`]), what the public may read ([`open`]), what a program was answered
//! ([`answers`]) and what has happened since it looked last ([`changes`]). Copies of it all are made and brought back by
//! [`backup`]; what other definitions would change, [`shifts`] tells.

pub mod acts;
pub mod answers;
pub mod backup;
pub mod cases;
pub mod changes;
pub mod credit;
pub mod desk;
pub mod disclosure;
pub mod figures;
pub mod form;
pub mod handin;
pub mod letter;
pub mod open;
pub mod panel;
pub mod paper;
pub mod party;
pub mod people;
pub mod plans;
pub mod put;
pub mod row;
pub mod rules;
pub mod search;
pub mod sheets;
pub mod shifts;
pub mod signals;
pub mod story;
pub mod tasks;
pub mod trace;
pub mod trouble;
pub mod verdicts;

pub use acts::{Done, name_of};
pub use desk::{Desk, Moment};
pub use trouble::Trouble;
