//! The catalog as its users meet it: the shipped definitions, bad definitions, folders outside the repository.

mod bad_definitions;
mod bad_formulas;
mod bad_subject_schemes;
mod changes;
mod editors;
mod letters;
mod outside;
mod procedures;
mod shipped;
