//! Handing in by programs: what is owed, drafts with their findings, sending, taking back, what the level above says. The same drafts,
//! checks, limits and steps as on the pages.

pub(crate) mod drafts;
pub(crate) mod given;
pub(crate) mod returns;
pub(crate) mod rows;
pub(crate) mod shapes;
