//! Figures and a scheme → points, grades, and why.
//!
//! In reading order: [`figures`] (what is judged), [`given`] (what people bring beside), [`score`] (one figure → points), [`verdict`]
//! (what comes out), [`judge`](mod@judge) (a whole scheme over all places), [`explain`] (a verdict as a tree of sentences),
//! [`compare`] (who gets another grade under another scheme), [`mod@robust`] (how sure a grade is), [`mod@stages`] and [`evidence`] (what people
//! score, and from what), [`mod@duties`] (what a grade obliges to), [`what_if`] (how little would move it). [`subject`] grades
//! enterprises from what is known of them.
//!
//! All of it is pure: the same scheme and the same figures give the same verdicts, so any past grade can be computed again
//! from the catalog and the ledger size that it was given at. Points are decimals, grades go by the unrounded sum, and what is
//! missing is told, never guessed.

pub mod compare;
pub mod duties;
pub mod evidence;
pub mod explain;
pub mod figures;
pub mod given;
pub mod judge;
pub mod panel;
pub mod robust;
pub mod score;
pub mod stages;
pub mod subject;
pub mod verdict;
pub mod what_if;

pub use compare::{Moved, MovedItem, compare};
pub use duties::{Duties, Owed, duties};
pub use evidence::{Evidence, prove, unfiled};
pub use explain::explain;
pub use figures::{Figure, Figures, Spread};
pub use given::Given;
pub use judge::{judge, judge_given};
pub use panel::{Mark, Marks, Weighed};
pub use robust::{Draws, Robust, Sureness, robust};
pub use stages::{Entry, Sheets, Stage, Staged, stages};
pub use verdict::{Judged, State, Verdict};
pub use what_if::{Change, Margin, changed, margins};
