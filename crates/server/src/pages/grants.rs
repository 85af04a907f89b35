//! Rights: the security administrator gives and takes them, and makes no accounts. Every right becomes a record of the ledger.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_record::access::{Account, AccountState, DeedKind, NewGrant};

use super::account::{Row, right_cells};
use super::forms::{Blank, Filled, Wrong, at, told};
use super::layout::{Frame, answer, go, pages};
use crate::authorize::{APART, Level, Role, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Accounts on one page.
const PAGE: u32 = 100;

#[derive(Template)]
#[template(path = "grants.html", blocks = ["main"])]
struct Grants {
    frame: Frame,
    rows: Vec<Row>,
    more: String,
}

#[derive(Template)]
#[template(path = "grant.html", blocks = ["main"])]
struct GrantsOf {
    frame: Frame,
    account: String,
    name: String,
    rows: Vec<Row>,
    form: Filled,
    wrong: Vec<Wrong>,
}

pages!(Grants, GrantsOf);

/// `GET /admin/grants`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let today = call.server.today();
    let mut accounts = call.server.access.accounts(call.query.get("after"), PAGE).await?;
    let more = match accounts.last() {
        Some(last) if accounts.len() == PAGE as usize => format!("/admin/grants?after={}", last.id),
        _ => String::new(),
    };
    accounts.sort_by(|a, b| a.login.cmp(&b.login));
    let mut rows = Vec::new();
    for account in accounts.into_iter().filter(|account| account.state != AccountState::Erased) {
        let rights = call.server.access.grants(&account.id).await?;
        let held = rights.iter().filter(|grant| grant.holds_on(today));
        let words: Vec<String> = held.map(|grant| t.say(&format!("server-role-{}", grant.role))).collect();
        rows.push(Row {
            id: account.id,
            cells: vec![account.login, account.name, words.join(&t.between("list-separator"))],
            alive: true,
            own: false,
        });
    }
    answer(&call, StatusCode::OK, &Grants { frame: Frame::of(&call), rows, more })
}

/// `GET /admin/grants/{account}`.
pub(crate) async fn show(call: Call) -> Answer {
    let account = account(&call).await?;
    page(&call, StatusCode::OK, &account, &[]).await
}

async fn account(call: &Call) -> Result<Account, Problem> {
    let found = call.server.access.account(call.param("account")).await?;
    found.filter(|account| account.state != AccountState::Erased).ok_or_else(Problem::not_found)
}

async fn page(call: &Call, status: StatusCode, account: &Account, wrong: &[Diagnostic]) -> Answer {
    let t = Text(call.view.lang);
    let today = call.server.today();
    let rights = call.server.access.grants(&account.id).await?;
    let rows = rights.iter().map(|grant| {
        let alive = grant.taken.is_none() && grant.until.is_none_or(|until| today <= until);
        let mut cells = right_cells(call, grant);
        cells.push(grant.entry.map_or_else(|| "–".to_owned(), |entry| entry.to_string()));
        cells.push(t.say(if alive { "server-grant-alive" } else { "server-grant-over" }));
        Row { id: grant.id.clone(), cells, alive, own: account.id == call.account() }
    });
    let blank = |name, kind| Blank::new(t, name, kind).value(call.form.get(name)).judged(t.0, wrong);
    let choice = |name, codes: &[&str]| {
        let of = |code: &&str| ((*code).to_owned(), t.say(&format!("server-{name}-{code}")));
        blank(name, "choice").choices(codes.iter().map(of))
    };
    let since =
        if call.form.get("since").is_empty() { today.to_string() } else { call.form.get("since").to_owned() };
    let level = match call.form.get("level") {
        "" => Level::Internal.code(),
        given => given,
    };
    let title = t.say("server-grant-give");
    let mut form = Filled::new(title.clone(), format!("/admin/grants/{}", account.id), title);
    form.blanks = vec![
        choice("role", &Role::ALL.map(Role::code)),
        choice("level", &Level::ALL.map(Level::code)).value(level),
        blank("region", "text"),
        blank("line", "text").optional(),
        blank("enterprise", "text").optional(),
        blank("since", "date").value(&since),
        blank("until", "date").optional(),
        blank("reason", "text"),
    ];
    let mut frame = Frame::of(call).under("grants.list");
    frame.title = t.with("server-grant-title", "name", &account.name);
    let page = GrantsOf {
        frame,
        account: account.id.clone(),
        name: account.name.clone(),
        rows: rows.collect(),
        form,
        wrong: told(t.0, wrong, "role"),
    };
    answer(call, status, &page)
}

