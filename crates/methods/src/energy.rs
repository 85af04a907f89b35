//! Energy: standard coal, balance, intensity and what changed it.
//!
//! | Question | Module |
//! |---|---|
//! | How much standard coal is that? | [`standard_coal`], with the coefficients of each edition in [`coefficient`] |
//! | Does the energy that came in equal what was used and lost? | [`balance`] |
//! | How much energy per unit of output, and did it fall? | [`intensity`] |
//! | Was it activity, structure or efficiency? | [`decomposition`] |

pub mod balance;
pub mod coefficient;
pub mod decomposition;
pub mod intensity;
pub mod standard_coal;
pub mod unit;
