//! Two independent samples: is the rate of the first different from the rate of the second, and by how much?

mod score;

pub use score::{TwoProportions, score, score_corrected};
