//! Views that somebody keeps: the page with its filters under a name of one's own. A view is its address, so it can be sent to a
//! colleague, who sees in it what is theirs to see.

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::KeptView;

use super::forms::{Blank, Filled, at, told};
use super::layout::{go, local};
use super::sheet::{Cell, Section, Sheet, Table};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Where this stands.
const HERE: &str = "/account/views";
/// Longest name, in characters.
const NAME: usize = 60;
/// Longest address.
const PATH: usize = 1_000;

/// `GET /account/views`: the views, and the form that keeps the page one comes from.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let t = Text(call.view.lang);
    let mut sheet = Sheet::of(call);
    sheet.frame = sheet.frame.under("account.show");
    sheet.lead = t.say("kept-lead");
    sheet.wrong = told(t.0, wrong, "name");
    let views = call.server.access.views(call.account()).await?;
    sheet.sections.push(Section::Table(table(call, &views)));
    let typed = call.form.get("path");
    let path = local(if typed.is_empty() { call.query.get("path") } else { typed }).to_owned();
    if path != "/" && path.len() <= PATH {
        let mut form = Filled::new(t.say("kept-keep"), HERE.to_owned(), t.say("kept-keep"));
        form.says = t.with("kept-keep-says", "path", &path);
        form.hidden = vec![("path", path)];
        form.blanks = vec![Blank::new(t, "name", "text").value(call.form.get("name")).judged(t.0, wrong)];
        sheet.sections.push(Section::Form(form));
    }
    if !views.is_empty() {
        let mut form = Filled::new(t.say("kept-drop"), format!("{HERE}/drop"), t.say("kept-drop"));
        let names = views.into_iter().map(|view| (view.name.clone(), view.name));
        form.blanks = vec![Blank::new(t, "name-kept", "choice").choices(names)];
        sheet.sections.push(Section::Form(form));
    }
    sheet.answer_as(call, status)
}

/// The views as links.
pub(super) fn table(call: &Call, views: &[KeptView]) -> Table {
    let mut table = Table::new(call, "kept", &["name", "address"]);
    for view in views {
        table.rows.push(vec![Cell::to(view.name.clone(), view.path.clone()), Cell::of(view.path.clone())]);
    }
    table
}

/// `POST /account/views`.
pub(crate) async fn keep(call: Call) -> Answer {
    let name = call.form.get("name").trim().to_owned();
    let path = local(call.form.get("path")).to_owned();
    let length = name.chars().count();
    if length == 0 || length > NAME || name.chars().any(char::is_control) {
        let problem = at("name", Diagnostic::error("ZH7554").arg("most", NAME));
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, &[problem]).await;
    }
    if path == "/" || path.len() > PATH {
        return Err(Problem::malformed("path"));
    }
    call.server.access.keep_view(call.account(), &KeptView { name, path }, call.server.now()).await?;
    go(&call, HERE)
}

/// `POST /account/views/drop`.
pub(crate) async fn forget(call: Call) -> Answer {
    call.server.access.drop_view(call.account(), call.form.get("name-kept")).await?;
    go(&call, HERE)
}
