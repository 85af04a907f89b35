//! The identities of an account elsewhere, for the system administrator: for people who have no password to bind them with.

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::{Account, DeedKind, NewIdentity};

use super::account::minute;
use super::forms::{Blank, Button, Filled, at, told};
use super::identity::{called, titled};
use super::layout::go;
use super::sheet::{Cell, Section, Sheet, Table};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::oidc::{self, token::is_subject};
use crate::text::Text;

/// The account that is dealt with: never one's own.
async fn account(call: &Call) -> Result<Account, Problem> {
    let id = call.param("account");
    if id == call.account() {
        return Err(Problem::of(StatusCode::FORBIDDEN, "ZH7504"));
    }
    call.server.access.account(id).await?.ok_or_else(Problem::not_found)
}

/// `GET /admin/accounts/{account}/identities`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let t = Text(call.view.lang);
    let account = account(call).await?;
    let here = format!("/admin/accounts/{}/identities", account.id);
    let bound = call.server.access.identities(&account.id).await?;
    let mut table =
        Table::new(call, "identities", &["provider", "identity-subject", "bound-by", "bound-at", "seen"]);
    for identity in &bound {
        let by = if identity.made_by == account.id { "server-identity-own" } else { "server-identity-admin" };
        let seen = identity.used_at.map_or_else(|| "–".to_owned(), minute);
        let cells = [
            titled(call, &identity.issuer),
            identity.subject.clone(),
            t.say(by),
            minute(identity.made_at),
            seen,
        ];
        table.rows.push(cells.map(Cell::of).to_vec());
    }
    let mut sheet = Sheet::of(call);
    sheet.frame = sheet.frame.under("accounts.list");
    "/admin/accounts".clone_into(&mut sheet.frame.here);
    sheet.wrong = told(t.0, wrong, "provider");
    let fact = |name: &str, value: &str| (t.say(&format!("server-field-{name}")), Cell::of(value));
    let facts = vec![fact("login", &account.login), fact("new-name", &account.name)];
    sheet.sections = vec![Section::Facts(String::new(), facts), Section::Table(table)];
    let providers = call.server.providers.iter();
    let choices = providers.map(|one| (one.settings.id.clone(), oidc::title(call, one)));
    let mut form =
        Filled::new(t.say("server-title-accounts-bind"), here.clone(), t.say("server-identity-bind"));
    let blank = |name, kind| Blank::new(t, name, kind).value(call.form.get(name)).judged(t.0, wrong);
    form.blanks = vec![blank("provider", "choice").choices(choices), blank("identity-subject", "text")];
    sheet.sections.push(Section::Form(form));
    if !bound.is_empty() {
        let mut form =
            Filled::new(t.say("server-title-accounts-unbind"), format!("{here}/end"), String::new());
        let choices = bound
            .iter()
            .map(|one| (one.id.clone(), format!("{} · {}", titled(call, &one.issuer), one.subject)));
        form.blanks = vec![Blank::new(t, "identity", "choice").choices(choices)];
        form.buttons = vec![Button::new(t.say("server-identity-end"), "danger", "")];
        sheet.sections.push(Section::Form(form));
    }
    sheet.answer_as(call, status)
}

/// `POST /admin/accounts/{account}/identities`.
pub(crate) async fn bind(call: Call) -> Answer {
    let (server, account) = (&call.server, account(&call).await?);
    let id = call.form.get("provider");
    let provider = server.providers.iter().find(|one| one.settings.id == id);
    let subject = call.form.get("identity-subject");
    let mut wrong = Vec::new();
    if provider.is_none() {
        wrong.push(at("provider", Diagnostic::error("ZH7600")));
    }
    if !is_subject(subject) {
        wrong.push(at("identity-subject", Diagnostic::error("ZH7609")));
    }
    if let Some(provider) = provider.filter(|_| wrong.is_empty()) {
        let new = NewIdentity {
            issuer: provider.settings.issuer.clone(),
            subject: subject.to_owned(),
            account: account.id.clone(),
            by: call.account().to_owned(),
        };
        match server.access.bind_identity(&new, server.now()).await {
            Ok(_) => {
                call.note(DeedKind::Identity, &format!("bind {id} {}", account.id)).await?;
                return go(&call, &format!("/admin/accounts/{}/identities", account.id));
            }
            Err(error) => match error.diagnostic() {
                Some(diagnostic) if !error.is_machine() => wrong.push(at("identity-subject", diagnostic)),
                _ => return Err(error.into()),
            },
        }
    }
    page(&call, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await
}

/// `POST /admin/accounts/{account}/identities/end`.
pub(crate) async fn unbind(call: Call) -> Answer {
    let account = account(&call).await?;
    let gone = call.server.access.unbind_identity(&account.id, call.form.get("identity")).await?;
    let gone = gone.ok_or_else(Problem::not_found)?;
    let what = format!("unbind {} {}", called(&call, &gone.issuer), account.id);
    call.note(DeedKind::Identity, &what).await?;
    go(&call, &format!("/admin/accounts/{}/identities", account.id))
}
