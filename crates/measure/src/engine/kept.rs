//! Answers that are kept until the records that they rest on change.
//!
//! Only what is asked of the newest state is kept. Each answer goes with a seal of the tables that it was made from, so
//! that records of another type, such as a step of a case, leave it as it is. What rests on more tables than are known
//! here goes with the ledger size. Every box is bounded; a full one begins anew.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::{Indicator, IndicatorKind};

use super::Engine;
use super::ask::{Answers, Ask, Group};
use super::figures::{Figures, Spec};
use super::query::Query;
use super::ready::Ready;
use super::reported::Handed;
use super::weighted::Weight;
use crate::address::Basis;

/// Most numbers kept; about a kilobyte each.
const NUMBERS_MAX: usize = 16_384;
/// Most rows kept on a shelf, over all indicators; about a hundred bytes each.
const ROWS_MAX: usize = 1_000_000;

/// Most groups kept of passes over the lake; up to half a kilobyte each.
const GROUPS_MAX: usize = 65_536;

/// What is kept.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Rows of tables as indicators count them.
    pub(crate) ready: Shelf<Ready>,
    /// Figures that departments handed in, by indicator.
    pub(crate) handed: Shelf<Vec<Handed>>,
    /// Weights, by indicator.
    pub(crate) weights: Shelf<Vec<Weight>>,
    figures: Mutex<HashMap<(Query, u64), Arc<Figures>>>,
    passes: Mutex<Passes>,
}

/// A question to the lake about the newest state of a table, which its seal names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Asked {
    indicator: String,
    group: Group,
    spans: Vec<(i32, i32)>,
    cuts: Vec<(String, String)>,
    by: Vec<String>,
    basis: Basis,
    on: Option<i32>,
    seal: u64,
}

/// Answers of the lake. A cell that is being filled is one pass, for which all wait who ask the same.
#[derive(Debug, Default)]
struct Passes {
    cells: HashMap<Asked, Arc<OnceCell<Answers>>>,
    /// Groups in the cells that are filled.
    groups: usize,
}

/// Something for each indicator, as long as its table's seal holds.
#[derive(Debug)]
pub(crate) struct Shelf<T>(Mutex<BTreeMap<String, (u64, usize, Arc<T>)>>);

impl<T> Default for Shelf<T> {
    fn default() -> Shelf<T> {
        Shelf(Mutex::default())
    }
}

impl<T> Shelf<T> {
    pub(crate) fn get(&self, indicator: &str, seal: u64) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(indicator).filter(|(known, ..)| *known == seal).map(|(.., one)| Arc::clone(one))
    }

    /// Keeps something of `n_rows` rows.
    pub(crate) fn put(&self, indicator: &str, seal: u64, n_rows: usize, one: T) -> Arc<T> {
        let one = Arc::new(one);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(indicator);
        if kept.values().map(|(_, n_rows, _)| n_rows).sum::<usize>() + n_rows > ROWS_MAX {
            kept.clear();
        }
        kept.insert(indicator.to_owned(), (seal, n_rows, Arc::clone(&one)));
        one
    }
}

impl Kept {
    /// Makes room for what a pass has found. Whoever waits for a cell holds it.
    fn count_pass(&self, groups: usize) {
        let mut passes = self.passes.lock().unwrap_or_else(PoisonError::into_inner);
        passes.groups += groups.max(1);
        if passes.groups > GROUPS_MAX {
            *passes = Passes::default();
        }
    }

    fn figures(&self, key: &(Query, u64)) -> Option<Arc<Figures>> {
        self.figures.lock().unwrap_or_else(PoisonError::into_inner).get(key).map(Arc::clone)
    }

    fn keep_figures(&self, key: (Query, u64), figures: &Figures) {
        let mut kept = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.values().map(|figures| figures.len().max(1)).sum::<usize>() + figures.len() > NUMBERS_MAX {
            kept.clear();
        }
        kept.insert(key, Arc::new(figures.clone()));
    }
}

