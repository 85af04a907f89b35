//! What stands behind an indicator: the record type at the bottom, the dimensions that all it is made of allow; and what
//! stands behind the codes of attachments.

use zhiheng_base::Words;

use crate::load::Catalog;
use crate::model::{Indicator, evidence_lists};

/// Long enough for any honest chain of indicators, and an end for circles.
const DEPTH_MAX: usize = 16;

impl Catalog {
    /// What a kind of attachment is called in a procedure; `None` if no list has it.
    pub fn evidence_name(&self, procedure: &str, kind: &str) -> Option<&Words> {
        let items = evidence_lists(&self.lists, procedure).into_iter().flatten().flat_map(|list| &list.items);
        items.into_iter().find(|item| item.code == kind).map(|item| &item.name)
    }

    /// The record type at the bottom of an indicator; for kinds made of others that of the first.
    pub fn record_behind(&self, id: &str) -> Option<&str> {
        let mut id = id;
        for _ in 0..DEPTH_MAX {
            let kind = &self.indicators.get(id)?.kind;
            if let Some(over) = kind.over() {
                return Some(&over.record);
            }
            id = kind.inputs().first()?;
        }
        None
    }

    /// Dimensions by which an indicator may be cut: its own, or for kinds made of others what all of them allow.
    pub fn dimensions(&self, indicator: &Indicator) -> Vec<String> {
        self.dimensions_at(indicator, 0)
    }

    fn dimensions_at(&self, indicator: &Indicator, depth: usize) -> Vec<String> {
        if !indicator.by.is_empty() || depth > DEPTH_MAX {
            return indicator.by.clone();
        }
        let mut all = (indicator.kind.inputs().into_iter()).map(|id| {
            self.indicators.get(id).map(|of| self.dimensions_at(of, depth + 1)).unwrap_or_default()
        });
        let mut first = all.next().unwrap_or_default();
        for other in all {
            first.retain(|name| other.contains(name));
        }
        first
    }
}
