//! From reports to the 2×2 table of each pair of product and event.
//!
//! **Formula.** `a` reports with both, `b` with the product and not the event, `c` with the event and not
//! the product, `d` with neither; expected `E = (a + b)(a + c)/N`, by strata the sum of the strata's.
//!
//! **Source.** DuMouchel (1999), *The American Statistician* 53:177–190; counting every report once, as R
//! `openEBGM::processRaw` does.
//!
//! **When not to use it.** With duplicate reports of one case under several numbers: remove them before.

use crate::refusal::{Refusal, at_least};

/// Reports with and without a product and an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contingency {
    /// Reports with both.
    pub a: u64,
    /// With the product, without the event.
    pub b: u64,
    /// With the event, without the product.
    pub c: u64,
    /// With neither.
    pub d: u64,
}

impl Contingency {
    /// All reports.
    pub fn total(&self) -> f64 {
        self.a as f64 + self.b as f64 + self.c as f64 + self.d as f64
    }

    /// Reports with both if product and event had nothing to do with each other; 0 for an empty table.
    pub fn expected(&self) -> f64 {
        let total = self.total();
        if total == 0.0 { 0.0 } else { self.with_product() * self.with_event() / total }
    }

    pub(super) fn with_product(&self) -> f64 {
        self.a as f64 + self.b as f64
    }

    pub(super) fn with_event(&self) -> f64 {
        self.a as f64 + self.c as f64
    }
}

/// A pair that was reported at least once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The product's code.
    pub product: u32,
    /// The event's code.
    pub event: u32,
    /// Its table over all reports.
    pub table: Contingency,
    /// Expected reports with both, by strata where there are any.
    pub expected: f64,
}

/// `n` reports, each with this product and this event and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The product's code.
    pub product: u32,
    /// The event's code.
    pub event: u32,
    /// How many such reports.
    pub n: u64,
}

/// One product and one event of a report that may name several of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The report's number.
    pub report: u32,
    /// The stratum the report belongs to (age group, year); 0 for all if there are none.
    pub stratum: u32,
    /// The product's code.
    pub product: u32,
    /// The event's code.
    pub event: u32,
}

/// The table of every pair, in the order of product and event; counts of the same pair add up, pairs
/// without report are left out.
///
/// Refuses no reports, and more than 2⁵³ of them.
///
/// ```
/// use zhiheng_methods::disproportionality::table::{Contingency, Count, from_counts};
/// let count = |product, event, n| Count { product, event, n };
/// let pairs = from_counts(&[count(1, 1, 4), count(1, 2, 6), count(2, 1, 5), count(2, 2, 85)]).unwrap();
/// assert_eq!(pairs[0].table, Contingency { a: 4, b: 6, c: 5, d: 85 });
/// assert_eq!(pairs[0].expected, 0.9);
/// ```
pub fn from_counts(counts: &[Count]) -> Result<Vec<Pair>, Refusal> {
    let mut cells: Vec<Count> = counts.iter().copied().filter(|count| count.n > 0).collect();
    at_least("n", cells.len(), 1)?;
    let total: u128 = cells.iter().map(|cell| u128::from(cell.n)).sum();
    if total > 1 << 53 {
        return Err(Refusal::OutOfRange { what: "n", value: total as f64, allowed: "at most 2^53 in all" });
    }
    cells.sort_unstable_by_key(|cell| (cell.product, cell.event));
    cells.dedup_by(|next, kept| {
        let same = (next.product, next.event) == (kept.product, kept.event);
        if same {
            kept.n += next.n;
        }
        same
    });
    let products = Totals::of(cells.iter().map(|cell| (cell.product, cell.n)));
    let events = Totals::of(cells.iter().map(|cell| (cell.event, cell.n)));
    Ok(cells.iter().map(|cell| pair(cell, &products, &events, total as u64)).collect())
}

