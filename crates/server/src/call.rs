//! One request to a known route: who asks, may they, is it meant; then the handler.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::upgrade::OnUpgrade;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_record::access::{Account, Deed, DeedKind};

use crate::authorize::{Action, Level, Thing, Verdict, Who, authorize};
use crate::door::body::{Allowance, BodyTrouble, Guarded};
use crate::form::Form;
use crate::front::view::View;
use crate::front::{Arrival, Wanted};
use crate::pages::sheet::ending;
use crate::problem::Problem;
use crate::route::{Answer, Kind, Of, Route};
use crate::server::Server;
use crate::signin::csrf;
use crate::signin::visitor::{self, Visitor};

/// A request that may be answered.
pub(crate) struct Call {
    pub(crate) server: Arc<Server>,
    pub(crate) route: &'static Route,
    pub(crate) arrival: Arrival,
    /// Path and query of a page, to come back to; the start for everything else.
    pub(crate) here: String,
    pub(crate) view: View,
    pub(crate) visitor: Visitor,
    pub(crate) headers: HeaderMap,
    pub(crate) query: Form,
    /// Fields of the form, for routes that take one.
    pub(crate) form: Form,
    /// The body, for uploads and the API. Behind a lock, because a body cannot be looked at by two threads, and a call can.
    body: Mutex<Option<Body>>,
    /// The connection, for whoever goes on with another protocol.
    upgrade: Mutex<Option<OnUpgrade>>,
    params: Vec<(String, String)>,
    permitted: Arc<AtomicBool>,
}

impl Call {
    /// Who asks, as far as rights go.
    pub(crate) fn who(&self) -> &Who {
        &self.visitor.who
    }

    /// The account's id; empty if nobody is signed in.
    pub(crate) fn account(&self) -> &str {
        self.visitor.who.account.as_deref().unwrap_or_default()
    }

    /// The account of whoever is signed in.
    pub(crate) async fn own_account(&self) -> Result<Account, Problem> {
        self.server.access.account(self.account()).await?.ok_or_else(Problem::not_found)
    }

    /// Sends whoever has not signed in to the login, before it is even known whether the thing is there.
    pub(crate) fn signed_in(&self) -> Result<(), Problem> {
        match self.visitor.who.account {
            Some(_) => Ok(()),
            None => Err(Problem::of_verdict(Verdict::SignIn).unwrap_or_else(Problem::not_found)),
        }
    }

    /// Where pages begin for this reader: the region of the whole project if they may see it, else the first of their own.
    pub(crate) fn start(&self) -> Result<RegionCode, Problem> {
        let whole = self.server.office()?.region;
        let seen = |region| {
            authorize(self.who(), Action::See, &Thing::of_region(region, Level::Internal)) == Verdict::Allow
        };
        let own = self.who().held.iter().map(|held| held.region);
        Ok(std::iter::once(whole).chain(own).find(|region| seen(*region)).unwrap_or(whole))
    }

    /// The enterprise that the account acts for, as a thing; of several the one that is asked for, else the first.
    pub(crate) fn firm(&self, level: Level) -> Thing {
        let firms = self.who().firms();
        let asked = firms.iter().find(|code| **code == self.query.get("of"));
        let enterprise = asked.or(firms.first()).map(|code| (*code).to_owned());
        Thing { enterprise, level, ..Thing::default() }
    }

