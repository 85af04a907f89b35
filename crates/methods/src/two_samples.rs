//! Two independent samples: is the rate of the first different from the rate of the second, and by how much?
//!
//! [`score`] is the everyday test, [`newcombe`] the interval to print for the difference, [`fisher`] the test
//! for small counts. Each takes the successes and size of the first sample, then of the second, then the
//! level.

mod conditional;
mod fisher;
mod fisher_like_r;
mod newcombe;
mod score;

pub use fisher::{Fisher, fisher};
pub use fisher_like_r::fisher_like_r;
pub(crate) use fisher_like_r::{R_TOLERANCE, brent};
pub use newcombe::{newcombe, newcombe_corrected};
pub use score::{TwoProportions, score, score_corrected};
