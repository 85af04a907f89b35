//! What was in what, as intervals: point-in-time questions are searches, not replays.

use std::collections::BTreeSet;

use super::{Finding, Standing, World};
use crate::dictionary::Thing;
use crate::event::{Action, Event, EventKind};
use zhiheng_base::Decimal;

/// One stay of a thing in something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// What it was in.
    pub container: Thing,
    /// Joined for good (an association) rather than packed.
    pub joined: bool,
    /// From when, in microseconds.
    pub from: i64,
    /// Until when; `i64::MAX` while it lasts.
    pub to: i64,
    /// How much is still inside, for lots and classes.
    pub amount: Option<Decimal>,
}

/// Deeper nesting than this is a mistake in the data; a loop of containers must end somewhere.
const DEEPEST: usize = 64;

impl World {
    /// Walks through the events that put things into things and take them out.
    pub(super) fn contain(&mut self) {
        // stays that ended because the thing was put elsewhere: told, unless it was taken out at the same moment
        let mut moved: BTreeSet<Finding> = BTreeSet::new();
        for place in 0..self.facts.len() {
            let Some(fact) = self.facts.get(place).filter(|fact| fact.standing == Standing::Stands) else {
                continue;
            };
            let event = fact.event.clone();
            let time = event.time.micros();
            match (&event.kind, event.action) {
                (EventKind::Aggregation | EventKind::Association, Some(Action::Add)) => {
                    self.put_in(&event, time, &mut moved);
                }
                (EventKind::Aggregation | EventKind::Association, Some(Action::Delete)) => {
                    self.take_out(&event, time, &mut moved);
                }
                (EventKind::Object, Some(Action::Delete)) => self.end(&event.epcs, time),
                (EventKind::Transformation, _) => self.end(&event.inputs, time),
                _ => {}
            }
        }
        self.findings.extend(moved);
    }

    fn put_in(&mut self, event: &Event, time: i64, moved: &mut BTreeSet<Finding>) {
        let Some(parent) = &event.parent else { return };
        let container = self.dictionary.thing(parent);
        let joined = event.kind == EventKind::Association;
        for text in &event.children {
            let thing = self.dictionary.thing(text);
            if thing == container {
                continue;
            }
            let stays = self.stays.entry(thing).or_default();
            let open = stays.iter_mut().find(|stay| stay.to == i64::MAX && stay.joined == joined);
            match open {
                // packed again into the same: it never left
                Some(stay) if stay.container == container => continue,
                Some(stay) => {
                    stay.to = time;
                    moved.insert(Finding::TwoContainers { thing, old: stay.container, new: container, time });
                }
                None => {}
            }
            self.open(thing, Stay { container, joined, from: time, to: i64::MAX, amount: None });
        }
        for amount in &event.child_quantities {
            let thing = self.dictionary.thing(&amount.class);
            let amount = amount.quantity.as_ref().and_then(crate::Number::decimal);
            self.open(thing, Stay { container, joined, from: time, to: i64::MAX, amount });
        }
    }

    fn open(&mut self, thing: Thing, stay: Stay) {
        let stays = self.stays.entry(thing).or_default();
        self.contents.entry(stay.container).or_default().push((thing, stays.len()));
        stays.push(stay);
    }

