//! The pieces of a lot, and what a transformation made, as runs of numbers.
//!
//! Things are numbered as they are first named, so cartons that were commissioned together are numbers in a row: ten
//! thousand bottles are one run, and a recall goes through them word by word.

use super::chain::NONE;
use super::{Node, World};

/// Things in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) start: u32,
    pub(super) len: u32,
    /// The run before it, of the same list.
    before: u32,
}

impl Run {
    pub(super) fn one(node: Node) -> Run {
        Run { start: node.0, len: 1, before: NONE }
    }

    /// The number after its last.
    pub(super) fn end(self) -> u32 {
        self.start.saturating_add(self.len)
    }

    pub(super) fn nodes(self) -> impl Iterator<Item = Node> {
        (self.start..self.end()).map(Node)
    }
}

/// Adds a thing to a list of runs, and gives the newest run.
fn run_on(runs: &mut Vec<Run>, newest: u32, node: Node) -> u32 {
    match runs.get_mut(newest as usize) {
        Some(run) if run.end() == node.0 => {
            run.len += 1;
            newest
        }
        _ => {
            let place = u32::try_from(runs.len()).unwrap_or(NONE);
            runs.push(Run { start: node.0, len: 1, before: newest });
            place
        }
    }
}

impl World {
    /// Adds a piece to the runs of its lot. A piece is in the runs of one lot only.
    pub(super) fn join_run(&mut self, lot: Node, piece: Node) {
        let newest = self.seat(lot).pieces;
        let newest = run_on(&mut self.runs, newest, piece);
        self.seat_mut(lot).pieces = newest;
    }

    /// Adds a thing to the runs of what a transformation made.
    pub(super) fn make_run(&mut self, transformation: usize, output: Node) {
        if let Some(newest) = self.made.get_mut(transformation) {
            *newest = run_on(&mut self.runs, *newest, output);
        }
    }

    /// A list of runs, newest first.
    pub(super) fn runs_from(&self, newest: u32) -> impl Iterator<Item = Run> + '_ {
        let mut at = newest;
        std::iter::from_fn(move || {
            let run = *self.runs.get(at as usize)?;
            at = run.before;
            Some(run)
        })
    }

    /// The runs of a lot's pieces, newest first.
    pub(super) fn runs_of(&self, lot: Node) -> impl Iterator<Item = Run> + '_ {
        self.runs_from(self.seat(lot).pieces)
    }

    /// The newest run of what a transformation made.
    pub(super) fn newest_made(&self, transformation: u32) -> u32 {
        self.made.get(transformation as usize).copied().unwrap_or(NONE)
    }
}