/// The table of every pair of reports that may name several products and events: a report counts once,
/// however often it names them. Expected counts are summed over strata.
///
/// Refuses no mentions, and a report in two strata.
///
/// ```
/// use zhiheng_methods::disproportionality::table::{Contingency, Mention, from_mentions};
/// let mention = |report, product, event| Mention { report, stratum: 0, product, event };
/// // report 1 names two products with one event, report 2 another product and event
/// let pairs = from_mentions(&[mention(1, 1, 1), mention(1, 2, 1), mention(2, 3, 2)]).unwrap();
/// assert_eq!(pairs[0].table, Contingency { a: 1, b: 0, c: 0, d: 1 });
/// ```
pub fn from_mentions(mentions: &[Mention]) -> Result<Vec<Pair>, Refusal> {
    at_least("report", mentions.len(), 1)?;
    let mut rows = mentions.to_vec();
    rows.sort_unstable();
    rows.dedup();
    if let Some(two) =
        rows.windows(2).find(|two| two[0].report == two[1].report && two[0].stratum != two[1].stratum)
    {
        return Err(Refusal::Contradiction { what: format!("report {} is in two strata", two[0].report) });
    }
    let reports = unique(rows.iter().map(|row| (row.stratum, 0, row.report)));
    let of_product = unique(rows.iter().map(|row| (row.stratum, row.product, row.report)));
    let of_event = unique(rows.iter().map(|row| (row.stratum, row.event, row.report)));
    let products = Totals::of(of_product.iter().map(|row| (row.1, 1)));
    let events = Totals::of(of_event.iter().map(|row| (row.1, 1)));
    let mut counts: Vec<Count> =
        rows.iter().map(|row| Count { product: row.product, event: row.event, n: 1 }).collect();
    counts.sort_unstable_by_key(|cell| (cell.product, cell.event));
    counts.dedup_by(|next, kept| {
        let same = (next.product, next.event) == (kept.product, kept.event);
        kept.n += u64::from(same);
        same
    });
    let total = reports.len() as u64;
    let mut pairs: Vec<Pair> = counts.iter().map(|cell| pair(cell, &products, &events, total)).collect();
    let strata = Totals::of(reports.iter().map(|row| (row.0, 1)));
    if strata.0.len() > 1 {
        for pair in &mut pairs {
            pair.expected = 0.0;
        }
        // strata one by one, so that a stratum's totals are at hand
        for &(stratum, size) in &strata.0 {
            let within = |rows: &[(u32, u32, u32)]| {
                let from = rows.partition_point(|row| row.0 < stratum);
                let to = rows.partition_point(|row| row.0 <= stratum);
                Totals::of(rows[from..to].iter().map(|row| (row.1, 1)))
            };
            let (products, events) = (within(&of_product), within(&of_event));
            for pair in &mut pairs {
                let both = products.get(pair.product) as f64 * events.get(pair.event) as f64;
                pair.expected += both / size as f64;
            }
        }
    }
    Ok(pairs)
}

fn pair(cell: &Count, products: &Totals, events: &Totals, total: u64) -> Pair {
    let (b, c) = (products.get(cell.product) - cell.n, events.get(cell.event) - cell.n);
    let table = Contingency { a: cell.n, b, c, d: total - cell.n - b - c };
    Pair { product: cell.product, event: cell.event, table, expected: table.expected() }
}

fn unique(rows: impl Iterator<Item = (u32, u32, u32)>) -> Vec<(u32, u32, u32)> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Totals by code, sorted.
struct Totals(Vec<(u32, u64)>);

impl Totals {
    fn of(rows: impl Iterator<Item = (u32, u64)>) -> Self {
        let mut rows: Vec<(u32, u64)> = rows.collect();
        rows.sort_unstable_by_key(|row| row.0);
        rows.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        Self(rows)
    }

    fn get(&self, code: u32) -> u64 {
        self.0.binary_search_by_key(&code, |row| row.0).map_or(0, |at| self.0[at].1)
    }
}
