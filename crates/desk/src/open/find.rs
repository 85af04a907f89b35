//! What a word of the public leads to: products, batches, enterprises, places, publications. Only the book is asked.

use zhiheng_base::{RegionCode, Words};

use super::{Book, Notice, Outcome, Publication, Tables};
use crate::search::{Fit, fit};
use zhiheng_judge::subject::CreditReport;

/// Most hits of a kind.
pub const HITS: usize = 50;

/// What was found, the best first.
#[derive(Debug, Default)]
pub struct Found<'b> {
    /// Recalls that go on.
    pub notices: Vec<&'b Notice>,
    /// Published results.
    pub outcomes: Vec<&'b Outcome>,
    /// Publications.
    pub publications: Vec<&'b Publication>,
    /// Enterprises.
    pub enterprises: Vec<&'b CreditReport>,
}

impl Found<'_> {
    /// How many.
    pub fn len(&self) -> usize {
        self.notices.len() + self.outcomes.len() + self.publications.len() + self.enterprises.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What `typed` leads to, and the regions in `within` besides: a name that stands for a place leads to everything of it.
pub fn find<'b>(book: &'b Book, typed: &str, within: &[RegionCode]) -> Found<'b> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Found::default();
    }
    let here = |region: RegionCode| within.iter().any(|place| place.contains(region)).then_some(Fit::Sounds);
    let best = |texts: &[Option<&str>]| {
        texts.iter().flatten().filter_map(|text| fit(&Words::new(*text, *text), typed)).min()
    };
    Found {
        notices: sorted(&book.notices, |one| {
            let texts = [&one.product, &one.producer, &one.item, &one.number].map(|text| Some(text.as_str()));
            best(&texts).into_iter().chain(best(&[one.lot.as_deref()])).chain(here(one.region)).min()
        }),
        outcomes: sorted(&book.outcomes, |one| {
            let texts = [
                Some(one.product.as_str()),
                one.lot.as_deref(),
                one.producer.as_deref(),
                one.seller.as_deref(),
                Some(one.sheet.as_str()),
            ];
            best(&texts).into_iter().chain(here(one.region)).min()
        }),
        publications: sorted(&book.publications, |one| {
            let summary = one.decided.as_ref().map(|decided| decided.summary.as_str());
            let texts =
                [Some(one.title.as_str()), Some(one.number.as_str()), one.subject.as_deref(), summary];
            let cells = book.tables(one).into_iter().flat_map(Tables::shown).flat_map(|table| &table.cells);
            let names = cells.flat_map(|cell| cell.row.iter().chain(&cell.column));
            let by_cell = names.filter_map(|named| fit(&named.name, typed)).min();
            best(&texts).into_iter().chain(by_cell).chain(here(one.region)).min()
        }),
        enterprises: sorted(book.enterprises.values(), |one| {
            best(&[one.name.as_deref(), Some(one.holder.as_str())])
        }),
    }
}

fn sorted<'b, T>(all: impl IntoIterator<Item = &'b T>, rank: impl Fn(&T) -> Option<Fit>) -> Vec<&'b T> {
    let mut found: Vec<(Fit, &T)> = all.into_iter().filter_map(|one| Some((rank(one)?, one))).collect();
    // Among equals the order of the book, newest first, stays.
    found.sort_by_key(|(fit, _)| *fit);
    found.truncate(HITS);
    found.into_iter().map(|(_, one)| one).collect()
}