    /// A part of the path.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(each, _)| each == name).map_or("", |(_, value)| value)
    }

    /// What the path names, part by part.
    pub(crate) fn path(&self) -> String {
        let parts: Vec<&str> = self.params.iter().map(|(_, value)| value.as_str()).collect();
        parts.join("/")
    }

    /// Asks whether the route's action may be done with `thing`, before more of it is loaded. Looking at data of
    /// persons is noted on the trail; without the note there is no look.
    pub(crate) async fn permit(&self, thing: &Thing, subject: &str) -> Result<(), Problem> {
        self.permit_to(self.route.action, thing, subject).await
    }

    /// The same for an action that the thing itself decides: a step of a case is handled, or a result entered.
    pub(crate) async fn permit_to(
        &self,
        action: Action,
        thing: &Thing,
        subject: &str,
    ) -> Result<(), Problem> {
        let verdict = authorize(self.who(), action, thing);
        self.permitted.store(true, Ordering::Relaxed);
        if let Some(problem) = Problem::of_verdict(verdict) {
            // Being asked for a second factor is no offence.
            if !matches!(verdict, Verdict::SignIn | Verdict::StepUp) {
                self.note(DeedKind::Refused, subject).await?;
            }
            return Err(problem);
        }
        if thing.level >= Level::Personal {
            self.note(DeedKind::Read, subject).await?;
        }
        Ok(())
    }

    /// Notes a deed of this account on the trail.
    pub(crate) async fn note(&self, kind: DeedKind, subject: &str) -> Result<(), Problem> {
        let deed = Deed {
            n: 0,
            at: self.server.now(),
            kind,
            account: self.visitor.who.account.clone(),
            subject: subject.to_owned(),
            purpose: self.form.get("purpose").to_owned(),
            request: self.arrival.id.clone(),
        };
        Ok(self.server.access.note(&deed).await?)
    }

    /// The body of an upload or of a call to the API; once.
    pub(crate) fn body(&self) -> Body {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        body.take().unwrap_or_default()
    }

    /// The connection, once the answer has switched protocols; once.
    pub(crate) fn upgrade(&self) -> Option<OnUpgrade> {
        self.upgrade.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether htmx asks for a part of the page.
    pub(crate) fn wants_part(&self) -> bool {
        self.headers.contains_key("hx-request") && !self.headers.contains_key("hx-history-restore-request")
    }
}

/// Answers a request to `route`.
pub(crate) async fn run(
    server: Arc<Server>,
    route: &'static Route,
    params: Vec<(String, String)>,
    request: Request,
) -> Response<Body> {
    let Some(arrival) = request.extensions().get::<Arrival>().cloned() else {
        return Response::new(Body::empty());
    };
    let mut wanted = Wanted::of(&request);
    wanted.api |= route.kind == Kind::Api;
    match tried(&server, route, params, request, arrival.clone()).await {
        Ok(response) => response,
        Err(problem) => problem.answer(&server, &arrival, &wanted),
    }
}

async fn tried(
    server: &Arc<Server>,
    route: &'static Route,
    params: Vec<(String, String)>,
    request: Request,
    arrival: Arrival,
) -> Answer {
    let (mut parts, body) = request.into_parts();
    let upgrade = parts.extensions.remove::<OnUpgrade>();
    let view = View::of(&parts.headers, server.jar(arrival.door));
    let visitor = if route.kind == Kind::Asset {
        Visitor::default()
    } else {
        let is_for_programs = matches!(route.kind, Kind::Api | Kind::Epcis);
        visitor::of(server, &arrival, &parts.headers, is_for_programs).await?
    };
    if let Some(account) = &visitor.who.account {
        server.rates(arrival.door).account.take(account, server.uptime()).map_err(Problem::too_often)?;
    }
    let mut call = Call {
        server: Arc::clone(server),
        route,
        here: crate::front::here(&parts.method, &parts.uri, &parts.headers),
        view,
        visitor,
        headers: parts.headers.clone(),
        query: Form::parse(parts.uri.query().unwrap_or_default().as_bytes())?,
        form: Form::default(),
        body: Mutex::default(),
        upgrade: Mutex::new(upgrade),
        params,
        permitted: Arc::default(),
        arrival,
    };
    let path = parts.uri.path();
    let subject = format!("{} {path}", parts.method);
    must_change(&call)?;
    let thing = thing_of(&call)?;
    if let Some(thing) = &thing {
        call.permit(thing, &subject).await?;
    } else {
        any_right(&call)?;
    }
    call.permitted = Arc::default();
    take_body(&mut call, &parts, body).await?;
    if !route.method.is_safe() {
        csrf::check(&call)?;
    }
    let permitted = Arc::clone(&call.permitted);
    let answer = (route.handler)(call).await;
    if thing.is_none() && answer.is_ok() && !permitted.load(Ordering::Relaxed) {
        return Err(Problem::ours(format!("{route:?} answered without asking who may")));
    }
    answer
}

