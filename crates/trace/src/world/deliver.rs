//! To whom a thing went, and when: what a notice to a shop says of the goods that it got.
//!
//! It is the same as the recipients of a [`State`](super::state::State), with the moments: a shipment names its destinations, and a
//! place that takes something in is a recipient even if the sender did not say so.

use super::state::Effect;
use super::{Node, Standing, World};
use crate::dictionary::TermId;

/// A thing went to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The party or place.
    pub to: TermId,
    /// When, in microseconds.
    pub time: i64,
    /// It took the thing in; otherwise the thing was only sent there.
    pub is_received: bool,
}

impl World {
    /// To whom a thing went, in the order of events: by itself, or inside of something else.
    pub fn deliveries(&self, thing: Node) -> Vec<Delivery> {
        let (words, is_piece) = (self.words(), self.is_piece(thing));
        let mut out = Vec::new();
        for (place, roles) in self.told_of(thing) {
            let Some(fact) = self.fact(place).filter(|fact| fact.standing == Standing::Stands) else {
                continue;
            };
            let effect = Effect::of(&self.log, fact.deed, roles.filter(|_| is_piece), &words);
            let time = fact.deed.time;
            out.extend(effect.sent_to.iter().map(|to| Delivery { to: *to, time, is_received: false }));
            out.extend(effect.taken_by.map(|to| Delivery { to, time, is_received: true }));
        }
        out
    }
}
