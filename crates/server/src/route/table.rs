//! The list of routes, by subject.
//!
//! A row: id, method, path, doors, action, on what, kind, handler. To add a page, add a row; the tests then want its title in
//! both languages (`server-title-…`) and its line in the authorization matrix.

use super::Of::{Everybody, Instance, Looked, Own, Region};
use super::{BOTH, Kind, OFFICERS, Route, Verb, handler};
use crate::authorize::{
    Action,
    Level::{Internal, Personal},
};
use crate::{api, assets, pages};

/// Every route there is.
pub fn routes() -> &'static [Route] {
    ROUTES
}

/// The route with this id.
pub fn by_id(id: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.id == id)
}

macro_rules! rows {
    ($($id:literal $verb:ident $path:literal $doors:ident $action:ident ($of:expr) $kind:ident $handler:path;)*) => {
        &[$(Route {
            id: $id,
            method: Verb::$verb,
            path: $path,
            doors: $doors,
            action: Action::$action,
            of: $of,
            kind: Kind::$kind,
            handler: handler!($handler),
        },)*]
    };
}

const ROUTES: &[Route] = rows! {
    // technical
    "assets.show"       Get  "/assets/{file}"                        BOTH     See            (Everybody)        Asset  assets::show;
    "health.show"       Get  "/health"                               BOTH     See            (Everybody)        Asset  pages::about::health;
    // for everybody
    "home.show"         Get  "/"                                     BOTH     See            (Everybody)        Listed pages::home::show;
    "map.show"          Get  "/map"                                  BOTH     See            (Everybody)        Page   pages::home::map;
    "a11y.show"         Get  "/a11y"                                 BOTH     See            (Everybody)        Page   pages::about::a11y;
    "version.show"      Get  "/version"                              BOTH     See            (Everybody)        Page   pages::about::version;
    "codes.show"        Get  "/codes/{code}"                         BOTH     See            (Everybody)        Page   pages::about::code;
    "view.set"          Post "/view"                                 BOTH     See            (Everybody)        Form   pages::view::set;
    // signing in and out
    "login.show"        Get  "/login"                                OFFICERS See            (Everybody)        Page   pages::login::show;
    "login.send"        Post "/login"                                OFFICERS See            (Everybody)        Form   pages::login::send;
    "logout.send"       Post "/logout"                               OFFICERS Own            (Own)              Form   pages::login::leave;
    // one's own account
    "account.show"      Get  "/account"                              OFFICERS Own            (Own)              Page   pages::account::show;
    "account.confirm"   Get  "/account/confirm"                      OFFICERS Own            (Own)              Page   pages::confirm::show;
    "account.confirmed" Post "/account/confirm"                      OFFICERS Own            (Own)              Form   pages::confirm::send;
    "password.show"     Get  "/account/password"                     OFFICERS Own            (Own)              Page   pages::password::show;
    "password.send"     Post "/account/password"                     OFFICERS Own            (Own)              Form   pages::password::send;
    "session.end"       Post "/account/sessions/end"                 OFFICERS Own            (Own)              Form   pages::account::end_session;
    "token.make"        Post "/account/tokens"                       OFFICERS Own            (Own)              Form   pages::token::make;
    "token.revoke"      Post "/account/tokens/revoke"                OFFICERS Own            (Own)              Form   pages::token::revoke;
    // figures, from the region to the record
    "regions.show"      Get  "/r/{region}"                           OFFICERS See            (Region("region", Internal)) Page pages::region::show;
    "regions.compare"   Get  "/r/{region}/compare"                   OFFICERS See            (Region("region", Internal)) Page pages::compare::show;
    "regions.brief"     Get  "/r/{region}/brief"                     OFFICERS See            (Region("region", Internal)) Page pages::brief::show;
    "numbers.show"      Get  "/m/{indicator}/{region}/{period}"      OFFICERS See            (Region("region", Internal)) Page pages::number::show;
    "numbers.rows"      Get  "/m/{indicator}/{region}/{period}/records" OFFICERS See         (Region("region", Internal)) Page pages::number::rows;
    "reports.list"      Get  "/reports"                              OFFICERS See            (Instance)         Listed pages::reports::list;
    "reports.file"      Get  "/reports/{report}/{region}/{document}" OFFICERS See            (Region("region", Internal)) Page pages::reports::file;
    "search.show"       Get  "/search"                               OFFICERS See            (Instance)         Page   pages::search::show;
    "records.show"      Get  "/records/{entry}"                      OFFICERS See            (Looked(Internal)) Page   pages::record::show;
    "catalog.list"      Get  "/catalog"                              OFFICERS See            (Instance)         Listed pages::definition::list;
    "catalog.show"      Get  "/i/{definition}"                       OFFICERS See            (Instance)         Page   pages::definition::show;
    // grades and cases
    "assess.list"       Get  "/assess"                               OFFICERS See            (Instance)         Listed pages::assess::list;
    "assess.show"       Get  "/assess/{scheme}/{period}"             OFFICERS See            (Looked(Internal)) Page   pages::assess::show;
    "assess.why"        Get  "/assess/{scheme}/{period}/{region}"    OFFICERS See            (Region("region", Internal)) Page pages::assess::why;
    "cases.list"        Get  "/cases"                                OFFICERS See            (Instance)         Listed pages::cases::list;
    "cases.show"        Get  "/cases/{case}"                         OFFICERS See            (Looked(Internal)) Page   pages::cases::show;
    "cases.step"        Get  "/cases/{case}/steps/{step}"            OFFICERS Handle         (Looked(Internal)) Page   pages::act::show;
    "cases.take"        Post "/cases/{case}/steps/{step}"            OFFICERS Handle         (Looked(Internal)) Upload pages::act::take;
    "cases.approve"     Post "/cases/{case}/approve"                 OFFICERS Decide         (Looked(Internal)) Form   pages::act::approve;
    "cases.file"        Get  "/cases/{case}/files/{file}"            OFFICERS See            (Looked(Personal)) Page   pages::act::file;
    "enterprises.show"  Get  "/e/{enterprise}"                       OFFICERS See            (Looked(Internal)) Page   pages::enterprise::show;
    // handing in and reviewing
    "submit.list"       Get  "/submit"                               OFFICERS Submit         (Instance)         Listed pages::submit::list;
    "submit.show"       Get  "/submit/{record}/{region}/{period}"    OFFICERS Submit         (Region("region", Internal)) Page pages::submit::show;
    "submit.template"   Get  "/submit/{record}/{region}/{period}/template.xlsx" OFFICERS Submit (Region("region", Internal)) Page pages::submit::form;
    "submit.file"       Post "/submit/{record}/{region}/{period}/file" OFFICERS Submit       (Region("region", Internal)) Upload pages::submit::give;
    "submit.table"      Post "/submit/{record}/{region}/{period}/table" OFFICERS Submit      (Region("region", Internal)) Form pages::submit::paste;
    "submit.nil"        Post "/submit/{record}/{region}/{period}/nil" OFFICERS Submit        (Region("region", Internal)) Form pages::submit::nil;
    "submit.withdraw"   Post "/submit/{record}/{region}/{period}/withdraw" OFFICERS Submit   (Region("region", Internal)) Form pages::submit::take_back;
    "drafts.show"       Get  "/drafts/{draft}"                       OFFICERS Submit         (Looked(Internal)) Page   pages::draft::show;
    "drafts.annotated"  Get  "/drafts/{draft}/annotated.xlsx"        OFFICERS Submit         (Looked(Internal)) Page   pages::draft::annotated;
    "drafts.mend"       Post "/drafts/{draft}/cells"                 OFFICERS Submit         (Looked(Internal)) Form   pages::draft::mend;
    "drafts.send"       Post "/drafts/{draft}/send"                  OFFICERS Submit         (Looked(Internal)) Form   pages::draft::send;
    "drafts.drop"       Post "/drafts/{draft}/drop"                  OFFICERS Submit         (Looked(Internal)) Form   pages::draft::away;
    "jobs.show"         Get  "/jobs/{job}"                           OFFICERS Submit         (Looked(Internal)) Page   pages::job::show;
    "jobs.events"       Get  "/jobs/{job}/events"                    OFFICERS Submit         (Looked(Internal)) Page   pages::job::events;
    "receipts.show"     Get  "/receipts/{submission}"                OFFICERS See            (Looked(Internal)) Page   pages::receipt::show;
    "review.list"       Get  "/review"                               OFFICERS Review         (Instance)         Listed pages::review::list;
    "review.show"       Get  "/review/{record}/{period}"             OFFICERS Review         (Instance)         Page   pages::review::period;
    "review.unit"       Get  "/review/{record}/{region}/{period}"    OFFICERS Review         (Region("region", Internal)) Page pages::review::unit;
    "review.decide"     Post "/review/{record}/{region}/{period}"    OFFICERS Review         (Looked(Internal)) Form   pages::review::decide;
    // administration
    "accounts.list"     Get  "/admin/accounts"                       OFFICERS ManageAccounts (Instance)         Listed pages::accounts::list;
    "accounts.make"     Post "/admin/accounts"                       OFFICERS ManageAccounts (Instance)         Form   pages::accounts::make;
    "accounts.lock"     Post "/admin/accounts/{account}/lock"        OFFICERS ManageAccounts (Instance)         Form   pages::accounts::lock;
    "grants.list"       Get  "/admin/grants"                         OFFICERS ManageGrants   (Instance)         Listed pages::grants::list;
    "grants.show"       Get  "/admin/grants/{account}"               OFFICERS ManageGrants   (Instance)         Page   pages::grants::show;
    "grants.give"       Post "/admin/grants/{account}"               OFFICERS ManageGrants   (Looked(Internal)) Form   pages::grants::give;
    "grants.take"       Post "/admin/grants/{account}/{grant}/take"  OFFICERS ManageGrants   (Looked(Internal)) Form   pages::grants::take;
    "trail.list"        Get  "/admin/trail"                          OFFICERS ReadTrail      (Instance)         Listed pages::trail::list;
    // programs
    "openapi.show"      Get  "/api/v1/openapi.json"                  BOTH     See            (Everybody)        Api    api::openapi;
    "version.read"      Get  "/api/v1/version"                       BOTH     See            (Everybody)        Api    api::version;
    "me.read"           Get  "/api/v1/me"                            OFFICERS See            (Instance)         Api    api::me;
    "api.region"        Get  "/api/v1/regions/{region}"              OFFICERS See            (Instance)         Api    api::places::region;
    "api.indicators"    Get  "/api/v1/indicators"                    OFFICERS See            (Instance)         Api    api::places::indicators;
    "api.measures"      Get  "/api/v1/measures"                      OFFICERS See            (Instance)         Api    api::figures::measures;
    "api.measure"       Get  "/api/v1/measures/{indicator}/{region}/{period}"             OFFICERS See (Region("region", Internal)) Api api::figures::measure;
    "api.rows"          Get  "/api/v1/measures/{indicator}/{region}/{period}/rows"        OFFICERS See (Region("region", Internal)) Api api::figures::rows;
    "api.explanation"   Get  "/api/v1/measures/{indicator}/{region}/{period}/explanation" OFFICERS See (Region("region", Internal)) Api api::figures::explanation;
    "api.verdicts"      Get  "/api/v1/verdicts"                      OFFICERS See            (Instance)         Api    api::judged::verdicts;
    "api.cases"         Get  "/api/v1/cases"                         OFFICERS See            (Instance)         Api    api::judged::cases;
    "api.checkpoint"    Get  "/api/v1/ledger/checkpoint"             BOTH     See            (Everybody)        Api    api::ledger::checkpoint;
    "api.proof"         Get  "/api/v1/ledger/entries/{entry}/proof"  BOTH     See            (Everybody)        Api    api::ledger::proof;
    "api.consistency"   Get  "/api/v1/ledger/consistency"            BOTH     See            (Everybody)        Api    api::ledger::consistency;
};
