//! The table of contents: every definition with what a list shows of it.

use zhiheng_base::{Date, Words};

use crate::load::Catalog;
use crate::model::Head;

/// A definition in the table of contents.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'c> {
    /// `record`, `list`, `indicator`, `source`, `report`, `scheme`, `procedure`, `letter`, `clock`.
    pub kind: &'static str,
    /// Id.
    pub id: &'c str,
    /// Name.
    pub name: &'c Words,
    /// Unit that owns it; letters and clocks belong to the procedures that use them.
    pub owner: Option<&'c str>,
    /// First day of validity, if one is written.
    pub since: Option<Date>,
    /// Whether the rule behind it has been seen; letters are as sure as the procedures that write them.
    pub confirmed: bool,
}

/// All definitions, by kind and id.
pub fn entries(catalog: &Catalog) -> Vec<Entry<'_>> {
    let mut heads: Vec<(&'static str, &Head)> = Vec::new();
    heads.extend(catalog.records.values().map(|record| ("record", &record.head)));
    heads.extend(catalog.lists.values().map(|list| ("list", &list.head)));
    heads.extend(catalog.indicators.values().map(|indicator| ("indicator", &indicator.head)));
    heads.extend(catalog.sources.values().map(|source| ("source", &source.head)));
    heads.extend(catalog.reports.values().map(|report| ("report", &report.head)));
    heads.extend(catalog.schemes.values().map(|scheme| ("scheme", &scheme.head)));
    heads.extend(catalog.subject_schemes.values().map(|scheme| ("subject-scheme", &scheme.head)));
    heads.extend(catalog.procedures.values().map(|procedure| ("procedure", &procedure.head)));
    let mut all: Vec<Entry<'_>> = Vec::new();
    all.extend(heads.into_iter().map(|(kind, head)| Entry {
        kind,
        id: &head.id,
        name: &head.name,
        owner: Some(&head.owner),
        since: Some(head.since),
        confirmed: head.confirmed,
    }));
    all.extend(catalog.letters.values().map(|letter| Entry {
        kind: "letter",
        id: &letter.id,
        name: &letter.title,
        owner: None,
        since: None,
        confirmed: true,
    }));
    all.extend(catalog.clocks.values().map(|clock| Entry {
        kind: "clock",
        id: &clock.id,
        name: &clock.name,
        owner: None,
        since: clock.since,
        confirmed: clock.confirmed,
    }));
    all
}
