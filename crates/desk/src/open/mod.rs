//! What the public may read: what a decision has released, and nothing besides.
//!
//! Four kinds of record say that something is public: a publication (`release.item`), the published result of a sampled batch
//! (`sampling.publication`), a recall notice (`recall.notice`), and statements on an enterprise whose publicity is the public
//! (`credit.statement`). [`Book`] holds them as they stood at a ledger size on a day. What is shown to the public reads the book and
//! never the ledger behind it, so that what nobody released cannot get out by a slip of a page.
//!
//! In reading order: [`Publication`], [`Tables`], [`Outcome`], [`Notice`], [`Change`], [`Book`], [`likely`] (a rate in plain numbers), [`find`] (what a word leads to),
//! [`thing`] (a product behind a code), [`vouch`] (whether a paper is ours).

pub mod book;
pub mod change;
pub mod find;
pub mod likely;
pub mod notice;
pub mod outcome;
pub mod publication;
pub mod table;
pub mod thing;
pub mod vouch;

pub use book::Book;
pub use change::Change;
pub use notice::Notice;
pub use outcome::Outcome;
pub use publication::Publication;
pub use table::{Shown, Tables};

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, RegionCode};

/// The text of a field.
fn text(data: &Map<String, Json>, field: &str) -> Option<String> {
    data.get(field).and_then(Json::as_str).map(str::to_owned)
}

/// The day of a field.
fn day(data: &Map<String, Json>, field: &str) -> Option<Date> {
    data.get(field).and_then(Json::as_str).and_then(|text| text.parse().ok())
}

/// The region of a field.
fn region(data: &Map<String, Json>, field: &str) -> Option<RegionCode> {
    data.get(field).and_then(Json::as_str).and_then(|code| RegionCode::parse(code).ok())
}

/// Whether something public from one day to another, both included, is public on a day.
fn holds(from: Date, until: Option<Date>, on: Date) -> bool {
    from <= on && until.is_none_or(|until| on <= until)
}

#[cfg(test)]
mod tests {
    use super::holds;
    use jiff::civil::date;

    #[test]
    fn a_publication_holds_from_its_first_day_to_its_last() {
        let (from, until) = (date(2024, 5, 20), date(2024, 8, 20));
        assert!(!holds(from, Some(until), date(2024, 5, 19)));
        assert!(holds(from, Some(until), from) && holds(from, Some(until), until));
        assert!(!holds(from, Some(until), date(2024, 8, 21)));
        assert!(holds(from, None, date(2099, 1, 1)));
    }
}
