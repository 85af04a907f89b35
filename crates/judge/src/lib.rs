//! Figures and a scheme → points, grades, and why.
//!
//! In reading order: [`figures`] (what is judged), [`score`] (one figure → points), [`verdict`] (what comes out), [`judge`](mod@judge)
//! (a whole scheme over all places), [`explain`] (a verdict as a tree of sentences), [`compare`] (who gets another grade under
//! another scheme). [`subject`] grades enterprises from what is known of them.
//!
//! All of it is pure: the same scheme and the same figures give the same verdicts, so any past grade can be computed again
//! from the catalog and the ledger size that it was given at. Points are decimals, grades go by the unrounded sum, and what is
//! missing is told, never guessed.

pub mod compare;
pub mod explain;
pub mod figures;
pub mod judge;
pub mod score;
pub mod subject;
pub mod verdict;

pub use compare::{Moved, compare};
pub use explain::explain;
pub use figures::{Figure, Figures};
pub use judge::judge;
pub use verdict::{Judged, State, Verdict};
