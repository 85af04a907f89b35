//! Secondary suppression: the gaps beside the sensitive cells that keep these from being worked out.
//!
//! For each sensitive cell the cheapest ways round it are opened until it could be as much larger as its level asks. Then every
//! gap that is not needed is closed again, the dearest first. The search is a heuristic (the cheapest pattern is NP-hard to
//! find); what it ends with is audited whole.

use super::audit::{Audit, Interval};
use super::network::Arc;
use super::rule::{Reason, Rule};
use super::table::Table;
use crate::refusal::Refusal;

/// Most ways round one cell.
const WAYS_MAX: usize = 10_000;

/// What a gap beside the sensitive ones costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// Its value: as little as possible of the whole is hidden.
    #[default]
    Value,
    /// One for each: as few cells as possible.
    Cells,
}

/// A cell as it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Why it is not published; `None` if it is.
    pub reason: Option<Reason>,
    /// By how much more than its value it must be possible.
    pub level: u64,
    /// What anybody can work out of it, if it is a gap.
    pub interval: Option<Interval>,
    /// A sensitive cell that could not be protected: its interval is too narrow, or a single contributor of another gap can tell
    /// it.
    pub open: bool,
}

/// A table's cells, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// In the order of the cells.
    pub cells: Vec<Judged>,
}

impl Protection {
    /// Whether the table can be published with its gaps.
    pub fn is_safe(&self) -> bool {
        self.cells.iter().all(|cell| !cell.open)
    }

    /// Number of gaps that the rule asks for, and of those beside them.
    pub fn gaps(&self) -> (usize, usize) {
        let beside = self.cells.iter().filter(|cell| cell.reason == Some(Reason::Beside)).count();
        let all = self.cells.iter().filter(|cell| cell.reason.is_some()).count();
        (all - beside, beside)
    }
}

/// Which cells of a table must not be published by a rule, and which others so that none of these can be worked out; with
/// `totals_stay`, no total is given up for another cell.
///
/// Protected means: every sensitive cell could be larger by its level, and no single contributor of another gap, who knows that
/// cell, can tell it. A contributor who is alone in several gaps is not looked for.
pub fn protect(table: &Table, rule: &Rule, weight: Weight, totals_stay: bool) -> Result<Protection, Refusal> {
    let cells = table.cells();
    if rule.asks_for_largest() {
        let silent = |at: &usize| cells[*at].largest.is_empty() && cells[*at].contributors > 0;
        if (0..cells.len()).filter(|at| !table.is_total(*at)).any(|at| silent(&at)) {
            return Err(Refusal::Empty { what: "largest" });
        }
    }
    let primary: Vec<Option<(Reason, u64)>> = cells.iter().map(|cell| rule.judge(cell)).collect();
    let dear = |at: usize| match weight {
        Weight::Value => u128::from(cells[at].value) + 1,
        // A total stands for all its cells.
        Weight::Cells => {
            if table.is_total(at) {
                cells.len() as u128
            } else {
                1
            }
        }
    };
    let search = Search {
        audit: Audit::new(table),
        costs: (0..cells.len()).map(dear).collect(),
        free: (0..cells.len())
            .map(|at| !cells[at].is_empty() && !(totals_stay && table.is_total(at)))
            .collect(),
        primary: &primary,
    };
    let mut gaps: Vec<bool> = primary.iter().map(Option::is_some).collect();
    let order = search.hardest_first();
    for &at in &order {
        search.open_ways(at, None, primary[at].map_or(1, |(_, level)| level), &mut gaps)?;
    }
    search.against_insiders(&order, &mut gaps)?;
    search.close_what_is_not_needed(&order, &mut gaps);
    let judged = |at: usize| Judged {
        reason: gaps[at].then(|| primary[at].map_or(Reason::Beside, |(reason, _)| reason)),
        level: primary[at].map_or(0, |(_, level)| level),
        interval: gaps[at].then(|| search.audit.interval(at, &gaps, None)),
        open: primary[at].is_some() && !search.is_safe(at, &gaps),
    };
    Ok(Protection { cells: (0..cells.len()).map(judged).collect() })
}

struct Search<'t> {
    audit: Audit<'t>,
    costs: Vec<u128>,
    /// Which cells may become gaps.
    free: Vec<bool>,
    primary: &'t [Option<(Reason, u64)>],
}

