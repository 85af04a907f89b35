//! The list of routes, by subject.

use super::{BOTH, Kind, OFFICERS, Of, Route, Verb, handler};
use crate::authorize::Action;
use crate::{api, assets, pages};

/// Every route there is.
pub fn routes() -> &'static [Route] {
    ROUTES
}

/// The route with this id.
pub fn by_id(id: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.id == id)
}

const ROUTES: &[Route] = &[
    // technical
    Route { id: "assets.show", method: Verb::Get, path: "/assets/{file}", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Asset, handler: handler!(assets::show) },
    Route { id: "health.show", method: Verb::Get, path: "/health", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Asset, handler: handler!(pages::about::health) },
    // for everybody
    Route { id: "home.show", method: Verb::Get, path: "/", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Listed, handler: handler!(pages::home::show) },
    Route { id: "map.show", method: Verb::Get, path: "/map", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Page, handler: handler!(pages::home::map) },
    Route { id: "a11y.show", method: Verb::Get, path: "/a11y", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Page, handler: handler!(pages::about::a11y) },
    Route { id: "version.show", method: Verb::Get, path: "/version", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Page, handler: handler!(pages::about::version) },
    Route { id: "view.set", method: Verb::Post, path: "/view", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Form, handler: handler!(pages::view::set) },
    Route { id: "codes.show", method: Verb::Get, path: "/codes/{code}", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Page, handler: handler!(pages::about::code) },
    // signing in
    Route { id: "login.show", method: Verb::Get, path: "/login", doors: OFFICERS, action: Action::See, of: Of::Everybody, kind: Kind::Page, handler: handler!(pages::login::show) },
    Route { id: "login.send", method: Verb::Post, path: "/login", doors: OFFICERS, action: Action::See, of: Of::Everybody, kind: Kind::Form, handler: handler!(pages::login::send) },
    Route { id: "logout.send", method: Verb::Post, path: "/logout", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Form, handler: handler!(pages::login::leave) },
    // one's own account
    Route { id: "account.show", method: Verb::Get, path: "/account", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Page, handler: handler!(pages::account::show) },
    Route { id: "account.confirm", method: Verb::Get, path: "/account/confirm", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Page, handler: handler!(pages::confirm::show) },
    Route { id: "account.confirmed", method: Verb::Post, path: "/account/confirm", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Form, handler: handler!(pages::confirm::send) },
    Route { id: "password.show", method: Verb::Get, path: "/account/password", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Page, handler: handler!(pages::password::show) },
    Route { id: "password.send", method: Verb::Post, path: "/account/password", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Form, handler: handler!(pages::password::send) },
    Route { id: "session.end", method: Verb::Post, path: "/account/sessions/end", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Form, handler: handler!(pages::account::end_session) },
    Route { id: "token.make", method: Verb::Post, path: "/account/tokens", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Form, handler: handler!(pages::token::make) },
    Route { id: "token.revoke", method: Verb::Post, path: "/account/tokens/revoke", doors: OFFICERS, action: Action::Own, of: Of::Own, kind: Kind::Form, handler: handler!(pages::token::revoke) },
    // administration
    Route { id: "accounts.list", method: Verb::Get, path: "/admin/accounts", doors: OFFICERS, action: Action::ManageAccounts, of: Of::Instance, kind: Kind::Listed, handler: handler!(pages::accounts::list) },
    Route { id: "accounts.make", method: Verb::Post, path: "/admin/accounts", doors: OFFICERS, action: Action::ManageAccounts, of: Of::Instance, kind: Kind::Form, handler: handler!(pages::accounts::make) },
    Route { id: "accounts.lock", method: Verb::Post, path: "/admin/accounts/{account}/lock", doors: OFFICERS, action: Action::ManageAccounts, of: Of::Instance, kind: Kind::Form, handler: handler!(pages::accounts::lock) },
    Route { id: "grants.list", method: Verb::Get, path: "/admin/grants", doors: OFFICERS, action: Action::ManageGrants, of: Of::Instance, kind: Kind::Listed, handler: handler!(pages::grants::list) },
    Route { id: "grants.show", method: Verb::Get, path: "/admin/grants/{account}", doors: OFFICERS, action: Action::ManageGrants, of: Of::Instance, kind: Kind::Page, handler: handler!(pages::grants::show) },
    Route { id: "grants.give", method: Verb::Post, path: "/admin/grants/{account}", doors: OFFICERS, action: Action::ManageGrants, of: Of::Looked(crate::authorize::Level::Internal), kind: Kind::Form, handler: handler!(pages::grants::give) },
    Route { id: "grants.take", method: Verb::Post, path: "/admin/grants/{account}/{grant}/take", doors: OFFICERS, action: Action::ManageGrants, of: Of::Looked(crate::authorize::Level::Internal), kind: Kind::Form, handler: handler!(pages::grants::take) },
    Route { id: "trail.list", method: Verb::Get, path: "/admin/trail", doors: OFFICERS, action: Action::ReadTrail, of: Of::Instance, kind: Kind::Listed, handler: handler!(pages::trail::list) },
    // programs
    Route { id: "openapi.show", method: Verb::Get, path: "/api/v1/openapi.json", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Api, handler: handler!(api::openapi) },
    Route { id: "version.read", method: Verb::Get, path: "/api/v1/version", doors: BOTH, action: Action::See, of: Of::Everybody, kind: Kind::Api, handler: handler!(api::version) },
    Route { id: "me.read", method: Verb::Get, path: "/api/v1/me", doors: OFFICERS, action: Action::See, of: Of::Instance, kind: Kind::Api, handler: handler!(api::me) },
];
