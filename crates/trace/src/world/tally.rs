//! Counting things by their kept states ([`super::kept`]): how many in which, and who got them.
//!
//! Words of met things come in; neighbours with one number are counted at once. A state is looked into once, not once a thing.

use super::bits::{Bits, WORD};
use super::kept::{Column, MANY, NOBODY, Spot};
use super::{Node, World};
use crate::dictionary::TermId;

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Things by fate and place.
    counts: Vec<u32>,
    /// Fates and places that were counted.
    counted: Vec<u32>,
    /// Recipients as the states have them: the last, who knows the one before.
    chains: Bits,
    chain_list: Vec<u32>,
    /// Things whose recipients are kept with themselves.
    many: Vec<Node>,
    /// Who got something.
    got: Bits,
    pub(super) recipients: Vec<TermId>,
}

impl Tally {
    /// Makes room for all that a world has.
    pub(super) fn reserve(&mut self, world: &World) {
        self.counts.resize(world.states.spots.len(), 0);
        self.chains.reserve(world.states.recipients.len());
        self.got.reserve(world.log.names.sizes().1);
    }

    /// Fates and places, each with its number of things.
    pub(super) fn spots<'a>(&'a self, world: &'a World) -> impl Iterator<Item = (&'a Spot, usize)> {
        self.counted.iter().filter_map(|&spot| {
            let count = self.counts.get(spot as usize)?;
            Some((world.states.spots.get(spot as usize)?, *count as usize))
        })
    }

    /// Counts things, given as words of numbers, each once.
    pub(super) fn count(&mut self, world: &World, words: &[(u32, u64)]) {
        let states = &world.states;
        for &(at, things) in words {
            stretches(&states.spot_of, at as usize, things, |spot, _, n| self.add(spot, n));
            stretches(&states.recipients_of, at as usize, things, |last, start, n| match last {
                NOBODY => {}
                MANY => self.many.extend((start..start + n).map(Node)),
                _ => self.chain_list.extend(self.chains.meet(last as usize).then_some(last)),
            });
        }
        let mut next = 0;
        while let Some(&at) = self.chain_list.get(next) {
            next += 1;
            let Some(own) = states.recipients.get(at as usize) else { continue };
            self.got_by(own.term);
            // whoever was met before, so were those before them
            let is_new = own.before != NOBODY && self.chains.meet(own.before as usize);
            self.chain_list.extend(is_new.then_some(own.before));
        }
        for node in std::mem::take(&mut self.many) {
            states.many(node).for_each(|term| self.got_by(term));
        }
    }

    fn add(&mut self, spot: u32, n: u32) {
        if let Some(count) = self.counts.get_mut(spot as usize) {
            self.counted.extend((*count == 0).then_some(spot));
            *count += n;
        }
    }

    fn got_by(&mut self, term: TermId) {
        self.recipients.extend(self.got.meet(term.0 as usize).then_some(term));
    }

    /// Makes it as if it had never been used.
    pub(super) fn clean(&mut self) {
        for spot in self.counted.drain(..) {
            if let Some(count) = self.counts.get_mut(spot as usize) {
                *count = 0;
            }
        }
        for at in self.chain_list.drain(..) {
            self.chains.clear_word(at as usize / WORD);
        }
        for term in self.recipients.drain(..) {
            self.got.clear_word(term.0 as usize / WORD);
        }
    }
}

/// Gives each stretch of neighbours with one number among the `things` of a word: the number, the first thing, how many.
fn stretches(column: &Column, at: usize, things: u64, mut each: impl FnMut(u32, u32, u32)) {
    // one begins where the number changes or the thing before is not among them, and ends before the next or a gap
    let mut begins = things & (column.turns.word(at) | !(things << 1));
    let stops = begins | !things;
    let base = at * WORD;
    let Some(numbers) = column.of.get(base..(base + WORD).min(column.of.len())) else { return };
    while begins != 0 {
        let first = begins.trailing_zeros();
        begins &= begins - 1;
        let n = 1 + (stops >> first >> 1).trailing_zeros().min(WORD as u32 - 1 - first);
        if let Some(&number) = numbers.get(first as usize) {
            each(number, base as u32 + first, n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_neighbours_with_one_number() {
        let of = [3, 3, 3, 5, 5, 3, 7, 7];
        let mut column = Column::default();
        column.extend(of.iter().copied());
        let told = |column: &Column, things: u64| {
            let mut out = Vec::new();
            stretches(column, 0, things, |number, first, n| out.push((number, first, n)));
            out
        };
        assert_eq!(told(&column, 0xff), [(3, 0, 3), (5, 3, 2), (3, 5, 1), (7, 6, 2)]);
        // gaps, and what begins in the midst of a stretch
        assert_eq!(told(&column, 0b1011_0110), [(3, 1, 2), (5, 4, 1), (3, 5, 1), (7, 7, 1)]);
        assert_eq!((told(&column, 0), told(&column, u64::MAX).len()), (Vec::new(), 4));
        column.set(4, 3);
        assert_eq!(told(&column, 0xff), [(3, 0, 3), (5, 3, 1), (3, 4, 2), (7, 6, 2)]);
    }
}
