//! What came of a thing, and what it came from, across transformations.
//!
//! All inputs of a transformation touch all its outputs: nobody can say which drop of a tank went into which bottle.
//! A lot leads to its pieces, a container that was used up to what was in it. A thing is among what came of it only
//! if a loop leads back to it (rework, the heel of a tank). Chains may be as long as they like; nothing recurses, and
//! each transformation is gone through once, however many inputs and outputs it has.

use std::collections::{BTreeMap, VecDeque};

use super::bits::Bits;
use super::chain::walk;
use super::{Node, Sure, World};

/// A thing that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The least number of links to it.
    pub links: u32,
    /// The weakest of the links on the surest way.
    pub sure: Sure,
    /// The thing before it on that way.
    pub from: Node,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

impl World {
    /// Everything that came of `start`.
    pub fn forward(&self, start: &[Node]) -> BTreeMap<Node, Step> {
        self.reach(start, Direction::Forward).into_iter().collect()
    }

    /// Everything that `start` came from.
    pub fn backward(&self, start: &[Node]) -> BTreeMap<Node, Step> {
        self.reach(start, Direction::Backward).into_iter().collect()
    }

    /// Everything that came of `start`, in the order in which it was reached.
    pub fn downstream(&self, start: &[Node]) -> Vec<(Node, Step)> {
        self.reach(start, Direction::Forward)
    }

    /// Everything that `start` came from, in the order in which it was reached.
    pub fn upstream(&self, start: &[Node]) -> Vec<(Node, Step)> {
        self.reach(start, Direction::Backward)
    }

    /// First along recorded links, then along all: what a recorded way reaches stays sure.
    fn reach(&self, start: &[Node], direction: Direction) -> Vec<(Node, Step)> {
        let mut met = Bits::new(self.seats.len());
        let mut reached: Vec<(Node, Step)> = Vec::new();
        for allowed in [Sure::Recorded, Sure::Possible] {
            let mut used = Bits::new(self.transformations.len());
            let mut queue: VecDeque<(Node, u32, Sure)> =
                start.iter().map(|&node| (node, 0, Sure::Recorded)).collect();
            if allowed == Sure::Possible {
                if !self.has_doubts() {
                    break;
                }
                queue.extend(reached.iter().map(|(node, step)| (*node, step.links, step.sure)));
            }
            while let Some((node, links, sure)) = queue.pop_front() {
                let mut go = |next: Node, own: Sure| {
                    if own <= allowed && met.meet(next.at()) {
                        let step = Step { links: links + 1, sure: own.max(sure), from: node };
                        reached.push((next, step));
                        queue.push_back((next, step.links, step.sure));
                    }
                };
                match direction {
                    Direction::Forward => self.next(node, allowed, &mut used, &mut go),
                    Direction::Backward => self.previous(node, &mut used, &mut go),
                }
            }
        }
        reached
    }

    /// True if any link is only possible.
    pub(super) fn has_doubts(&self) -> bool {
        self.doubts > 0
    }

    fn next(&self, node: Node, allowed: Sure, used: &mut Bits, go: &mut impl FnMut(Node, Sure)) {
        for link in walk(&self.uses, self.seat(node).consumer) {
            let at = link.to as usize;
            let Some(own) = self.transformations.get(at) else { continue };
            let sure = link.what;
            if sure <= allowed && used.meet(at) {
                own.outputs.iter().for_each(|amount| go(amount.node, sure));
            }
        }
        for run in self.runs_of(node) {
            run.nodes().for_each(|piece| go(piece, Sure::Recorded));
        }
        for &piece in self.more_pieces.get(&node).into_iter().flatten() {
            go(piece, Sure::Recorded);
        }
    }

    fn previous(&self, node: Node, used: &mut Bits, go: &mut impl FnMut(Node, Sure)) {
        for link in walk(&self.uses, self.seat(node).producer) {
            let at = link.to as usize;
            if let Some(own) = self.transformations.get(at).filter(|_| used.meet(at)) {
                own.consumed.iter().for_each(|(&node, &sure)| go(node, sure));
            }
        }
        if let Some(lot) = self.lot_of(node) {
            go(lot, Sure::Recorded);
        }
    }

    /// One shortest way from something in `start` to `end`, for showing why a thing is affected.
    pub fn way(&self, start: &[Node], end: Node) -> Vec<Node> {
        let reached = self.forward(start);
        let mut out = vec![end];
        let mut at = end;
        while let Some(step) = reached.get(&at) {
            if out.contains(&step.from) && !start.contains(&step.from) {
                break;
            }
            out.push(step.from);
            if start.contains(&step.from) {
                break;
            }
            at = step.from;
        }
        out.reverse();
        if out.first().is_some_and(|first| start.contains(first)) { out } else { Vec::new() }
    }
}
