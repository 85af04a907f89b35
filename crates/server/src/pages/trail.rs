//! The trail, for the audit administrator: read, filtered, never changed.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use zhiheng_record::access::{AccountState, Deed, DeedKind, TrailFilter};

use super::account::{Row, minute};
use super::layout::{Choice, Frame, answer, pages};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Deeds on one page.
const PAGE: u32 = 100;

#[derive(Template)]
#[template(path = "trail.html", blocks = ["main"])]
struct Trail {
    frame: Frame,
    rows: Vec<Row>,
    kinds: Vec<Choice>,
    account: String,
    older: String,
    /// Whether the seals were checked.
    checked: bool,
    /// First place at which the seals do not fit; empty if they do.
    broken: String,
}

pages!(Trail);

/// `GET /admin/trail`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let kind = DeedKind::ALL.into_iter().find(|(_, word)| *word == call.query.get("kind"));
    let typed = call.query.get("account");
    // People know the login; the trail keeps the id.
    let account = match call.server.access.account_by_login(typed).await? {
        Some(account) => Some(account.id),
        None => Some(typed.to_owned()).filter(|id| !id.is_empty()),
    };
    let filter = TrailFilter {
        account: account.clone(),
        kind: kind.map(|(kind, _)| kind),
        before: call.query.get("before").parse().ok(),
        limit: PAGE,
    };
    let deeds = call.server.access.trail(&filter).await?;
    let older = match deeds.last() {
        Some(last) if deeds.len() == PAGE as usize => {
            // The account is an id of letters and digits once it has found something.
            format!(
                "/admin/trail?before={}&kind={}&account={}",
                last.n,
                kind.map_or("", |(_, word)| word),
                account.as_deref().unwrap_or_default()
            )
        }
        _ => String::new(),
    };
    let logins = logins(&call, &deeds).await?;
    let rows = deeds.into_iter().map(|deed| Row {
        id: deed.n.to_string(),
        cells: vec![
            minute(deed.at),
            t.say(&format!("server-deed-{}", deed.kind.word())),
            named(&logins, deed.account.unwrap_or_default()),
            deed.subject,
            deed.purpose,
            deed.request,
        ],
        alive: true,
        own: false,
    });
    let choices = DeedKind::ALL.map(|(each, word)| Choice {
        value: word,
        text: t.say(&format!("server-deed-{word}")),
        chosen: kind.is_some_and(|(kind, _)| kind == each),
    });
    // Reads the whole trail: only when asked for.
    let checked = call.query.get("check") == "1";
    let broken = if checked { call.server.access.check_trail().await? } else { None };
    let page = Trail {
        frame: Frame::of(&call),
        rows: rows.collect(),
        kinds: choices.to_vec(),
        account: typed.to_owned(),
        older,
        checked,
        broken: broken.map(|n| n.to_string()).unwrap_or_default(),
    };
    answer(&call, StatusCode::OK, &page)
}

/// The logins of the accounts that did something; an erased account has none, its id stays.
async fn logins(call: &Call, deeds: &[Deed]) -> Result<BTreeMap<String, String>, Problem> {
    let mut found = BTreeMap::new();
    for id in deeds.iter().filter_map(|deed| deed.account.as_ref()) {
        if !found.contains_key(id) {
            let account = call.server.access.account(id).await?;
            let login = account.filter(|account| account.state != AccountState::Erased);
            found.insert(id.clone(), login.map(|account| account.login).unwrap_or_default());
        }
    }
    Ok(found)
}

/// Login and id of an account: people know the one, the trail keeps the other.
fn named(logins: &BTreeMap<String, String>, id: String) -> String {
    match logins.get(&id) {
        Some(login) if !login.is_empty() => format!("{login} ({id})"),
        _ => id,
    }
}