    fn take_out(&mut self, event: &Event, time: i64, moved: &mut BTreeSet<Finding>) {
        let Some(parent) = &event.parent else { return };
        let container = self.dictionary.thing(parent);
        let joined = event.kind == EventKind::Association;
        if event.children.is_empty() && event.child_quantities.is_empty() {
            for (thing, at) in self.contents.get(&container).cloned().unwrap_or_default() {
                if let Some(stay) = self.stays.get_mut(&thing).and_then(|stays| stays.get_mut(at))
                    && stay.joined == joined
                {
                    stay.to = stay.to.min(time);
                }
            }
            return;
        }
        for text in &event.children {
            let thing = self.dictionary.thing(text);
            let stays = self.stays.entry(thing).or_default();
            let own = |stay: &&mut Stay| stay.container == container && stay.joined == joined;
            if let Some(stay) = stays.iter_mut().filter(own).find(|stay| stay.to == i64::MAX) {
                stay.to = time;
            } else if stays.iter().any(|stay| stay.container == container && stay.to == time) {
                // put elsewhere and taken out at one moment: both recorded, nothing wrong
                moved.retain(|finding| {
                    !matches!(finding, Finding::TwoContainers { thing: own, old, time: at, .. } if *own == thing && *old == container && *at == time)
                });
            } else {
                self.findings.insert(Finding::NotInside { thing, container, time });
            }
        }
        for amount in &event.child_quantities {
            let thing = self.dictionary.thing(&amount.class);
            let mut left = amount.quantity.as_ref().and_then(crate::Number::decimal);
            // first in, first out; an amount that nobody stated stays until the container is emptied
            for stay in self.stays.entry(thing).or_default() {
                if stay.container != container || stay.joined != joined || stay.to != i64::MAX {
                    continue;
                }
                match (&mut stay.amount, &mut left) {
                    (Some(inside), Some(taken)) => {
                        let part = (*inside).min(*taken);
                        *inside -= part;
                        *taken -= part;
                        if inside.is_zero() {
                            stay.to = time;
                        }
                    }
                    (_, None) => stay.to = time,
                    (None, Some(_)) => {}
                }
            }
        }
    }

    /// A piece that ended or was used up is in nothing any more.
    fn end(&mut self, pieces: &[String], time: i64) {
        for text in pieces {
            let thing = self.dictionary.thing(text);
            for stay in self.stays.get_mut(&thing).into_iter().flatten() {
                stay.to = stay.to.min(time.max(stay.from));
            }
        }
    }

    /// The stays of a thing, in order of their beginning.
    pub fn stays(&self, thing: Thing) -> &[Stay] {
        self.stays.get(&thing).map_or(&[], Vec::as_slice)
    }

    /// What a thing was packed in at a moment, innermost first.
    pub fn containers_at(&self, thing: Thing, time: i64) -> Vec<Thing> {
        let mut out = Vec::new();
        let mut inner = thing;
        while out.len() < DEEPEST {
            let stay = self
                .stays(inner)
                .iter()
                .rev()
                .find(|stay| !stay.joined && stay.from <= time && time < stay.to);
            match stay {
                Some(stay) if stay.container != thing && !out.contains(&stay.container) => {
                    inner = stay.container;
                    out.push(inner);
                }
                _ => break,
            }
        }
        out
    }

    /// Everything that was inside at a moment, however deep; what left at that very moment counts.
    pub fn contents_at(&self, container: Thing, time: i64) -> BTreeSet<Thing> {
        let mut out = BTreeSet::new();
        let mut queue = vec![container];
        while let Some(outer) = queue.pop() {
            for (thing, at) in self.contents.get(&outer).into_iter().flatten() {
                let is_inside =
                    self.stays(*thing).get(*at).is_some_and(|stay| stay.from <= time && time <= stay.to);
                if is_inside && *thing != container && out.insert(*thing) {
                    queue.push(*thing);
                }
            }
        }
        out
    }

    /// Everything that a thing was ever in, with the time that it shared: the way through all nestings.
    pub(super) fn containers(&self, thing: Thing) -> Vec<(Thing, i64, i64)> {
        let mut out: Vec<(Thing, i64, i64)> = Vec::new();
        let mut queue = vec![(thing, i64::MIN, i64::MAX)];
        while let Some((inner, from, to)) = queue.pop() {
            for stay in self.stays(inner) {
                let shared = (stay.container, stay.from.max(from), stay.to.min(to));
                if shared.1 <= shared.2
                    && stay.container != thing
                    && !out.contains(&shared)
                    && out.len() < 10_000
                {
                    out.push(shared);
                    queue.push(shared);
                }
            }
        }
        out
    }
}
