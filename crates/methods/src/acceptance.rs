//! Acceptance sampling: plans, what they promise, and the standards that prescribe them.
//!
//! Reading order: [`plan`] says what a plan is; [`oc`], [`quality`] and [`find`] compute with any attributes
//! plan; [`variables`] does so for measured quality; [`tables`] and [`scheme`] hold GB/T 2828.1 and
//! MIL-STD-105E, [`switching`] their rules from lot to lot; [`declared`] is for audits of a declared quality
//! (GB/T 2828.4 and 2828.11); [`draw`] draws the sample (GB/T 10111).
//!
//! Quality is a share (0.015 for 1.5 %) or nonconformities per unit; only the AQL of the tables is in per
//! cent (or nonconformities per 100 units), as the standards print it.

pub mod declared;
pub mod draw;
pub mod find;
pub mod oc;
pub mod plan;
pub mod quality;
pub mod scheme;
pub mod switching;
pub mod tables;
pub mod variables;

pub use plan::{Plan, Population, Stage};
