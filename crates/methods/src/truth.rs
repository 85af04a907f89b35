//! Data truth: signs that figures were rounded, copied, smoothed, pushed over a target or mistyped.
//!
//! Every test here asks whether honest figures could look like this. A small p-value is a reason to look at the
//! records, never a proof: rounding rules, price points, legal limits and true sameness all leave the same
//! marks. Each module says how often it raises a false alarm and how much falsification it finds; the figures
//! come from `examples/truth_power.rs`, which runs from a seed.
//!
//! | Question | Module |
//! |---|---|
//! | Do leading digits follow Benford's law? | [`benford`] |
//! | Do last digits show a preference? | [`last_digit`] |
//! | Are there too many round numbers? | [`heaping`] |
//! | Are there too many figures at a target, too few just short of it? | [`bunching`] |
//! | Is a series smoother than chance allows? | [`smooth`] |
//! | Do rows or stretches of a series repeat? | [`duplicates`] |
//! | Which values stand far from the rest? | [`outlier`] |

pub mod benford;
pub mod bunching;
pub mod duplicates;
pub mod heaping;
pub mod last_digit;
pub mod outlier;
pub mod smooth;

mod bridge;
mod digits;
mod rank;
mod tail;

pub use digits::decimals_of;
