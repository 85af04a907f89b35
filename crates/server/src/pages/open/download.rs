//! Files of public data: everything of a kind in one, for whoever computes.

use zhiheng_desk::open::Book;

use super::{book, keep, lists};
use crate::api::open::OpenFile;
use crate::call::Call;
use crate::pages::sheet::{Table, as_csv};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Files by name: name, text that says what is in it.
const FILES: [(&str, &str); 3] = [
    ("publications.csv", "open-file-publications"),
    ("results.csv", "open-file-results"),
    ("recalls.csv", "open-file-recalls"),
];
const CSV: &str = "text/csv; charset=utf-8";

/// The list of files.
pub(crate) fn files(call: &Call, book: &Book) -> Vec<OpenFile> {
    let t = Text(call.view.lang);
    let rows = [book.publications.len(), book.outcomes.len(), book.notices.len()];
    let mut all: Vec<OpenFile> = (FILES.iter().zip(rows))
        .map(|((name, about), rows)| OpenFile {
            href: format!("/open/files/{name}"),
            media_type: CSV.to_owned(),
            about: t.say(about),
            rows: rows as u64,
        })
        .collect();
    for one in book.publications.iter() {
        let shown = book.tables(one).map(zhiheng_desk::open::Tables::shown).unwrap_or_default();
        let rows: usize = shown.iter().map(|table| table.cells.len()).sum();
        if rows > 0 {
            all.push(OpenFile {
                href: format!("{}.csv", lists::publication_href(one)),
                media_type: CSV.to_owned(),
                about: one.title.clone(),
                rows: rows as u64,
            });
        }
    }
    all
}

/// `GET /open/files/{name}`.
pub(crate) async fn file(call: Call) -> Answer {
    let book = book(&call).await?;
    let catalog = call.server.office()?.catalog().await;
    let table: Table = match call.param("name") {
        "publications.csv" => lists::publications(&call, &catalog, &book.publications),
        "results.csv" => lists::outcomes(&call, &catalog, &book.outcomes),
        "recalls.csv" => lists::notices(&call, &catalog, &book.notices),
        _ => return Err(Problem::not_found()),
    };
    keep(&call, as_csv(&table), CSV).await
}
