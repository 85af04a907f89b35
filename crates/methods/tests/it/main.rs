//! The crate's figures against the reference: 60-digit vectors, R's output, and laws that must hold.
#![expect(clippy::print_stderr, reason = "the worst error found is worth a line in the test's output")]

mod acceptance;
mod acceptance_laws;
mod agreement;
mod agreement_laws;
mod any_table;
mod beside;
mod by_name;
mod composite;
mod composite_laws;
mod decision;
mod decision_laws;
mod disproportionality;
mod early_warning;
mod energy_risk;
mod guide;
mod pls;
mod pls_laws;
mod properties;
mod r;
mod shared;
mod shared_energy;
mod spc;
mod spc_laws;
mod spc_r;
mod survey_data;
mod survey_r;
mod survey_shared;
mod table;
mod trend;
mod trend_laws;
mod truth;
mod truth_laws;
mod vectors;
