//! A table as a network: a node for each row and column, an arc for each cell, totals running back.
//!
//! Known cells are fixed; what the gaps can hold are the circulations over their arcs in which no cell falls below 0.

use std::collections::VecDeque;

/// From node to node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The arcs of a table's cells, in the order of the cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Network {
    pub(super) nodes: usize,
    pub(super) arcs: Vec<Arc>,
}

impl Network {
    /// One equation: the cells run from one node to the other, their total runs back.
    pub(super) fn one_way(rows: usize) -> Self {
        let mut arcs = vec![Arc { from: 0, to: 1 }; rows];
        arcs.push(Arc { from: 1, to: 0 });
        Self { nodes: 2, arcs }
    }

    /// Cells run from their row to their column; a row's total comes in from the column of totals, a column's total goes out to
    /// the row of totals, and the total of all runs from there to the column of totals.
    pub(super) fn two_way(rows: usize, columns: usize) -> Self {
        let column = |at: usize| rows + 1 + at;
        let mut arcs = Vec::with_capacity((rows + 1) * (columns + 1));
        for row in 0..=rows {
            for at in 0..=columns {
                let (from, to) = (row, column(at));
                let back = (row == rows) != (at == columns);
                arcs.push(if back { Arc { from: to, to: from } } else { Arc { from, to } });
            }
        }
        Self { nodes: rows + columns + 2, arcs }
    }

    /// Whether as much runs into every node as out of it.
    pub(super) fn is_consistent(&self, values: &[u64]) -> bool {
        let mut net = vec![0_i128; self.nodes];
        for (arc, &value) in self.arcs.iter().zip(values) {
            net[arc.from] -= i128::from(value);
            net[arc.to] += i128::from(value);
        }
        net.iter().all(|&net| net == 0)
    }

    /// How much of `most` can run from one node to another over the arcs that are `open`: with an arc as much as one likes,
    /// against it as much as is there. `None` if there is no bound.
    pub(super) fn flow(
        &self,
        ends: Arc,
        open: impl Fn(usize) -> bool,
        values: &[u64],
        most: Option<u64>,
    ) -> Option<u64> {
        // What is left of each arc's value to be taken back.
        let mut left: Vec<u128> = values.iter().map(|&value| u128::from(value)).collect();
        let arcs: Vec<usize> = (0..self.arcs.len()).filter(|&arc| open(arc)).collect();
        let mut touching: Vec<Vec<usize>> = vec![Vec::new(); self.nodes];
        for &arc in &arcs {
            touching[self.arcs[arc].from].push(arc);
            touching[self.arcs[arc].to].push(arc);
        }
        let mut sum = 0_u64;
        loop {
            let room = most.map(|most| most - sum);
            if room == Some(0) {
                return Some(sum);
            }
            let Some(path) = self.shortest(ends, &touching, &left) else { return Some(sum) };
            let narrowest = path.iter().filter(|(_, with)| !with).map(|&(arc, _)| left[arc]).min();
            let push = match (narrowest, room) {
                // Only with the arcs: nothing stops it.
                (None, None) => return None,
                (Some(narrowest), room) => room.map_or(narrowest, |room| narrowest.min(u128::from(room))),
                (None, Some(room)) => u128::from(room),
            };
            for &(arc, with) in &path {
                if with {
                    left[arc] += push;
                } else {
                    left[arc] -= push;
                }
            }
            sum = sum.saturating_add(u64::try_from(push).unwrap_or(u64::MAX));
        }
    }

    /// A path of the fewest arcs along which something can still run, each arc with whether it is followed or run against.
    fn shortest(&self, ends: Arc, touching: &[Vec<usize>], left: &[u128]) -> Option<Vec<(usize, bool)>> {
        let mut came: Vec<Option<(usize, bool)>> = vec![None; self.nodes];
        let mut queue = VecDeque::from([ends.from]);
        while let Some(node) = queue.pop_front() {
            if node == ends.to {
                break;
            }
            for &arc in &touching[node] {
                let Arc { from, to } = self.arcs[arc];
                let (next, with) = if from == node { (to, true) } else { (from, false) };
                if next != ends.from && came[next].is_none() && (with || left[arc] > 0) {
                    came[next] = Some((arc, with));
                    queue.push_back(next);
                }
            }
        }
        let mut path = Vec::new();
        let mut node = ends.to;
        while node != ends.from {
            let (arc, with) = came[node]?;
            path.push((arc, with));
            node = if with { self.arcs[arc].from } else { self.arcs[arc].to };
        }
        Some(path)
    }
}
