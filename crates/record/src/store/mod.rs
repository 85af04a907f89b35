//! The tables: every SQL statement of the ledger stands in this folder.

pub(crate) mod cases;
mod copy;
pub(crate) mod db;
pub(crate) mod keys;
pub(crate) mod projections;
pub(crate) mod secrets;
pub(crate) mod tree;

pub(crate) use db::{Conn, Db, Tx};
