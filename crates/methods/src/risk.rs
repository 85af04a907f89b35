//! Product risk, recall and warranty.
//!
//! | Question | Module |
//! |---|---|
//! | How serious is this danger? | [`scenario`], by the bands of a [`matrix`], with exact fractions ([`fraction`]) |
//! | What does the owner pay for the use of a car that is taken back? | [`use_compensation`] |
//! | How far did a recall come? | [`recall`] |
//! | At which steady temperature would the goods have aged as much? | [`kinetic_temperature`] |

pub mod fraction;
pub mod kinetic_temperature;
pub mod matrix;
pub mod recall;
pub mod scenario;
pub mod use_compensation;
