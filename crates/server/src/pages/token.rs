//! Tokens of programs: made with a second factor, shown once, revoked at any time.

use axum::http::StatusCode;
use jiff::SignedDuration;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::{DeedKind, NewToken};

use super::account;
use super::forms::at;
use super::layout::{answer, go};
use crate::authorize::{Action, Verdict};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;
use crate::signin::visitor::TOKEN_PREFIX;

/// Longest name.
const NAME_MAX: usize = 60;

/// `POST /account/tokens`.
pub(crate) async fn make(call: Call) -> Answer {
    if !call.who().strong {
        return Err(Problem::of_verdict(Verdict::StepUp).unwrap_or_else(Problem::not_found));
    }
    let server = &call.server;
    let name = call.form.get("token-name");
    let days = call.form.get("token-days").parse::<i64>().unwrap_or(0);
    let most = server.settings.login.token_days_max;
    let known = Action::ALL.into_iter().filter(|action| action.for_programs()).map(Action::word);
    let scopes: Vec<String> =
        known.filter(|word| call.form.all("scopes").any(|scope| scope == *word)).map(str::to_owned).collect();
    let mut wrong = Vec::new();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        wrong.push(at("token-name", Diagnostic::error("ZH7526").arg("most", NAME_MAX)));
    }
    if !(1..=most).contains(&days) {
        wrong.push(at("token-days", Diagnostic::error("ZH7527").arg("most", most)));
    }
    if scopes.is_empty() {
        wrong.push(at("scopes", Diagnostic::error("ZH7528")));
    }
    if !wrong.is_empty() {
        let page = account::page(&call, &wrong).await?;
        return answer(&call, StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let value = secret::random()?;
    let now = server.now();
    let new = NewToken {
        hash: secret::hashed("token", &value),
        account: call.account().to_owned(),
        name: name.to_owned(),
        scopes,
        ends_at: now.saturating_add(SignedDuration::from_hours(24 * days)).map_err(Problem::ours)?,
    };
    let id = server.access.add_token(&new, now).await?;
    call.note(DeedKind::Token, &format!("make {id}")).await?;
    let mut page = account::page(&call, &[]).await?;
    page.secret = format!("{TOKEN_PREFIX}{value}");
    answer(&call, StatusCode::OK, &page)
}

/// `POST /account/tokens/revoke`.
pub(crate) async fn revoke(call: Call) -> Answer {
    let id = call.form.get("token").to_owned();
    if !call.server.access.revoke_token(call.account(), &id, call.server.now()).await? {
        return Err(Problem::not_found());
    }
    call.note(DeedKind::Token, &format!("revoke {id}")).await?;
    go(&call, "/account")
}
