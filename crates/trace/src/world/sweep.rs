//! Counting everything that a recall affects: the way of [`super::reach`], without listing what it meets.
//!
//! What is met are bits, and a [`Tally`] counts these. What a sweep works with is kept for the next one and cleaned where it was used, so
//! that a small recall costs what it finds, not what the world holds.
//!
//! A large recall waits for memory more than it works: a lot's seat, the transformation that used it, the runs that this made lie
//! in four places. So everything that was met is taken one step further before anything is taken two; then the machine fetches
//! the next ones while it waits for the first.

use std::sync::{Mutex, PoisonError};

use super::bits::{Bits, WORD, mask};
use super::chain::{NONE, walk};
use super::runs::Run;
use super::tally::Tally;
use super::{Node, Sure, World};

/// Sweeps that are not in use.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Sweep>>);

/// What a sweep works with, and what it counted.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    met: Bits,
    /// Words of `met` with the things that were met at one time.
    fresh: Vec<(u32, u64)>,
    used: Bits,
    used_list: Vec<u32>,
    /// What leads on, in the order in which it was met.
    queue: Vec<Node>,
    /// Newest links, and newest runs, of one step.
    links: Vec<u32>,
    newest: Vec<u32>,
    runs: Vec<Run>,
    pub(super) tally: Tally,
    /// Things that only possible links reach.
    pub(super) possible: usize,
}

impl World {
    /// Counts `start` and everything that came of it, and gives what was counted to `tell`.
    pub(super) fn sweep<T>(&self, start: &[Node], tell: impl FnOnce(&Sweep) -> T) -> T {
        let free = self.sweeps.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut sweep = free.unwrap_or_default();
        sweep.reserve(self);
        start.iter().for_each(|&node| sweep.meet(self, node));
        sweep.spread(self, Sure::Recorded);
        if self.has_doubts() {
            let sure = sweep.n_met();
            sweep.forget_used();
            sweep.spread(self, Sure::Possible);
            sweep.possible = sweep.n_met() - sure;
        }
        sweep.tally.count(self, &sweep.fresh);
        let told = tell(&sweep);
        sweep.clean();
        self.sweeps.0.lock().unwrap_or_else(PoisonError::into_inner).push(sweep);
        told
    }

    /// Has a sweep ready, so that the first recall need not ask for its memory.
    pub(super) fn ready_sweep(&mut self) {
        let mut sweep =
            self.sweeps.0.get_mut().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        sweep.reserve(self);
        self.sweeps.0.get_mut().unwrap_or_else(PoisonError::into_inner).push(sweep);
    }
}

impl Sweep {
    fn reserve(&mut self, world: &World) {
        self.met.reserve(world.seats.len());
        self.used.reserve(world.transformations.len());
        self.tally.reserve(world);
    }

    /// Things that were met.
    fn n_met(&self) -> usize {
        self.fresh.iter().map(|(_, fresh)| fresh.count_ones() as usize).sum()
    }

    /// Goes on from everything in the queue until nothing new comes, step by step.
    fn spread(&mut self, world: &World, allowed: Sure) {
        let mut first = 0;
        while first < self.queue.len() {
            let last = self.queue.len();
            for seat in self.queue.iter().skip(first).map(|&node| world.seat(node)) {
                self.links.extend((seat.consumer != NONE).then_some(seat.consumer));
                self.newest.extend((seat.pieces != NONE).then_some(seat.pieces));
            }
            let known = self.used_list.len();
            for newest in self.links.drain(..) {
                for link in walk(&world.uses, newest).filter(|link| link.what <= allowed) {
                    self.used_list.extend(self.used.meet(link.to as usize).then_some(link.to));
                }
            }
            self.newest.extend(self.used_list.iter().skip(known).map(|&at| world.newest_made(at)));
            self.runs.extend(self.newest.drain(..).flat_map(|newest| world.runs_from(newest)));
            if !world.more_pieces.is_empty() {
                let more =
                    self.queue.iter().take(last).skip(first).filter_map(|node| world.more_pieces.get(node));
                self.runs.extend(more.flatten().map(|&piece| Run::one(piece)));
            }
            let mut runs = std::mem::take(&mut self.runs);
            runs.drain(..).for_each(|run| self.meet_run(world, run));
            self.runs = runs;
            first = last;
        }
    }

    fn meet(&mut self, world: &World, node: Node) {
        self.meet_run(world, Run::one(node));
    }

    /// Meets things in a row; what leads on is put into the queue.
    fn meet_run(&mut self, world: &World, run: Run) {
        let (start, end) = (run.start as usize, run.end() as usize);
        for at in start / WORD..end.div_ceil(WORD) {
            let fresh = self.met.meet_word(at, mask(at, start, end));
            if fresh == 0 {
                continue;
            }
            self.fresh.push((at as u32, fresh));
            let mut leads = fresh & world.leads.word(at);
            while leads != 0 {
                self.queue.push(Node((at * WORD) as u32 + leads.trailing_zeros()));
                leads &= leads - 1;
            }
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
        for (at, _) in self.fresh.drain(..) {
            self.met.clear_word(at as usize);
        }
        self.tally.clean();
        self.queue.clear();
        self.possible = 0;
    }
}
