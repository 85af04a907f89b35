//! The ledger on SQLite and on PostgreSQL: one list of tests for both.

mod access;
mod case;
mod case_region;
mod change;
mod damage;
mod home;
mod look;
mod packs;
mod project;
mod submit;
