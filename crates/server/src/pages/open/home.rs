//! The start for citizens: one box to search in, what is recalled, what was published last.

use super::{book, lists};
use crate::call::Call;
use crate::pages::sheet::{Cell, Chooser, Section, Sheet};
use crate::route::Answer;
use crate::text::Text;

/// Rows of each list on the start.
const ROWS: usize = 10;

/// The search box.
pub(super) fn search_box(t: Text, typed: &str) -> Section {
    Section::Choose(Chooser {
        action: "/open/search".to_owned(),
        selects: Vec::new(),
        inputs: vec![("q".to_owned(), t.say("open-search-label"), typed.to_owned())],
    })
}

/// `GET /open`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let book = book(&call).await?;
    let catalog = call.server.office()?.catalog().await;
    let mut sheet = Sheet::new(&call, t.say("server-title-open-home"));
    sheet.lead = t.say("open-lead");
    sheet.sections.push(search_box(t, ""));
    if !book.notices.is_empty() {
        sheet.notes.push(t.with("open-recalls-now", "n", book.notices.len()));
        sheet.sections.push(Section::Table(lists::notices(&call, &catalog, book.notices.iter().take(ROWS))));
    }
    sheet.sections.push(Section::Table(lists::publications(
        &call,
        &catalog,
        book.publications.iter().take(ROWS),
    )));
    sheet.sections.push(Section::Table(lists::outcomes(&call, &catalog, book.outcomes.iter().take(ROWS))));
    sheet.sections.push(Section::Actions(
        t.say("open-more"),
        vec![
            Cell::to(t.say("open-to-verify"), "/verify"),
            Cell::to(t.say("open-to-downloads"), "/open/v1/downloads"),
            Cell::to(t.say("open-to-changes"), "/open/v1/changes"),
            Cell::to(t.say("open-to-api"), "/api/v1/openapi.json"),
        ],
    ));
    sheet.sections.push(Section::Text(vec![Cell::of(t.say("open-only-released"))]));
    sheet.answer(&call)
}
