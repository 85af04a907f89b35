//! HTTP, pages, sessions and the API.
//!
//! In reading order: [`settings`], [`server`] (starting and stopping), [`door`] (listeners that nobody can block), `front` (what every
//! request goes through), [`route`] (the table of routes), `call` (one request to a known route), `counter` (files that are handed
//! in), `showcase` (what is public), [`authorize`] (who may do what), [`signin`] (sessions, passwords, tokens), `pages` (what people
//! see), `api` (what programs see), `epcis` (what programs of others see), [`problem`] (what
//! went wrong). Requests to others leave by `egress` alone.
//!
//! A page is a row of the table, a handler, a view model and a template. The handler cannot be reached without the row, and the
//! row says who may do what on which thing.

mod api;
mod assets;
pub mod authorize;
mod call;
mod counter;
pub mod door;
mod egress;
mod epcis;
mod form;
mod front;
pub mod office;
mod pages;
mod press;
pub mod problem;
pub mod route;
pub mod server;
pub mod settings;
mod showcase;
pub mod signin;
#[cfg(test)]
mod tests;
mod text;
mod upkeep;
mod upload;

pub use front::Log;
pub use office::Office;
pub use server::{Clock, Parts, Running, StartError, start};
pub use settings::Settings;
