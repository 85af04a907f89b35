//! The scope of a recall (召回范围): what is affected, where it is, who got it, and what nobody knows.
//!
//! Whatever is not excluded counts as affected: a class recorded without its lot, a piece that was shipped and never
//! received. A recall that misses one carton has failed; one that asks for one too many has not.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::Decimal;

use super::ledger::Dimension;
use super::state::State;
use super::{Node, Sure, World};
use crate::dictionary::TermId;

pub use super::state::Fate;

/// A thing that is affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// The thing.
    pub node: Node,
    /// Links from the start; 0 for the start itself.
    pub links: u32,
    /// Whether the way to it is recorded.
    pub sure: Sure,
    /// Its last state.
    pub state: State,
    /// For lots and classes: stock by site in base units, as far as amounts are known.
    pub stock: BTreeMap<(Option<TermId>, Dimension), Decimal>,
}

/// The answer to a recall in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many pieces by fate.
    pub pieces: BTreeMap<Fate, usize>,
    /// How many lots and classes.
    pub lots: usize,
    /// How many pieces at each place where pieces are.
    pub sites: BTreeMap<TermId, usize>,
    /// Everybody who got something affected.
    pub recipients: BTreeSet<TermId>,
    /// Things whose link is only possible.
    pub possible: usize,
}

/// The answer to a recall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// All that is affected: the start, then what was reached, the nearest first.
    pub affected: Vec<Affected>,
    /// The same in figures.
    pub summary: Summary,
}

impl World {
    /// What recalling `start` affects: pieces, lots, classes or containers. A class means all its lots and pieces, a
    /// container all that was ever in it. Each with its links from the start and how sure they are, the nearest first.
    pub fn affected(&self, start: &[Node]) -> Vec<(Node, u32, Sure)> {
        let start = self.widen(start);
        let list: Vec<Node> = start.iter().copied().collect();
        let mut out: Vec<(Node, u32, Sure)> = list.iter().map(|&node| (node, 0, Sure::Recorded)).collect();
        let reached = self.downstream(&list);
        out.extend(
            reached
                .into_iter()
                .filter(|(node, _)| !start.contains(node))
                .map(|(node, step)| (node, step.links, step.sure)),
        );
        out
    }

    /// The scope in figures: what a dashboard and the first page of a recall show.
    pub fn summary(&self, start: &[Node]) -> Summary {
        let start: Vec<Node> = self.widen(start).into_iter().collect();
        self.sweep(&start, |sweep| {
            let mut summary = Summary { possible: sweep.possible, ..Summary::default() };
            let mut pieces = [0_usize; Fate::ALL.len()];
            // each fate with its place is counted once, so no place comes twice
            let mut sites: Vec<(TermId, usize)> = Vec::new();
            for (spot, count) in sweep.tally.spots(self) {
                if !spot.is_piece {
                    summary.lots += count;
                    continue;
                }
                if let Some(own) = pieces.get_mut(spot.fate as usize) {
                    *own += count;
                }
                sites.extend(spot.site.filter(|_| spot.fate == Fate::At).map(|site| (site, count)));
            }
            summary.pieces = Fate::ALL.into_iter().zip(pieces).filter(|(_, count)| *count > 0).collect();
            sites.sort_unstable_by_key(|(site, _)| site.0);
            summary.sites = sites.into_iter().collect();
            summary.recipients = sweep.tally.recipients.iter().copied().collect();
            summary
        })
    }

    /// The scope of recalling `start`, thing by thing.
    pub fn scope(&self, start: &[Node]) -> Scope {
        let affected = self.affected(start).into_iter().map(|(node, links, sure)| Affected {
            node,
            links,
            sure,
            state: self.state(node),
            stock: if self.is_piece(node) { BTreeMap::new() } else { self.stock(node, i64::MAX) },
        });
        Scope { affected: affected.collect(), summary: self.summary(start) }
    }

    /// A class with its lots and pieces, a container with what was ever inside.
    fn widen(&self, start: &[Node]) -> BTreeSet<Node> {
        let mut out: BTreeSet<Node> = BTreeSet::new();
        let mut queue: Vec<Node> = start.to_vec();
        while let Some(node) = queue.pop() {
            if !out.insert(node) {
                continue;
            }
            if self.is_class(node)
                && let Some(class) = self.thing(node).and_then(crate::dictionary::Thing::class)
            {
                queue.extend(self.members.get(class.0 as usize).into_iter().flatten());
            }
            queue.extend(self.was_in(node));
        }
        out
    }
}
