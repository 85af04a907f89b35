//! What people see: each page is a handler, a view model and a template of the same name.
//!
//! A page is whole or, for htmx, its main part alone: both come from one template. Forms that come back with problems
//! are 422, begin with a summary of what is wrong, and keep what was typed in.

pub(crate) mod about;
pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod act;
pub(crate) mod assess;
pub(crate) mod begin;
pub(crate) mod brief;
pub(crate) mod cards;
pub(crate) mod cases;
pub(crate) mod comment;
pub(crate) mod compare;
pub(crate) mod confirm;
pub(crate) mod definition;
pub(crate) mod dossier;
pub(crate) mod download;
pub(crate) mod draft;
pub(crate) mod enterprise;
pub(crate) mod error;
pub(crate) mod explore;
pub(crate) mod figure;
pub(crate) mod forms;
pub(crate) mod grants;
pub(crate) mod home;
pub(crate) mod identities;
pub(crate) mod identity;
pub(crate) mod job;
pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod layout;
pub(crate) mod login;
pub(crate) mod number;
pub(crate) mod open;
pub(crate) mod password;
pub(crate) mod plans;
pub(crate) mod qr;
pub(crate) mod receipt;
pub(crate) mod record;
pub(crate) mod region;
pub(crate) mod reports;
pub(crate) mod returns;
pub(crate) mod review;
pub(crate) mod rules;
pub(crate) mod search;
pub(crate) mod several;
pub(crate) mod sheet;
mod step_form;
pub(crate) mod submit;
pub(crate) mod token;
pub(crate) mod trace;
pub(crate) mod trail;
pub(crate) mod upkeep;
pub(crate) mod view;
pub(crate) mod workbook;
