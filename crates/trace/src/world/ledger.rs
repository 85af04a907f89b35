//! Amounts: what of each lot was made, used, moved and ended at each site, and whether it adds up.
//!
//! Amounts are decimals in the base unit of their dimension: kilograms, litres, pieces. Units that do not convert
//! into each other (pieces and kilograms) are kept apart and never added.

use std::collections::BTreeMap;

use zhiheng_base::Decimal;

use super::log::PIECE;
use super::{Amount, Fact, Form, Node, Roles, Standing, World};
use crate::dictionary::TermId;
use crate::event::Action;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Kilograms.
    Mass,
    /// Litres.
    Volume,
    /// Pieces.
    Count,
}

/// The dimension of a unit code (UN/ECE Recommendation 20) and how many base units it is; `None` for units that we
/// do not convert.
pub fn unit(code: Option<&str>) -> Option<(Dimension, Decimal)> {
    let tenth = |count: i64, places: u32| Decimal::new(count, places);
    Some(match code {
        None | Some("EA" | "H87" | "C62" | "PCE" | "PR") => (Dimension::Count, Decimal::ONE),
        Some("KGM") => (Dimension::Mass, Decimal::ONE),
        Some("GRM") => (Dimension::Mass, tenth(1, 3)),
        Some("MGM") => (Dimension::Mass, tenth(1, 6)),
        Some("DTN") => (Dimension::Mass, Decimal::ONE_HUNDRED),
        Some("TNE") => (Dimension::Mass, Decimal::ONE_THOUSAND),
        Some("LBR") => (Dimension::Mass, tenth(45_359_237, 8)),
        Some("ONZ") => (Dimension::Mass, tenth(28_349_523_125, 12)),
        Some("LTR" | "DMQ") => (Dimension::Volume, Decimal::ONE),
        Some("MLT" | "CMQ") => (Dimension::Volume, tenth(1, 3)),
        Some("CLT") => (Dimension::Volume, tenth(1, 2)),
        Some("HLT") => (Dimension::Volume, Decimal::ONE_HUNDRED),
        Some("MTQ") => (Dimension::Volume, Decimal::ONE_THOUSAND),
        Some(_) => return None,
    })
}

/// An amount in base units; `None` if it was not stated or its unit does not convert.
pub fn base(quantity: Option<Decimal>, code: Option<&str>) -> Option<(Dimension, Decimal)> {
    let (dimension, factor) = unit(code)?;
    Some((dimension, quantity?.checked_mul(factor)?))
}

/// What happened to an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It came into being.
    Made,
    /// It became something else.
    Used,
    /// It left a site.
    Shipped,
    /// It arrived at a site.
    Received,
    /// It was destroyed or sold to a consumer.
    Ended,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The lot or class.
    pub thing: Node,
    /// Where; `None` if nobody said.
    pub site: Option<TermId>,
    /// What is measured.
    pub dimension: Dimension,
    /// What happened.
    pub change: Change,
    /// More or less, in base units.
    pub amount: Decimal,
    /// When.
    pub time: i64,
    /// The place of the event.
    pub event: usize,
}

/// A lot at a site in one dimension.
type Account = (Node, Option<TermId>, Dimension);

/// A stock that went below nothing: more left than was ever there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// The lot or class.
    pub thing: Node,
    /// Where.
    pub site: Option<TermId>,
    /// What is measured.
    pub dimension: Dimension,
    /// By how much, at the worst.
    pub amount: Decimal,
    /// When it went below nothing first.
    pub time: i64,
}

/// What went in and came out of a transformation, by dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Base units in.
    pub inputs: BTreeMap<Dimension, Decimal>,
    /// Base units out.
    pub outputs: BTreeMap<Dimension, Decimal>,
    /// Amounts that were not stated or do not convert.
    pub unknown: usize,
}

impl Balance {
    /// Out minus in, where both are known in one dimension. Above nothing, more came out than went in.
    pub fn residual(&self, dimension: Dimension) -> Option<Decimal> {
        Some(*self.outputs.get(&dimension)? - *self.inputs.get(&dimension)?)
    }
}

/// How much of a start is in a thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Base units of the start in it.
    pub of_start: Decimal,
    /// Base units of it altogether.
    pub of_all: Decimal,
}

impl World {
    /// What an event does to amounts of object and transaction events.
    fn change(&self, fact: Fact<'_>) -> Option<Change> {
        let deed = fact.deed;
        let step = deed.step.map(|step| self.term(step));
        Some(match (deed.form, deed.action, step) {
            (Form::Object, Some(Action::Add), _) => Change::Made,
            (Form::Object, Some(Action::Delete), _) => Change::Ended,
            (Form::Object | Form::Transaction, _, Some("shipping")) => Change::Shipped,
            (Form::Object | Form::Transaction, _, Some("receiving")) => Change::Received,
            (Form::Object, _, Some("retail_selling" | "dispensing" | "destroying")) => Change::Ended,
            _ => return None,
        })
    }

