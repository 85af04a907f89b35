//! Counting everything that a recall affects: the way of [`super::reach`], without listing what it meets.
//!
//! What is met are bits, what is counted are the numbers of kept states ([`super::kept`]), and the pieces of a lot are
//! gone through run by run. What a sweep works with is kept for the next one and cleaned where it was used, so that a
//! small recall costs what it finds, not what the world holds.

use std::sync::{Mutex, PoisonError};

use super::bits::{Bits, WORD, mask};
use super::chain::walk;
use super::kept::{MANY, NOBODY, Spot};
use super::runs::Run;
use super::{Node, Sure, World};
use crate::dictionary::TermId;

/// Sweeps that are not in use.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Sweep>>);

/// What a sweep works with, and what it counted.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    met: Bits,
    /// Words of `met` that are not empty.
    words: Vec<u32>,
    used: Bits,
    used_list: Vec<u32>,
    /// Things by fate and place.
    counts: Vec<u32>,
    /// Fates and places that were counted.
    counted: Vec<u32>,
    /// Recipients that were met, as the states have them.
    chains: Bits,
    chain_list: Vec<u32>,
    /// Recipients that were met.
    got: Bits,
    pub(super) recipients: Vec<TermId>,
    /// What leads on, in the order in which it was met.
    queue: Vec<Node>,
    /// Things that were met.
    n_met: usize,
    /// Things that only possible links reach.
    pub(super) possible: usize,
}

impl World {
    /// Counts `start` and everything that came of it, and gives what was counted to `tell`.
    pub(super) fn sweep<T>(&self, start: &[Node], tell: impl FnOnce(&Sweep) -> T) -> T {
        let free = self.sweeps.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut sweep = free.unwrap_or_default();
        sweep.met.reserve(self.seats.len());
        sweep.used.reserve(self.transformations.len());
        sweep.counts.resize(self.states.spots.len(), 0);
        sweep.chains.reserve(self.states.recipients.len());
        sweep.got.reserve(self.log.names.sizes().1);
        start.iter().for_each(|&node| sweep.meet(self, node));
        sweep.spread(self, Sure::Recorded);
        if self.has_doubts() {
            let sure = sweep.n_met;
            sweep.forget_used();
            sweep.spread(self, Sure::Possible);
            sweep.possible = sweep.n_met - sure;
        }
        let told = tell(&sweep);
        sweep.clean();
        self.sweeps.0.lock().unwrap_or_else(PoisonError::into_inner).push(sweep);
        told
    }
}

impl Sweep {
    /// Fates and places, each with its number of things.
    pub(super) fn spots<'a>(&'a self, world: &'a World) -> impl Iterator<Item = (&'a Spot, usize)> {
        self.counted.iter().filter_map(|&spot| {
            let count = self.counts.get(spot as usize)?;
            Some((world.states.spots.get(spot as usize)?, *count as usize))
        })
    }

    /// Goes on from everything in the queue until nothing new comes.
    fn spread(&mut self, world: &World, allowed: Sure) {
        let mut next = 0;
        while let Some(&node) = self.queue.get(next) {
            next += 1;
            for link in walk(&world.uses, world.seat(node).consumer) {
                let at = link.to as usize;
                if link.what > allowed || !self.used.meet(at) {
                    continue;
                }
                self.used_list.push(link.to);
                for run in world.runs_made(at) {
                    self.meet_run(world, run);
                }
            }
            for run in world.runs_of(node) {
                self.meet_run(world, run);
            }
            for &piece in world.more_pieces.get(&node).into_iter().flatten() {
                self.meet(world, piece);
            }
        }
    }

    fn meet(&mut self, world: &World, node: Node) {
        self.meet_run(world, Run::one(node));
    }

    /// Meets things in a row: those that are new are counted, and what leads on is put into the queue.
    fn meet_run(&mut self, world: &World, run: Run) {
        let (start, end) = (run.start as usize, run.end() as usize);
        for at in start / WORD..end.div_ceil(WORD) {
            let before = self.met.word(at);
            let mut fresh = self.met.meet_word(at, mask(at, start, end));
            if fresh == 0 {
                continue;
            }
            if before == 0 {
                self.words.push(at as u32);
            }
            self.n_met += fresh.count_ones() as usize;
            let mut leads = fresh & world.leads.word(at);
            while leads != 0 {
                self.queue.push(Node((at * WORD) as u32 + leads.trailing_zeros()));
                leads &= leads - 1;
            }
            while fresh != 0 {
                // a stretch of neighbours, from the first to before the next gap
                let first = fresh.trailing_zeros() as usize;
                let n = (!(fresh >> first)).trailing_zeros() as usize;
                self.count(world, at * WORD + first, n.min(WORD - first));
                fresh &= !mask(0, first, first + n);
            }
        }
    }

    /// Counts neighbours; those in one state at once.
    fn count(&mut self, world: &World, start: usize, n: usize) {
        let states = world.states.of.get(start..start + n).unwrap_or_default();
        let mut node = start as u32;
        for same in states.chunk_by(|a, b| a == b) {
            let (Some(kept), n) = (same.first(), same.len() as u32) else { continue };
            if let Some(count) = self.counts.get_mut(kept.spot as usize) {
                if *count == 0 {
                    self.counted.push(kept.spot);
                }
                *count += n;
            }
            match kept.recipients {
                NOBODY => {}
                MANY => {
                    for node in (node..node + n).map(Node) {
                        world.states.many(node).for_each(|term| self.got_by(term));
                    }
                }
                last => self.got_by_chain(world, last),
            }
            node += n;
        }
    }

    fn got_by_chain(&mut self, world: &World, last: u32) {
        let mut at = last;
        // whoever was met before, so were those before them
        while at != NOBODY && self.chains.meet(at as usize) {
            self.chain_list.push(at);
            let Some(own) = world.states.recipients.get(at as usize) else { return };
            self.got_by(own.term);
            at = own.before;
        }
    }

    fn got_by(&mut self, term: TermId) {
        if self.got.meet(term.0 as usize) {
            self.recipients.push(term);
        }
    }

    fn forget_used(&mut self) {
        for at in self.used_list.drain(..) {
            self.used.clear_word(at as usize / WORD);
        }
    }

    /// Makes it as if it had never been used.
    fn clean(&mut self) {
        self.forget_used();
        for at in self.words.drain(..) {
            self.met.clear_word(at as usize);
        }
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
        self.queue.clear();
        (self.n_met, self.possible) = (0, 0);
    }
}
