//! Everything that is public on a day, as one thing that can be asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::SubjectScheme;
use zhiheng_judge::subject::{CreditReport, Pins, Scope, SubjectVerdict, report};
use zhiheng_record::verify::to_hex;

use super::{Change, Notice, Outcome, Publication, Tables, change, holds, notice, outcome};
use crate::credit::{Known, graded};
use crate::desk::Desk;
use crate::trouble::Trouble;

/// Record type of what is known of enterprises.
pub const STATEMENT: &str = "credit.statement";

/// What is public.
#[derive(Clone, Debug)]
pub struct Book {
    /// Number of ledger entries.
    pub size: u64,
    /// Catalog.
    pub catalog: String,
    /// Day.
    pub day: Date,
    /// Publications in force, the newest first.
    pub publications: Vec<Publication>,
    /// Publications whose time is over: that there was one is no secret, what it said is.
    pub over: Vec<Publication>,
    /// Published results, the newest first.
    pub outcomes: Vec<Outcome>,
    /// Recalls that go on, the newest first.
    pub notices: Vec<Notice>,
    /// Recalls that are finished.
    pub finished: Vec<Notice>,
    /// What changed after publications, the newest first.
    pub changes: Vec<Change>,
    /// Public credit reports by credit code, of enterprises of which there is a public statement.
    pub enterprises: BTreeMap<String, CreditReport>,
    /// Tables by the entry of their publication.
    tables: BTreeMap<u64, Arc<Tables>>,
}

impl Book {
    /// Reads what is public on `day`. Tables that `before` has are not computed again: they rest on a ledger size of their own.
    ///
    /// Errors: those of the lake and of the ledger.
    pub async fn read(desk: &Desk, day: Date, before: Option<&Book>) -> Result<Book, Trouble> {
        let (publications, over): (Vec<_>, Vec<_>) = (desk.publications().await?.into_iter())
            .filter(|one| one.from <= day)
            .partition(|one| holds(one.from, one.until, day));
        let mut tables = BTreeMap::new();
        for one in &publications {
            let known = before.and_then(|book| book.tables.get(&one.entry)).cloned();
            let table = match known {
                Some(known) => known,
                None => Arc::new(desk.public_tables(one).await?),
            };
            tables.insert(one.entry, table);
        }
        let mut outcomes: Vec<Outcome> = read(desk, outcome::RECORD, Outcome::of).await?;
        outcomes.retain(|one| one.on <= day);
        outcomes.sort_by(|a, b| (b.on, b.entry).cmp(&(a.on, a.entry)));
        let mut all: Vec<Notice> = read(desk, notice::RECORD, Notice::of).await?;
        all.retain(|one| one.from <= day);
        all.sort_by(|a, b| (b.from, b.entry).cmp(&(a.from, a.entry)));
        // The day on which a recall is finished is not one of it any more.
        let (notices, finished) = all.into_iter().partition(|one| one.until.is_none_or(|until| day < until));
        let mut changes: Vec<Change> = read(desk, change::RECORD, Change::of).await?;
        changes.retain(|one| one.on <= day);
        changes.sort_by(|a, b| (b.on, b.entry).cmp(&(a.on, a.entry)));
        let enterprises = enterprises(desk, day).await?;
        Ok(Book {
            size: desk.engine.size(),
            catalog: desk.catalog.digest.clone(),
            day,
            publications,
            over,
            outcomes,
            notices,
            finished,
            changes,
            enterprises,
            tables,
        })
    }

    /// The publication in force with this number, or with this name in an address (see [`Publication::name`]).
    pub fn publication(&self, number: &str) -> Option<&Publication> {
        self.publications.iter().find(|one| one.number == number || one.name() == number)
    }

    /// The tables of a publication in force.
    pub fn tables(&self, of: &Publication) -> Option<&Tables> {
        self.tables.get(&of.entry).map(Arc::as_ref)
    }

    /// What is public of a region with all below it: the book with everything else left out.
    pub fn of_region(&self, region: RegionCode) -> (Vec<&Publication>, Vec<&Outcome>, Vec<&Notice>) {
        (
            self.publications.iter().filter(|one| region.contains(one.region)).collect(),
            self.outcomes.iter().filter(|one| region.contains(one.region)).collect(),
            self.notices.iter().filter(|one| region.contains(one.region)).collect(),
        )
    }
}

async fn read<T>(
    desk: &Desk,
    of: &str,
    make: fn(u64, &serde_json::Map<String, serde_json::Value>) -> Option<T>,
) -> Result<Vec<T>, Trouble> {
    // A project may have a catalog of its own without the institution.
    if !desk.catalog.records.contains_key(of) {
        return Ok(Vec::new());
    }
    let rows = desk.engine.records(of, None, None).await?;
    Ok(rows.iter().filter_map(|row| make(row.entry, &row.data)).collect())
}

async fn enterprises(desk: &Desk, day: Date) -> Result<BTreeMap<String, CreditReport>, Trouble> {
    if !desk.catalog.records.contains_key(STATEMENT) {
        return Ok(BTreeMap::new());
    }
    let known = Known::read(&desk.ledger, &desk.catalog, STATEMENT, day, Some(desk.engine.size())).await?;
    let root = to_hex(&desk.ledger.root_at(known.size).await?);
    let mut all = BTreeMap::new();
    for holder in known.files.files.keys() {
        let Some(one) = drawn(&desk.catalog, &known, holder, Scope::Public, day, &root)? else { continue };
        // Whoever has nothing public is not there: not even a grade, which would tell of the rest.
        if !one.sections.is_empty() {
            all.insert(holder.clone(), one);
        }
    }
    Ok(all)
}

/// The credit report of an enterprise in a scope, over what is known; `root` is the ledger's at that size. Personal fields are as `known` has
/// them.
///
/// Errors: ZH7030 if the catalog has no statements.
pub fn drawn(
    catalog: &Catalog,
    known: &Known,
    holder: &str,
    scope: Scope,
    day: Date,
    root: &str,
) -> Result<Option<CreditReport>, Diagnostic> {
    let record = crate::row::record_type(catalog, STATEMENT)?;
    let Some(file) = known.files.files.get(holder) else { return Ok(None) };
    let schemes = catalog.subject_schemes.values().filter(|scheme| scheme.of == STATEMENT);
    let verdicts: Vec<(&SubjectScheme, SubjectVerdict)> =
        schemes.map(|scheme| (scheme, graded(scheme, known, holder, day))).collect();
    let graded: Vec<(&SubjectScheme, &SubjectVerdict)> =
        verdicts.iter().map(|(scheme, verdict)| (*scheme, verdict)).collect();
    let pins =
        Pins { ledger_size: known.size, ledger_root: Some(root.to_owned()), catalog: catalog.digest.clone() };
    Ok(Some(report(catalog, record, file, &graded, scope, day, pins)))
}