    /// The lines that an event writes, of all things or of one.
    fn lines(&self, place: usize, only: Option<Node>, out: &mut Vec<Entry>) {
        let Some(fact) = self.fact(place).filter(|fact| fact.standing == Standing::Stands) else { return };
        let deed = fact.deed;
        let named = match only {
            Some(node) => self.log.of_node(deed, node),
            None => deed.named.of(&self.log.named),
        };
        // what leaves, leaves the place where it was read
        let change = self.change(fact);
        for own in named.iter().filter(|own| own.amount != PIECE) {
            let change = match (deed.form, own.role) {
                (Form::Transformation, Roles::INPUT) => Some(Change::Used),
                (Form::Transformation, _) => Some(Change::Made),
                (_, Roles::THING) => change,
                _ => None,
            };
            let (quantity, unit) = self.log.amount(own);
            let (Some(change), Some((dimension, amount))) = (change, base(quantity, unit)) else { continue };
            let adds = matches!(change, Change::Made | Change::Received);
            out.push(Entry {
                thing: own.node,
                site: deed.site,
                dimension,
                change,
                amount: if adds { amount } else { -amount },
                time: deed.time,
                event: place,
            });
        }
    }

    /// The ledger of all lots and classes, in order of events.
    pub fn entries(&self) -> Vec<Entry> {
        let mut out = Vec::new();
        for place in 0..self.n_facts() {
            self.lines(place, None, &mut out);
        }
        out
    }

    /// The ledger of one lot or class, in order of events.
    pub fn entries_of(&self, thing: Node) -> Vec<Entry> {
        let mut places: Vec<usize> = self.mentions_of(thing).map(|(place, _)| place).collect();
        places.reverse();
        let mut out = Vec::new();
        for place in places {
            self.lines(place, Some(thing), &mut out);
        }
        out
    }

    /// The stock of a lot or class by site, at a moment.
    pub fn stock(&self, thing: Node, time: i64) -> BTreeMap<(Option<TermId>, Dimension), Decimal> {
        let mut out = BTreeMap::new();
        for entry in self.entries_of(thing).iter().filter(|entry| entry.time <= time) {
            *out.entry((entry.site, entry.dimension)).or_insert(Decimal::ZERO) += entry.amount;
        }
        out
    }

    /// An amount of a transformation in base units.
    fn in_base(&self, amount: &Amount) -> Option<(Dimension, Decimal)> {
        base(amount.quantity, amount.unit.map(|unit| self.term(unit)))
    }

    /// Stocks that went below nothing.
    pub fn shortfalls(&self) -> Vec<Shortfall> {
        let mut running: BTreeMap<Account, (Decimal, Option<Shortfall>)> = BTreeMap::new();
        for entry in self.entries() {
            let key = (entry.thing, entry.site, entry.dimension);
            let (stock, worst) = running.entry(key).or_insert((Decimal::ZERO, None));
            *stock += entry.amount;
            if stock.is_sign_negative() && !stock.is_zero() {
                let time = worst.as_ref().map_or(entry.time, |worst| worst.time);
                let amount = worst.as_ref().map_or(-*stock, |worst| worst.amount.max(-*stock));
                *worst = Some(Shortfall {
                    thing: entry.thing,
                    site: entry.site,
                    dimension: entry.dimension,
                    amount,
                    time,
                });
            }
        }
        running.into_values().filter_map(|(_, worst)| worst).collect()
    }

    /// The balance of a transformation, by its place in [`World::transformations`].
    pub fn balance(&self, transformation: usize) -> Option<Balance> {
        let own = self.transformations.get(transformation)?;
        let mut balance = Balance::default();
        let mut add = |list: &[Amount], into_inputs: bool| {
            for amount in list {
                match self.in_base(amount) {
                    Some((dimension, quantity)) => {
                        let side = if into_inputs { &mut balance.inputs } else { &mut balance.outputs };
                        *side.entry(dimension).or_insert(Decimal::ZERO) += quantity;
                    }
                    None => balance.unknown += 1,
                }
            }
        };
        add(&own.inputs, true);
        add(&own.outputs, false);
        Some(balance)
    }

    /// How much of `start` is in each thing that came of it: “12 kg of lot R in 40 t”. Transformations mix perfectly;
    /// they are taken in the order of their first events, so a loop (the heel of a tank) adds up lap by lap. Only
    /// amounts of `dimension` count.
    pub fn shares(&self, start: &[Node], dimension: Dimension) -> BTreeMap<Node, Share> {
        let mut shares: BTreeMap<Node, Share> = BTreeMap::new();
        let mut order: Vec<usize> = (0..self.transformations.len()).collect();
        order.sort_by_key(|&at| self.transformations.get(at).map_or((0, 0), |own| own.times));
        for own in order.into_iter().filter_map(|at| self.transformations.get(at)) {
            let in_dimension = |list: &[Amount]| -> Vec<(Node, Decimal)> {
                list.iter()
                    .filter_map(|amount| Some((amount.node, self.in_base(amount)?)))
                    .filter(|(_, (own, _))| *own == dimension)
                    .map(|(thing, (_, quantity))| (thing, quantity))
                    .collect()
            };
            let inputs = in_dimension(&own.inputs);
            let all: Decimal = inputs.iter().map(|(_, quantity)| *quantity).sum();
            if all <= Decimal::ZERO {
                continue;
            }
            let mut affected = Decimal::ZERO;
            for (thing, quantity) in &inputs {
                if start.contains(thing) {
                    affected += *quantity;
                } else if let Some(share) = shares.get(thing).filter(|share| !share.of_all.is_zero()) {
                    affected += *quantity * share.of_start / share.of_all;
                }
            }
            for (thing, quantity) in in_dimension(&own.outputs) {
                let share = shares.entry(thing).or_default();
                share.of_all += quantity;
                share.of_start += quantity * affected / all;
            }
        }
        shares.retain(|_, share| !share.of_start.is_zero());
        shares
    }
}