/// Nobody deals with the rights of a person that they are themselves, under whichever account.
async fn permit(call: &Call, account: &Account) -> Result<(), Problem> {
    if account.person == call.who().person {
        call.permit(&Thing::instance(), &format!("grants/{}", account.id)).await?;
        return Err(Problem::of(StatusCode::FORBIDDEN, "ZH7504"));
    }
    call.permit(&Thing::instance(), &format!("grants/{}", account.id)).await
}

/// `POST /admin/grants/{account}`.
pub(crate) async fn give(call: Call) -> Answer {
    let account = account(&call).await?;
    permit(&call, &account).await?;
    let mut wrong = Vec::new();
    let role = Role::parse(call.form.get("role"));
    if role.is_none() {
        wrong.push(at("role", Diagnostic::error("ZH7528")));
    }
    let level = Level::parse(call.form.get("level"));
    if level.is_none() {
        wrong.push(at("level", Diagnostic::error("ZH7528")));
    }
    let region = RegionCode::parse(call.form.get("region")).map_err(|bad| wrong.push(at("region", bad))).ok();
    let known = |code: &RegionCode| {
        let regions = call.server.regions.as_ref();
        regions.is_none_or(|regions| regions.at(*code, call.server.today()).is_some())
    };
    if region.is_some_and(|code| !known(&code)) {
        wrong.push(at("region", Diagnostic::error("ZH7534")));
    }
    let text = |name: &str| Some(call.form.get(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let enterprise = text("enterprise");
    match (&enterprise, role) {
        (None, Some(Role::Enterprise)) => wrong.push(at("enterprise", Diagnostic::error("ZH7530"))),
        (Some(code), _) if !is_credit_code(code) => wrong.push(at("enterprise", Diagnostic::error("ZH7531"))),
        _ => {}
    }
    let mut day = |name: &'static str| match text(name).map(|text| text.parse::<Date>()) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => {
            wrong.push(at(name, Diagnostic::error("ZH7532")));
            None
        }
    };
    let (since, until) = (day("since").unwrap_or_else(|| call.server.today()), day("until"));
    if until.is_some_and(|until| until < since) {
        wrong.push(at("until", Diagnostic::error("ZH7533")));
    }
    if text("reason").is_none() {
        wrong.push(at("reason", Diagnostic::error("ZH4040")));
    }
    let (Some(role), Some(level), Some(region), true) = (role, level, region, wrong.is_empty()) else {
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, &account, &wrong).await;
    };
    let new = NewGrant {
        account: account.id.clone(),
        role: role.code().to_owned(),
        region: region.to_string(),
        line: text("line"),
        enterprise,
        level: level.code().to_owned(),
        since,
        until,
        reason: call.form.get("reason").to_owned(),
        by: call.account().to_owned(),
        catalog: call.server.catalog.clone(),
    };
    let server = &call.server;
    match server.access.give(&server.ledger, new, APART, server.now()).await {
        Ok(grant) => {
            call.note(DeedKind::Grant, &format!("give {}", grant.id)).await?;
            go(&call, &format!("/admin/grants/{}", account.id))
        }
        Err(error) => match error.diagnostic() {
            Some(diagnostic) if !error.is_machine() => {
                page(&call, StatusCode::UNPROCESSABLE_ENTITY, &account, &[at("role", diagnostic)]).await
            }
            _ => Err(error.into()),
        },
    }
}

fn is_credit_code(code: &str) -> bool {
    zhiheng_base::code::uscc(code).is_ok()
}

/// `POST /admin/grants/{account}/{grant}/take`.
pub(crate) async fn take(call: Call) -> Answer {
    let account = account(&call).await?;
    permit(&call, &account).await?;
    let server = &call.server;
    let id = call.param("grant");
    let grant = server.access.grant(id).await?.filter(|grant| grant.account == account.id);
    let Some(grant) = grant else { return Err(Problem::not_found()) };
    server
        .access
        .take(&server.ledger, &grant.id, call.account(), call.form.get("reason"), server.now())
        .await?;
    call.note(DeedKind::Grant, &format!("take {id}")).await?;
    go(&call, &format!("/admin/grants/{}", account.id))
}
