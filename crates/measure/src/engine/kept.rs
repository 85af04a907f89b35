//! Answers that are kept until the records that they rest on change.
//!
//! Only what is asked of the newest state is kept. Each answer goes with a seal of the tables that it was made from, so
//! that records of another type, such as a step of a case, leave it as it is. What rests on more tables than are known
//! here goes with the ledger size. Both boxes are bounded; a full one begins anew.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use zhiheng_catalog::model::{Indicator, IndicatorKind};

use super::Engine;
use super::figures::{Figures, Spec};
use super::query::Query;
use super::ready::Ready;

/// Most numbers kept; about a kilobyte each.
const NUMBERS_MAX: usize = 16_384;
/// Most rows kept, over all indicators; under a hundred bytes each.
const ROWS_MAX: usize = 1_000_000;

/// The two boxes.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    ready: Mutex<BTreeMap<String, (u64, Arc<Ready>)>>,
    figures: Mutex<HashMap<(Query, u64), Arc<Figures>>>,
}

impl Kept {
    pub(crate) fn ready(&self, indicator: &str, seal: u64) -> Option<Arc<Ready>> {
        let kept = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(indicator).filter(|(known, _)| *known == seal).map(|(_, ready)| Arc::clone(ready))
    }

    pub(crate) fn keep_ready(&self, indicator: &str, seal: u64, ready: &Arc<Ready>) {
        let mut kept = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.values().map(|(_, ready)| ready.n_rows()).sum::<usize>() + ready.n_rows() > ROWS_MAX {
            kept.clear();
        }
        kept.insert(indicator.to_owned(), (seal, Arc::clone(ready)));
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
        IndicatorKind::Reported { .. } => Some(vec![own]),
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
                IndicatorKind::Reported { .. }
                    | IndicatorKind::Method(_)
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
