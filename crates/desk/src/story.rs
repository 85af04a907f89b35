//! Stories: a stretch of an instance's life written down in TOML, played into a project, with what must come of it.
//!
//! A story names people and then tells, day by day, which records come in, who takes which step of which case, and which figures,
//! verdicts, grades and letters stand at the end of it. It serves as test (every expectation is held against the project), as training
//! (an office plays its year before it begins) and as demonstration. Everything it enters is synthetic. docs/reference/stories.md.

mod cases;
mod expect;
mod model;
mod play;
mod records;

pub use model::{Person, Step, Story};
pub use play::{Player, Told};
