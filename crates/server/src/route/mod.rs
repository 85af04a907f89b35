//! The table of routes: one list from which the router, the OpenAPI document, the page map and the authorization matrix are
//! made. A page that is not in it cannot be reached, and one that is in it has said who may do what there.
//!
//! In reading order: [`table`] (the list), [`Route`], `router`, `openapi`.

pub(crate) mod openapi;
mod requests;
pub(crate) mod router;
pub mod table;

use std::pin::Pin;

use axum::body::Body;
use axum::http::{Method, Response};

use crate::authorize::{Action, Level};
use crate::call::Call;
use crate::door::Door;
use crate::problem::Problem;

/// What a handler answers.
pub(crate) type Answer = Result<Response<Body>, Problem>;

/// A handler: a function from a call to an answer.
pub(crate) type Handler = fn(Call) -> Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Turns an `async fn(Call) -> Answer` into a [`Handler`].
macro_rules! handler {
    ($function:path) => {
        |call| Box::pin($function(call))
    };
}
pub(crate) use handler;

/// On what a route acts, as far as its address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// On nothing that anybody must not see.
    Everybody,
    /// On the whole instance.
    Instance,
    /// On the account itself.
    Own,
    /// On the region that this part of the path names, at this level.
    Region(&'static str, Level),
    /// On the enterprise that this part of the path names, at this level.
    Enterprise(&'static str, Level),
    /// On the enterprise that the account acts for, at this level.
    Firm(Level),
    /// On something whose region and level are known only from it: the handler looks up its head and asks
    /// [`Call::permit`] before it loads more. A route that answers without having asked is a fault of ours.
    Looked(Level),
}

/// What a route is, for maps and documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Page,
    /// A page that stands in the menu and in the page map.
    Listed,
    /// What a form is sent to.
    Form,
    /// An upload: a form with files.
    Upload,
    /// Part of the API.
    Api,
    /// Part of the EPCIS binding: an API whose description is GS1's.
    Epcis,
    /// A file that never changes under its address, or a technical answer.
    Asset,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Route {
    /// Its name: `<noun>.<verb>`, in OpenAPI and in the matrix.
    pub id: &'static str,
    /// Method. `GET` answers `HEAD` too.
    pub method: Verb,
    /// Path, with parts in braces.
    pub path: &'static str,
    /// Doors at which it is.
    pub doors: &'static [Door],
    /// What is done.
    pub action: Action,
    /// On what.
    pub of: Of,
    /// What it is.
    pub kind: Kind,
    pub(crate) handler: Handler,
}

/// Methods that routes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Reads.
    Get,
    /// Changes something.
    Post,
    /// Removes something.
    Delete,
    /// Tells what may be done.
    Options,
}

impl Verb {
    /// Whether it changes anything.
    pub fn is_safe(self) -> bool {
        matches!(self, Verb::Get | Verb::Options)
    }

    /// As HTTP has it.
    pub fn http(self) -> Method {
        match self {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Delete => Method::DELETE,
            Verb::Options => Method::OPTIONS,
        }
    }
}

/// Both doors.
pub(crate) const BOTH: &[Door] = &[Door::Officers, Door::Public];
/// The officers' door alone.
pub(crate) const OFFICERS: &[Door] = &[Door::Officers];

impl Route {
    /// Id of its title's text.
    pub fn title(&self) -> String {
        format!("server-title-{}", self.id.replace('.', "-"))
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.id, self.method.http(), self.path)
    }
}
