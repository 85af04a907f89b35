//! What came of a thing, and what it came from, across transformations.
//!
//! All inputs of a transformation touch all its outputs: nobody can say which drop of a tank went into which bottle.
//! A lot leads to its pieces, a container that was used up to what was in it. A thing is among what came of it only
//! if a loop leads back to it (rework, the heel of a tank). Chains may be as long as they like; nothing recurses.

use std::collections::{BTreeMap, VecDeque};

use super::{Sure, World};
use crate::dictionary::Thing;

/// A link to a thing, and how sure it is.
type Link = (Thing, Sure);

/// A thing that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The least number of links to it.
    pub links: u32,
    /// The weakest of the links on the surest way.
    pub sure: Sure,
    /// The thing before it on that way.
    pub from: Thing,
}

impl World {
    /// Everything that came of `start`.
    pub fn forward(&self, start: &[Thing]) -> BTreeMap<Thing, Step> {
        reach(start, |thing, out| self.next(thing, out))
    }

    /// Everything that `start` came from.
    pub fn backward(&self, start: &[Thing]) -> BTreeMap<Thing, Step> {
        reach(start, |thing, out| self.previous(thing, out))
    }

    fn next(&self, thing: Thing, out: &mut Vec<Link>) {
        for own in
            self.consumers.get(&thing).into_iter().flatten().filter_map(|&at| self.transformations.get(at))
        {
            let sure = own.consumed.get(&thing).copied().unwrap_or(Sure::Possible);
            out.extend(own.outputs.iter().map(|amount| (amount.thing, sure)));
        }
        out.extend(self.pieces_of.get(&thing).into_iter().flatten().map(|&piece| (piece, Sure::Recorded)));
    }

    fn previous(&self, thing: Thing, out: &mut Vec<Link>) {
        for own in
            self.producers.get(&thing).into_iter().flatten().filter_map(|&at| self.transformations.get(at))
        {
            out.extend(own.consumed.iter().map(|(&thing, &sure)| (thing, sure)));
        }
        out.extend(self.lot_of.get(&thing).map(|&lot| (lot, Sure::Recorded)));
    }

    /// One shortest way from something in `start` to `end`, for showing why a thing is affected.
    pub fn way(&self, start: &[Thing], end: Thing) -> Vec<Thing> {
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

/// First along recorded links, then along all: what a recorded way reaches stays sure.
fn reach(start: &[Thing], links: impl Fn(Thing, &mut Vec<Link>)) -> BTreeMap<Thing, Step> {
    let mut reached: BTreeMap<Thing, Step> = BTreeMap::new();
    let mut near = Vec::new();
    for allowed in [Sure::Recorded, Sure::Possible] {
        let mut queue: VecDeque<(Thing, u32, Sure)> =
            start.iter().map(|&thing| (thing, 0, Sure::Recorded)).collect();
        if allowed == Sure::Possible {
            queue.extend(reached.iter().map(|(&thing, step)| (thing, step.links, step.sure)));
        }
        while let Some((thing, n_links, sure)) = queue.pop_front() {
            near.clear();
            links(thing, &mut near);
            for &(next, own) in near.iter().filter(|(_, own)| *own <= allowed) {
                if reached.contains_key(&next) {
                    continue;
                }
                let step = Step { links: n_links + 1, sure: own.max(sure), from: thing };
                reached.insert(next, step);
                queue.push_back((next, step.links, step.sure));
            }
        }
    }
    reached
}
