//! The list of routes, by subject.
//!
//! A row: id, method, path, doors, action, on what, kind, handler. To add a page, add a row; the tests then want its title in
//! both languages (`server-title-…`) and its line in the authorization matrix.

use super::Of::{Everybody, Firm, Instance, Looked, Own, Region};
use super::{BOTH, Kind, OFFICERS, Route, Verb, handler};
use crate::authorize::{
    Action,
    Level::{Internal, Personal},
};
use crate::{api, assets, epcis, pages};

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
    "worker.show"       Get  "/sw.js"                                OFFICERS See            (Everybody)        Asset  assets::worker;
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
    "login.with"        Get  "/login/with/{provider}"                OFFICERS See            (Everybody)        Page   pages::identity::login;
    "login.from"        Get  "/login/from/{provider}"                OFFICERS See            (Everybody)        Page   pages::identity::returned;
    "logout.send"       Post "/logout"                               OFFICERS Own            (Own)              Form   pages::login::leave;
    // one's own account
    "account.show"      Get  "/account"                              OFFICERS Own            (Own)              Page   pages::account::show;
    "account.confirm"   Get  "/account/confirm"                      OFFICERS Own            (Own)              Page   pages::confirm::show;
    "account.confirmed" Post "/account/confirm"                      OFFICERS Own            (Own)              Form   pages::confirm::send;
    "confirm.with"      Get  "/account/confirm/with/{provider}"      OFFICERS Own            (Own)              Page   pages::identity::confirm;
    "key.confirm"       Post "/account/confirm/key"                  OFFICERS Own            (Own)              Form   pages::keys::confirm;
    "key.add"           Get  "/account/keys/add"                     OFFICERS Own            (Own)              Page   pages::keys::show;
    "key.keep"          Post "/account/keys"                         OFFICERS Own            (Own)              Form   pages::keys::keep;
    "key.remove"        Post "/account/keys/remove"                  OFFICERS Own            (Own)              Form   pages::keys::remove;
    "identity.add"      Get  "/account/identities/add/{provider}"    OFFICERS Own            (Own)              Page   pages::identity::add;
    "identity.bind"     Post "/account/identities"                   OFFICERS Own            (Own)              Form   pages::identity::bind;
    "identity.unbind"   Post "/account/identities/end"               OFFICERS Own            (Own)              Form   pages::identity::unbind;
    "views.show"        Get  "/account/views"                        OFFICERS Own            (Own)              Page   pages::kept::show;
    "views.keep"        Post "/account/views"                        OFFICERS Own            (Own)              Form   pages::kept::keep;
    "views.drop"        Post "/account/views/drop"                   OFFICERS Own            (Own)              Form   pages::kept::forget;
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
    "explore.show"      Get  "/explore"                              OFFICERS See            (Instance)         Listed pages::explore::show;
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
    "plans.list"        Get  "/plans"                                OFFICERS See            (Instance)         Listed pages::plans::list;
    "plans.show"        Get  "/plans/{plan}"                         OFFICERS See            (Looked(Internal)) Page   pages::plans::one::show;
    "dossier.list"      Get  "/assess/{scheme}/{period}/dossiers"    OFFICERS See            (Looked(Internal)) Page   pages::dossier::list;
    "dossier.show"      Get  "/assess/{scheme}/{period}/{region}/dossier" OFFICERS See       (Region("region", Internal)) Page pages::dossier::show;
    "dossier.file"      Get  "/assess/{scheme}/{period}/{region}/dossier/files/{file}" OFFICERS See (Region("region", Internal)) Page pages::dossier::file;
    "dossier.give"      Post "/assess/{scheme}/{period}/{region}/dossier/files" OFFICERS Submit (Region("region", Internal)) Upload pages::dossier::give;
    "dossier.declare"   Post "/assess/{scheme}/{period}/{region}/dossier/interest" OFFICERS Score (Region("region", Internal)) Form pages::dossier::declare;
    "dossier.keep"      Post "/assess/{scheme}/{period}/{region}/dossier/marks" OFFICERS Score (Region("region", Internal)) Form pages::dossier::keep;
    "dossier.open"      Post "/assess/{scheme}/{period}/{region}/dossier/open" OFFICERS Review (Region("region", Internal)) Form pages::dossier::open;
    "dossier.settle"    Post "/assess/{scheme}/{period}/{region}/dossier/score" OFFICERS Review (Region("region", Internal)) Form pages::dossier::settle;
    "tasks.list"        Get  "/tasks"                                OFFICERS See            (Instance)         Listed pages::tasks::list;
    "signals.list"      Get  "/signals"                              OFFICERS See            (Instance)         Listed pages::signals::list;
    "signals.mute"      Post "/signals/mute"                         OFFICERS Handle         (Looked(Internal)) Form   pages::signals::send;
    "cases.list"        Get  "/cases"                                OFFICERS See            (Instance)         Listed pages::cases::list;
    "cases.new"         Get  "/cases/new"                            OFFICERS Handle         (Instance)         Page   pages::begin::list;
    "cases.begin"       Get  "/cases/new/{procedure}/{step}"         OFFICERS Handle         (Instance)         Page   pages::begin::show;
    "cases.open"        Post "/cases/new/{procedure}/{step}"         OFFICERS Handle         (Looked(Internal)) Upload pages::begin::take;
    "cases.several"     Get  "/cases/several"                        OFFICERS Handle         (Instance)         Page   pages::several::show;
    "cases.together"    Post "/cases/several"                        OFFICERS Handle         (Looked(Internal)) Form   pages::several::take;
    "cases.show"        Get  "/cases/{case}"                         OFFICERS See            (Looked(Internal)) Page   pages::cases::show;
    "cases.comment"     Post "/cases/{case}/comments"                OFFICERS See            (Looked(Internal)) Form   pages::comment::send;
    "cases.step"        Get  "/cases/{case}/steps/{step}"            OFFICERS Handle         (Looked(Internal)) Page   pages::act::show;
    "cases.take"        Post "/cases/{case}/steps/{step}"            OFFICERS Handle         (Looked(Internal)) Upload pages::act::take;
    "cases.approve"     Post "/cases/{case}/approve"                 OFFICERS Decide         (Looked(Internal)) Form   pages::act::approve;
    "cases.file"        Get  "/cases/{case}/files/{file}"            OFFICERS See            (Looked(Personal)) Page   pages::act::file;
    "trace.show"        Get  "/trace"                                OFFICERS Trace          (Looked(Internal)) Listed pages::trace::show;
    "trace.places"      Get  "/trace/places"                         OFFICERS Trace          (Looked(Internal)) Page   pages::trace::places::show;
    "trace.export"      Get  "/trace/export"                         OFFICERS Trace          (Looked(Internal)) Page   pages::trace::export::file;
    "trace.notices"     Get  "/trace/notices"                        OFFICERS Trace          (Looked(Internal)) Page   pages::trace::notices::show;
    "enterprises.show"  Get  "/e/{enterprise}"                       OFFICERS See            (Looked(Internal)) Page   pages::enterprise::show;
    // handing in and reviewing
    "submit.list"       Get  "/submit"                               OFFICERS Submit         (Instance)         Listed pages::returns::list;
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
    "drafts.pause"      Post "/drafts/{draft}/pause"                 OFFICERS Submit         (Looked(Internal)) Form   pages::draft::pause;
    "drafts.resume"     Post "/drafts/{draft}/resume"                OFFICERS Submit         (Looked(Internal)) Form   pages::draft::resume;
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
    "accounts.identities" Get "/admin/accounts/{account}/identities" OFFICERS ManageAccounts (Instance)         Page   pages::identities::show;
    "accounts.bind"     Post "/admin/accounts/{account}/identities"  OFFICERS ManageAccounts (Instance)         Form   pages::identities::bind;
    "accounts.unbind"   Post "/admin/accounts/{account}/identities/end" OFFICERS ManageAccounts (Instance)      Form   pages::identities::unbind;
    "grants.list"       Get  "/admin/grants"                         OFFICERS ManageGrants   (Instance)         Listed pages::grants::list;
    "grants.show"       Get  "/admin/grants/{account}"               OFFICERS ManageGrants   (Instance)         Page   pages::grants::show;
    "grants.give"       Post "/admin/grants/{account}"               OFFICERS ManageGrants   (Looked(Internal)) Form   pages::grants::give;
    "grants.take"       Post "/admin/grants/{account}/{grant}/take"  OFFICERS ManageGrants   (Looked(Internal)) Form   pages::grants::take;
    "trail.list"        Get  "/admin/trail"                          OFFICERS ReadTrail      (Instance)         Listed pages::trail::list;
    "upkeep.show"       Get  "/admin/upkeep"                         OFFICERS Operate        (Instance)         Listed pages::upkeep::show;
    "upkeep.verify"     Post "/admin/upkeep/verify"                  OFFICERS Operate        (Instance)         Form   pages::upkeep::verify;
    "upkeep.pause"      Post "/admin/upkeep/pause"                   OFFICERS Operate        (Instance)         Form   pages::upkeep::pause;
    "upkeep.backup"     Post "/admin/upkeep/backup"                  OFFICERS Operate        (Instance)         Form   pages::upkeep::backup;
    "upkeep.check"      Post "/admin/upkeep/check"                   OFFICERS Operate        (Instance)         Form   pages::upkeep::check;
    "rules.show"        Get  "/admin/catalog"                        OFFICERS Operate        (Instance)         Listed pages::rules::show;
    "rules.compare"     Post "/admin/catalog/compare"                OFFICERS Operate        (Instance)         Form   pages::rules::compare;
    "rules.adopt"       Post "/admin/catalog/adopt"                  OFFICERS Operate        (Instance)         Form   pages::rules::adopt;
    // for an enterprise
    "firm.home"         Get  "/enterprise"                           OFFICERS Answer         (Firm(Internal))   Listed pages::enterprise::own::show;
    "firm.credit"       Get  "/enterprise/credit/{document}"         OFFICERS Answer         (Looked(Internal)) Page   pages::enterprise::credit::file;
    "firm.case"         Get  "/enterprise/cases/{case}"              OFFICERS Answer         (Looked(Internal)) Page   pages::enterprise::case::show;
    "firm.letter"       Get  "/enterprise/cases/{case}/letters/{letter}" OFFICERS Answer     (Looked(Internal)) Page   pages::enterprise::case::letter;
    "firm.step"         Get  "/enterprise/cases/{case}/steps/{step}" OFFICERS Answer         (Looked(Internal)) Page   pages::enterprise::case::step;
    "firm.take"         Post "/enterprise/cases/{case}/steps/{step}" OFFICERS Answer         (Looked(Internal)) Upload pages::enterprise::case::take;
    "firm.object"       Get  "/enterprise/objections/{entry}"        OFFICERS Answer         (Looked(Internal)) Page   pages::enterprise::objection::show;
    "firm.objected"     Post "/enterprise/objections/{entry}"        OFFICERS Answer         (Looked(Internal)) Form   pages::enterprise::objection::send;
    // for citizens
    "open.home"         Get  "/open"                                 BOTH     See            (Everybody)        Listed pages::open::home::show;
    "open.search"       Get  "/open/search"                          BOTH     See            (Everybody)        Page   pages::open::search::show;
    "open.region"       Get  "/open/r/{region}"                      BOTH     See            (Everybody)        Page   pages::open::region::show;
    "open.publication"  Get  "/open/p/{publication}"                 BOTH     See            (Everybody)        Page   pages::open::publication::show;
    "open.content"      Get  "/open/p/{publication}/content"         BOTH     See            (Everybody)        Page   pages::open::publication::content;
    "open.enterprise"   Get  "/open/e/{enterprise}"                  BOTH     See            (Everybody)        Page   pages::open::enterprise::show;
    "open.file"         Get  "/open/files/{name}"                    BOTH     See            (Everybody)        Page   pages::open::download::file;
    "verify.show"       Get  "/verify"                               BOTH     See            (Everybody)        Listed pages::open::verify::show;
    "verify.code"       Get  "/verify/{code}"                        BOTH     See            (Everybody)        Page   pages::open::verify::code;
    "things.product"    Get  "/01/{gtin}"                            BOTH     See            (Everybody)        Page   pages::open::thing::product;
    "things.lot"        Get  "/01/{gtin}/10/{lot}"                   BOTH     See            (Everybody)        Page   pages::open::thing::lot;
    "things.piece"      Get  "/01/{gtin}/21/{serial}"                BOTH     See            (Everybody)        Page   pages::open::thing::piece;
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
    "api.signals"       Get  "/api/v1/signals"                       OFFICERS See            (Instance)         Api    api::signals::list;
    "api.tasks"         Get  "/api/v1/tasks"                         OFFICERS See            (Instance)         Api    api::tasks::list;
    "api.cases"         Get  "/api/v1/cases"                         OFFICERS See            (Instance)         Api    api::judged::cases;
    "api.case"          Get  "/api/v1/cases/{case}"                  OFFICERS See            (Looked(Internal)) Api    api::cases::show;
    "api.step"          Post "/api/v1/cases/{case}/steps/{step}"     OFFICERS See            (Looked(Internal)) Api    api::cases::step::take;
    "api.steps"         Post "/api/v1/cases/steps"                   OFFICERS See            (Instance)         Api    api::cases::bulk::take;
    "api.record"        Get  "/api/v1/records/{entry}"               OFFICERS See            (Looked(Internal)) Api    api::records::show;
    "api.changes"       Get  "/api/v1/changes"                       OFFICERS See            (Instance)         Api    api::changes::changes;
    "api.sdmx-json"     Get  "/api/v1/measures.sdmx.json"            OFFICERS See            (Instance)         Api    api::sdmx::json;
    "api.sdmx-csv"      Get  "/api/v1/measures.sdmx.csv"             OFFICERS See            (Instance)         Api    api::sdmx::csv;
    "api.sdmx-structure" Get "/api/v1/structure.sdmx.json"           OFFICERS See            (Instance)         Api    api::sdmx::structure::show;
    // handing in by programs
    "api.returns"       Get    "/api/v1/returns"                                      OFFICERS Submit (Instance) Api api::handin::returns::list;
    "api.return"        Get    "/api/v1/returns/{record}/{region}/{period}"           OFFICERS See    (Region("region", Internal)) Api api::handin::returns::show;
    "api.draft-make"    Post   "/api/v1/returns/{record}/{region}/{period}/drafts"    OFFICERS Submit (Region("region", Internal)) Api api::handin::given::make;
    "api.withdraw"      Post   "/api/v1/returns/{record}/{region}/{period}/withdraw"  OFFICERS Submit (Region("region", Internal)) Api api::handin::returns::take_back;
    "api.decision"      Post   "/api/v1/returns/{record}/{region}/{period}/decision"  OFFICERS Review (Looked(Internal)) Api api::handin::returns::decide;
    "api.drafts"        Get    "/api/v1/drafts"                                       OFFICERS Submit (Instance) Api api::handin::drafts::list;
    "api.draft"         Get    "/api/v1/drafts/{draft}"                               OFFICERS Submit (Looked(Internal)) Api api::handin::drafts::show;
    "api.findings"      Get    "/api/v1/drafts/{draft}/findings"                      OFFICERS Submit (Looked(Internal)) Api api::handin::drafts::findings;
    "api.cells"         Post   "/api/v1/drafts/{draft}/cells"                         OFFICERS Submit (Looked(Internal)) Api api::handin::drafts::mend;
    "api.send"          Post   "/api/v1/drafts/{draft}/send"                          OFFICERS Submit (Looked(Internal)) Api api::handin::drafts::send;
    "api.draft-drop"    Delete "/api/v1/drafts/{draft}"                               OFFICERS Submit (Looked(Internal)) Api api::handin::drafts::remove;
    "api.receipt"       Get    "/api/v1/receipts/{submission}"                        OFFICERS See    (Looked(Internal)) Api api::handin::returns::receipt;
    // EPCIS 2.0
    "epcis.top"         Get     "/epcis/v2"                          OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::top;
    "epcis.slash"       Get     "/epcis/v2/"                         OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::top;
    "epcis.capture"     Post    "/epcis/v2/capture"                  OFFICERS Capture (Looked(Internal)) Epcis epcis::capture::send;
    "epcis.jobs"        Get     "/epcis/v2/capture"                  OFFICERS Capture (Looked(Internal)) Epcis epcis::capture::jobs;
    "epcis.job"         Get     "/epcis/v2/capture/{job}"            OFFICERS Capture (Looked(Internal)) Epcis epcis::capture::job;
    "epcis.make"        Post    "/epcis/v2/events"                   OFFICERS Capture (Looked(Internal)) Epcis epcis::capture::one;
    "epcis.events"      Get     "/epcis/v2/events"                   OFFICERS Trace   (Looked(Internal)) Epcis epcis::events::query;
    "epcis.event"       Get     "/epcis/v2/events/{event}"           OFFICERS Trace   (Looked(Internal)) Epcis epcis::events::one;
    "epcis.list"        Get     "/epcis/v2/{list}"                   OFFICERS Trace   (Looked(Internal)) Epcis epcis::lists::list;
    "epcis.item"        Get     "/epcis/v2/{list}/{value}"           OFFICERS Trace   (Looked(Internal)) Epcis epcis::lists::item;
    "epcis.of"          Get     "/epcis/v2/{list}/{value}/events"    OFFICERS Trace   (Looked(Internal)) Epcis epcis::lists::events;
    "epcis.queries"     Get     "/epcis/v2/queries"                  OFFICERS Trace   (Looked(Internal)) Epcis epcis::queries::list;
    "epcis.name"        Post    "/epcis/v2/queries"                  OFFICERS Trace   (Looked(Internal)) Epcis epcis::queries::make;
    "epcis.query"       Get     "/epcis/v2/queries/{query}"          OFFICERS Trace   (Looked(Internal)) Epcis epcis::queries::show;
    "epcis.unname"      Delete  "/epcis/v2/queries/{query}"          OFFICERS Trace   (Looked(Internal)) Epcis epcis::queries::remove;
    "epcis.answer"      Get     "/epcis/v2/queries/{query}/events"   OFFICERS Trace   (Looked(Internal)) Epcis epcis::queries::events;
    "epcis.subscriptions" Get   "/epcis/v2/queries/{query}/subscriptions"                  OFFICERS Trace (Looked(Internal)) Epcis epcis::subscriptions::list;
    "epcis.subscribe"   Post    "/epcis/v2/queries/{query}/subscriptions"                  OFFICERS Trace (Looked(Internal)) Epcis epcis::subscriptions::make;
    "epcis.subscription" Get    "/epcis/v2/queries/{query}/subscriptions/{subscription}"   OFFICERS Trace (Looked(Internal)) Epcis epcis::subscriptions::show;
    "epcis.unsubscribe" Delete  "/epcis/v2/queries/{query}/subscriptions/{subscription}"   OFFICERS Trace (Looked(Internal)) Epcis epcis::subscriptions::remove;
    "epcis.release"     Delete  "/epcis/v2/nextPageToken/{token}"    OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::release;
    "epcis.top-o"       Options "/epcis/v2"                          OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.slash-o"     Options "/epcis/v2/"                         OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.capture-o"   Options "/epcis/v2/capture"                  OFFICERS Capture (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.job-o"       Options "/epcis/v2/capture/{job}"            OFFICERS Capture (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.events-o"    Options "/epcis/v2/events"                   OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.event-o"     Options "/epcis/v2/events/{event}"           OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.list-o"      Options "/epcis/v2/{list}"                   OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.item-o"      Options "/epcis/v2/{list}/{value}"           OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.of-o"        Options "/epcis/v2/{list}/{value}/events"    OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.queries-o"   Options "/epcis/v2/queries"                  OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.query-o"     Options "/epcis/v2/queries/{query}"          OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.answer-o"    Options "/epcis/v2/queries/{query}/events"   OFFICERS Trace   (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.subscriptions-o" Options "/epcis/v2/queries/{query}/subscriptions"              OFFICERS Trace (Looked(Internal)) Epcis epcis::discovery::options;
    "epcis.subscription-o" Options "/epcis/v2/queries/{query}/subscriptions/{subscription}" OFFICERS Trace (Looked(Internal)) Epcis epcis::discovery::options;
    // traceability
    "trace.history"     Get     "/api/v1/trace/history/{thing}"      OFFICERS Trace   (Looked(Internal)) Api api::trace::history;
    "trace.up"          Get     "/api/v1/trace/up/{thing}"           OFFICERS Trace   (Looked(Internal)) Api api::trace::up;
    "trace.down"        Get     "/api/v1/trace/down/{thing}"         OFFICERS Trace   (Looked(Internal)) Api api::trace::down;
    "trace.contents"    Get     "/api/v1/trace/contents/{thing}"     OFFICERS Trace   (Looked(Internal)) Api api::trace::contents;
    "trace.recall"      Get     "/api/v1/trace/recall/{thing}"       OFFICERS Trace   (Looked(Internal)) Api api::recall::summary;
    "trace.sites"       Get     "/api/v1/trace/recall/{thing}/sites" OFFICERS Trace   (Looked(Internal)) Api    api::recall::all_sites;
    "trace.recipients"  Get     "/api/v1/trace/recall/{thing}/recipients" OFFICERS Trace (Looked(Internal)) Api api::recall::all_recipients;
    "trace.things"      Get     "/api/v1/trace/recall/{thing}/things" OFFICERS Trace   (Looked(Internal)) Api api::recall::things;
    "trace.balance"     Get     "/api/v1/trace/balance/{thing}"      OFFICERS Trace   (Looked(Internal)) Api api::recall::balance;
    "trace.exposure"    Get     "/api/v1/trace/exposure/{thing}"     OFFICERS Trace   (Looked(Internal)) Api api::recall::exposure;
    "trace.check"       Get     "/api/v1/trace/check"                OFFICERS Trace   (Looked(Internal)) Api api::trace::check;
    // the ledger
    "api.checkpoint"    Get  "/api/v1/ledger/checkpoint"             BOTH     See            (Everybody)        Api    api::ledger::checkpoint;
    "api.proof"         Get  "/api/v1/ledger/entries/{entry}/proof"  BOTH     See            (Everybody)        Api    api::ledger::proof;
    "api.consistency"   Get  "/api/v1/ledger/consistency"            BOTH     See            (Everybody)        Api    api::ledger::consistency;
    "ledger.checkpoint" Get  "/ledger/checkpoint"                    BOTH     See            (Everybody)        Asset  api::tiles::checkpoint;
    "ledger.key"        Get  "/ledger/key"                           BOTH     See            (Everybody)        Asset  api::tiles::key;
    "ledger.tile"       Get  "/ledger/tile/{level}/{*number}"        BOTH     See            (Everybody)        Asset  api::tiles::tile;
    "data.publications" Get  "/open/v1/publications"                 BOTH     See            (Everybody)        Api    api::open::publications;
    "data.publication"  Get  "/open/v1/publications/{publication}"   BOTH     See            (Everybody)        Api    api::open::publication_one;
    "data.results"      Get  "/open/v1/results"                      BOTH     See            (Everybody)        Api    api::open::results;
    "data.recalls"      Get  "/open/v1/recalls"                      BOTH     See            (Everybody)        Api    api::open::recalls;
    "data.changes"      Get  "/open/v1/changes"                      BOTH     See            (Everybody)        Api    api::open::changes;
    "data.enterprise"   Get  "/open/v1/enterprises/{enterprise}"     BOTH     See            (Everybody)        Api    api::open::enterprise_one;
    "data.downloads"    Get  "/open/v1/downloads"                    BOTH     See            (Everybody)        Api    api::open::downloads;
    "data.verify"       Get  "/open/v1/verify/{code}"                BOTH     See            (Everybody)        Api    api::open::verify;
};
