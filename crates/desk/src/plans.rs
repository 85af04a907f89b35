//! What of plans stands in the ledger, read and reckoned once for the command and for the pages: records as plans read them
//! ([`Records`]), targets and how far they are ([`targets`]), tasks of letters ([`tasks`]), inspections and draws
//! ([`inspections`]), and what enterprises bear ([`burden`]). A draw is written by [`record`].

pub mod burden;
pub mod inspections;
pub mod record;
mod records;
pub mod targets;
pub mod tasks;

pub use records::Records;