impl Search<'_> {
    /// Sensitive cells, those that need the most first.
    fn hardest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> =
            (0..self.primary.len()).filter(|&at| self.primary[at].is_some()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(self.primary[at].map(|(_, level)| level)), at));
        order
    }

    /// Opens gaps until a cell can rise by `level`, for somebody who knows `insider`; as far as that can be.
    fn open_ways(
        &self,
        at: usize,
        insider: Option<usize>,
        level: u64,
        gaps: &mut [bool],
    ) -> Result<(), Refusal> {
        // Ways over gaps that are there already cost nothing; how much they carry is known at once.
        if self.audit.rise(at, gaps, insider, Some(level)).is_none_or(|up| up >= level) {
            return Ok(());
        }
        let mut left: Vec<u128> = self.audit.values.iter().map(|&value| u128::from(value)).collect();
        let mut missing = u128::from(level);
        for _ in 0..WAYS_MAX {
            if missing == 0 {
                return Ok(());
            }
            let Some(way) = self.cheapest(at, insider, gaps, &left) else { return Ok(()) };
            let narrowest = way.iter().filter(|(_, with)| !with).map(|&(arc, _)| left[arc]).min();
            let push = narrowest.map_or(missing, |narrowest| narrowest.min(missing));
            for &(arc, with) in &way {
                gaps[arc] = true;
                if with {
                    left[arc] += push;
                } else {
                    left[arc] -= push;
                }
            }
            missing -= push;
        }
        Err(Refusal::NotConverged { what: "the search for secondary suppressions", steps: WAYS_MAX })
    }

    /// The cheapest way from the head of a cell's arc back to its tail; of equally cheap ones the shortest (Bellman and Ford).
    fn cheapest(
        &self,
        at: usize,
        insider: Option<usize>,
        gaps: &[bool],
        left: &[u128],
    ) -> Option<Vec<(usize, bool)>> {
        let network = &self.audit.table.network;
        let Arc { from: end, to: start } = network.arcs[at];
        let usable: Vec<usize> = (0..network.arcs.len())
            .filter(|&arc| arc != at && Some(arc) != insider && (gaps[arc] || self.free[arc]))
            .collect();
        let mut best: Vec<Option<(u128, usize)>> = vec![None; network.nodes];
        let mut came: Vec<Option<(usize, bool)>> = vec![None; network.nodes];
        best[start] = Some((0, 0));
        loop {
            let mut changed = false;
            for &arc in &usable {
                let Arc { from, to } = network.arcs[arc];
                let cost = if gaps[arc] { 0 } else { self.costs[arc] };
                for (near, far, with) in [(from, to, true), (to, from, false)] {
                    let Some((sum, n)) = best[near].filter(|_| with || left[arc] > 0) else { continue };
                    let reached = (sum + cost, n + 1);
                    if best[far].is_none_or(|known| reached < known) {
                        best[far] = Some(reached);
                        came[far] = Some((arc, with));
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let mut way = Vec::new();
        let mut node = end;
        while node != start {
            let (arc, with) = came[node]?;
            way.push((arc, with));
            node = if with { network.arcs[arc].from } else { network.arcs[arc].to };
        }
        Some(way)
    }

    /// Whoever is alone behind a gap knows it: for them, too, the sensitive cells must stay unknown.
    fn against_insiders(&self, order: &[usize], gaps: &mut [bool]) -> Result<(), Refusal> {
        loop {
            let before = gaps.iter().filter(|gap| **gap).count();
            for insider in self.insiders(gaps) {
                for &at in order {
                    if !self.is_own(insider, at) && !self.audit.is_unknown_to(insider, at, gaps) {
                        self.open_ways(at, Some(insider), 1, gaps)?;
                    }
                }
            }
            if gaps.iter().filter(|gap| **gap).count() == before {
                return Ok(());
            }
        }
    }

    /// Gaps with a single contributor; whoever is alone in a total is alone in a cell of it.
    fn insiders(&self, gaps: &[bool]) -> Vec<usize> {
        let table = self.audit.table;
        let alone = |&at: &usize| gaps[at] && !table.is_total(at) && table.cells()[at].contributors == 1;
        (0..gaps.len()).filter(alone).collect()
    }

    /// Whether a cell holds the figures of an insider alone: their own cell, or a total over it in which nobody else is.
    fn is_own(&self, insider: usize, at: usize) -> bool {
        let table = self.audit.table;
        at == insider || (table.cells()[at].contributors == 1 && table.is_over(at, insider))
    }

    fn is_safe(&self, at: usize, gaps: &[bool]) -> bool {
        let level = self.primary[at].map_or(0, |(_, level)| level);
        self.audit.rise(at, gaps, None, Some(level)).is_none_or(|up| up >= level)
            && self
                .insiders(gaps)
                .into_iter()
                .all(|insider| self.is_own(insider, at) || self.audit.is_unknown_to(insider, at, gaps))
    }

    /// Closes gaps beside the sensitive cells as long as no cell that is safe becomes unsafe.
    fn close_what_is_not_needed(&self, order: &[usize], gaps: &mut [bool]) {
        let safe: Vec<usize> = order.iter().copied().filter(|&at| self.is_safe(at, gaps)).collect();
        let mut beside: Vec<usize> =
            (0..gaps.len()).filter(|&at| gaps[at] && self.primary[at].is_none()).collect();
        beside.sort_by_key(|&at| (std::cmp::Reverse(self.costs[at]), at));
        // A gap with one contributor that is closed may have been what another was opened against: then once more.
        loop {
            let before = beside.len();
            beside.retain(|&at| {
                gaps[at] = false;
                gaps[at] = !safe.iter().all(|&one| self.is_safe(one, gaps));
                gaps[at]
            });
            if beside.len() == before {
                return;
            }
        }
    }
}
