//! Accounts: the system administrator makes and locks them, and gives no rights.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::{AccountState, DeedKind, NewAccount};

use super::account::{Row, minute};
use super::forms::{Blank, Filled, Wrong, at, told};
use super::layout::{Frame, answer, go, pages};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;
use crate::text::Text;

/// Accounts on one page.
const PAGE: u32 = 100;

/// Longest name.
const NAME_MAX: usize = 60;

#[derive(Template)]
#[template(path = "accounts.html", blocks = ["main"])]
struct Accounts {
    frame: Frame,
    rows: Vec<Row>,
    more: String,
    form: Filled,
    wrong: Vec<Wrong>,
    /// Password of an account just made, shown this once.
    secret: String,
    /// Whether accounts can be bound to identities elsewhere.
    elsewhere: bool,
}

pages!(Accounts);

/// `GET /admin/accounts`.
pub(crate) async fn list(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[], String::new()).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic], secret: String) -> Answer {
    let t = Text(call.view.lang);
    let mut accounts = call.server.access.accounts(call.query.get("after"), PAGE).await?;
    let more = match accounts.last() {
        Some(last) if accounts.len() == PAGE as usize => format!("/admin/accounts?after={}", last.id),
        _ => String::new(),
    };
    // Ids say nothing to a reader: within a page, by login.
    accounts.sort_by(|a, b| a.login.cmp(&b.login));
    let rows = accounts.into_iter().map(|account| {
        let state = t.say(&format!("server-state-{}", account.state.word()));
        Row {
            alive: account.state == AccountState::Active,
            own: account.id == call.account() || account.state == AccountState::Erased,
            cells: vec![account.login, account.name, account.person, minute(account.made_at), state],
            id: account.id,
        }
    });
    let blank = |name| Blank::new(t, name, "text").value(call.form.get(name)).judged(t.0, wrong);
    let title = t.say("server-account-make");
    let mut form = Filled::new(title.clone(), "/admin/accounts".to_owned(), title);
    form.blanks = ["new-login", "new-name", "new-person"].map(blank).to_vec();
    let page = Accounts {
        frame: Frame::of(call),
        rows: rows.collect(),
        more,
        form,
        wrong: told(t.0, wrong, "new-login"),
        secret,
        elsewhere: !call.server.providers.is_empty(),
    };
    answer(call, status, &page)
}

/// `POST /admin/accounts`: the first password is random, shown once, and must be changed.
pub(crate) async fn make(call: Call) -> Answer {
    let server = &call.server;
    let mut wrong = Vec::new();
    for name in ["new-name", "new-person"] {
        let text = call.form.get(name);
        if text.is_empty() || text.chars().count() > NAME_MAX {
            wrong.push(at(name, Diagnostic::error("ZH7526").arg("most", NAME_MAX)));
        }
    }
    let first: String = secret::random()?.chars().take(16).collect();
    let hash = server.passwords.hash(&first).await.ok_or_else(|| Problem::ours("argon2"))?;
    let new = NewAccount {
        login: call.form.get("new-login").to_owned(),
        name: call.form.get("new-name").to_owned(),
        person: call.form.get("new-person").to_owned(),
        password: Some(hash),
        must_change: true,
    };
    if wrong.is_empty() {
        match server.access.add_account(new, server.now()).await {
            Ok(account) => {
                call.note(DeedKind::Account, &format!("make {}", account.id)).await?;
                return page(&call, StatusCode::OK, &[], first).await;
            }
            Err(error) => match error.diagnostic() {
                Some(diagnostic) if !error.is_machine() => wrong.push(at("new-login", diagnostic)),
                _ => return Err(error.into()),
            },
        }
    }
    page(&call, StatusCode::UNPROCESSABLE_ENTITY, &wrong, String::new()).await
}

/// `POST /admin/accounts/{account}/lock`: locks, opens or erases.
pub(crate) async fn lock(call: Call) -> Answer {
    let (server, id) = (&call.server, call.param("account"));
    if id == call.account() {
        return Err(Problem::of(StatusCode::FORBIDDEN, "ZH7504"));
    }
    let wanted = call.form.get("state");
    match wanted {
        "locked" => server.access.set_locked(id, true, server.now()).await?,
        "active" => server.access.set_locked(id, false, server.now()).await?,
        "erased" => server.access.erase_account(id, server.now()).await?,
        _ => return Err(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "ZH7514")),
    }
    call.note(DeedKind::Account, &format!("{wanted} {id}")).await?;
    go(&call, "/admin/accounts")
}