/// The record types that an indicator of a kind that needs a query is made of; `None` if they are not known.
fn tables(indicator: &Indicator) -> Option<Vec<&str>> {
    let own = indicator.kind.over()?.record.as_str();
    match &indicator.kind {
        IndicatorKind::Proportion { weights: Some(weights), .. } => Some(vec![own, &weights.record]),
        IndicatorKind::Proportion { design: Some(_), .. } => Some(vec![own]),
        _ => None,
    }
}

impl Engine {
    /// Whether answers of this kind are worth keeping: those that a roll-up or a table in memory does not give.
    fn is_kept(&self, spec: &Spec<'_>) -> bool {
        self.small_rows > 0
            && spec.as_of == self.size()
            && matches!(
                spec.indicator.kind,
                IndicatorKind::Method(_)
                    | IndicatorKind::Proportion { weights: Some(_), .. }
                    | IndicatorKind::Proportion { design: Some(_), .. }
            )
    }

    fn key(&self, spec: &Spec<'_>) -> (Query, u64) {
        let query = Query { as_of: None, ..spec.query.clone() };
        let mut hash = DefaultHasher::new();
        match tables(spec.indicator) {
            Some(tables) => tables.into_iter().for_each(|of| self.seal(of).hash(&mut hash)),
            None => self.size().hash(&mut hash),
        }
        (query, hash.finish())
    }

    /// The kept answer to a question, at the ledger size asked for.
    pub(crate) fn kept_figures(&self, spec: &Spec<'_>) -> Option<Figures> {
        if !self.is_kept(spec) {
            return None;
        }
        let mut figures = Figures::clone(&*self.kept.figures(&self.key(spec))?);
        for measure in figures.values_mut() {
            measure.address.as_of = Some(spec.as_of);
            measure.ledger_size = spec.as_of;
        }
        Some(figures)
    }

    /// Keeps an answer.
    pub(crate) fn keep_figures(&self, spec: &Spec<'_>, figures: &Figures) {
        if self.is_kept(spec) {
            self.kept.keep_figures(self.key(spec), figures);
        }
    }

    /// The lake's answer; that to a question about the newest state is kept.
    pub(crate) async fn from_lake_once(&self, ask: &Ask<'_>) -> Result<Answers, Diagnostic> {
        if self.small_rows == 0 || ask.as_of != self.size() {
            return self.from_lake(ask).await;
        }
        let asked = Asked {
            indicator: ask.indicator.head.id.clone(),
            group: ask.group,
            spans: ask.spans.clone(),
            cuts: ask.cuts.to_vec(),
            by: ask.by.to_vec(),
            basis: ask.basis,
            on: ask.on,
            seal: self.seal(&self.table_of(ask.indicator)?.of),
        };
        let cell = {
            let mut passes = self.kept.passes.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(passes.cells.entry(asked).or_default())
        };
        let filled = cell.get_or_try_init(|| async {
            let answers = self.from_lake(ask).await?;
            self.kept.count_pass(answers.len());
            Ok::<_, Diagnostic>(answers)
        });
        filled.await.cloned()
    }

    /// Whether a table is small enough to be held in memory, for a question of this size.
    pub(crate) fn is_small(&self, of: &str, as_of: u64) -> bool {
        self.small_rows > 0 && as_of == self.size() && self.lake.rows(of) <= self.small_rows
    }

    /// What a table is made of now: its files, and which of their rows no longer count.
    pub(crate) fn seal(&self, of: &str) -> u64 {
        let mut hash = DefaultHasher::new();
        of.hash(&mut hash);
        for (_, part) in self.lake.manifest.parts(of) {
            // Files are named by their content.
            part.file.hash(&mut hash);
            for one in &part.superseded {
                (one.entry, one.by, one.withdrawn, one.back).hash(&mut hash);
            }
        }
        hash.finish()
    }
}