/// Whoever has to change the password does that first.
fn must_change(call: &Call) -> Result<(), Problem> {
    let due = call.visitor.must_change && call.route.action != Action::Own;
    if due && call.route.of != Of::Everybody {
        let problem = Problem::of(StatusCode::FORBIDDEN, "ZH7506");
        return Err(Problem { next: Some("/account/password"), ..problem });
    }
    Ok(())
}

/// On what the route acts; `None` if only the handler can tell.
fn thing_of(call: &Call) -> Result<Option<Thing>, Problem> {
    Ok(Some(match call.route.of {
        Of::Everybody => Thing::public(),
        Of::Instance => Thing::instance(),
        Of::Own => Thing::own(call.account()),
        Of::Region(name, level) => {
            // The last part of an address may end as its twin does: `621122.json`.
            let (code, _) = ending(call.param(name));
            let region = RegionCode::parse(code).map_err(|_| Problem::not_found())?;
            Thing::of_region(region, level)
        }
        Of::Enterprise(name, level) => {
            Thing { enterprise: Some(call.param(name).to_owned()), level, ..Thing::default() }
        }
        Of::Firm(level) => call.firm(level),
        Of::Looked(_) => return Ok(None),
    }))
}

/// A first look at a route whose thing is not known yet: somebody who has no right with its action at all gets no further, and nobody
/// changes anything without having signed in.
fn any_right(call: &Call) -> Result<(), Problem> {
    let nobody = call.who().account.is_none() && !call.route.method.is_safe();
    if nobody || crate::authorize::reach(call.who(), call.route.action).parts.is_empty() {
        let verdict = if call.who().account.is_some() { Verdict::NotYours } else { Verdict::SignIn };
        return Err(Problem::of_verdict(verdict).unwrap_or_else(Problem::not_found));
    }
    Ok(())
}

/// Puts the body under its limits, and reads it if it is a form.
async fn take_body(call: &mut Call, parts: &Parts, body: Body) -> Result<(), Problem> {
    let limits = call.server.limits(call.arrival.door);
    let bytes = match call.route.kind {
        _ if call.route.method.is_safe() => 0,
        Kind::Upload | Kind::Epcis | Kind::Api => limits.upload_bytes,
        _ => limits.form_bytes,
    };
    let length = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.unwrap_or(0) > bytes {
        return Err(too_large(bytes));
    }
    let allowance = Allowance {
        bytes,
        pause: Duration::from_secs(limits.body_pause_secs),
        whole: Duration::from_secs(limits.body_secs),
    };
    let guarded = Guarded::new(body, allowance);
    // A program's body is a file or JSON: its handler says how much of it is taken.
    if matches!(call.route.kind, Kind::Upload | Kind::Epcis | Kind::Api) {
        call.body = Mutex::new(Some(Body::new(guarded)));
        return Ok(());
    }
    if call.route.method.is_safe() {
        return Ok(());
    }
    let whole = collect(guarded, bytes).await?;
    let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !whole.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, "ZH7514"));
    }
    call.form = Form::parse(&whole)?;
    Ok(())
}

/// Reads a body to its end.
pub(crate) async fn collect<B>(body: B, bytes: u64) -> Result<axum::body::Bytes, Problem>
where
    B: hyper::body::Body<Data = axum::body::Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    match Limited::new(body, usize::try_from(bytes).unwrap_or(usize::MAX)).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large(bytes)),
        Err(error) => Err(match error.downcast_ref::<BodyTrouble>() {
            Some(BodyTrouble::TooLarge) => too_large(bytes),
            Some(BodyTrouble::TooSlow) => Problem::of(StatusCode::REQUEST_TIMEOUT, "ZH7515"),
            _ => Problem::malformed("body"),
        }),
    }
}

/// A body over its limit.
pub(crate) fn too_large(bytes: u64) -> Problem {
    let diagnostic = Diagnostic::error("ZH7516").arg("kib", bytes / 1024);
    Problem::from(diagnostic).with_status(StatusCode::PAYLOAD_TOO_LARGE)
}
