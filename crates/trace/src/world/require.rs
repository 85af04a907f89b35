//! Which records a rule demands of a chain, and which of them are lacking.
//!
//! A rule is data: for each record it says where in the chain it stands (what went in, the making, the goods themselves), what
//! was done, and what must be told. It is written as codes of a code list: `source-receiving`, `making`, `product-shipping`,
//! and below each its fields, such as `product-shipping.to`.

use std::collections::BTreeSet;

use super::log::PIECE;
use super::{Form, Node, World};

/// Where in a chain a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Of anything that went in.
    Source,
    /// Of the transformations on the way.
    Making,
    /// Of the goods themselves, their lot or its pieces, and what they were packed in.
    Product,
}

/// What a record must tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// A lot.
    Lot,
    /// An amount.
    Amount,
    /// A place.
    Place,
    /// To whom.
    To,
    /// A reading of temperature.
    Reading,
}

impl Told {
    fn read(word: &str) -> Option<Told> {
        Some(match word {
            "lot" => Told::Lot,
            "amount" => Told::Amount,
            "where" => Told::Place,
            "to" => Told::To,
            "reading" => Told::Reading,
            _ => return None,
        })
    }
}

/// A record that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// The code that demands it.
    pub code: String,
    side: Side,
    /// What was done; anything if it is empty.
    step: String,
    /// Codes of fields, and what they demand.
    fields: Vec<(String, Told)>,
}

/// What is lacking.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// No such record.
    Record(String),
    /// There are records, and none tells this.
    Field(String),
}

/// Of more pieces than this the first are looked at: what nobody recorded of so many, nobody recorded.
const MOST_PIECES: usize = 10_000;

/// The records that a list of codes demands; `Err` is the first code that is none of a rule.
pub fn rules<'c>(codes: impl IntoIterator<Item = &'c str>) -> Result<Vec<Required>, String> {
    let mut out: Vec<Required> = Vec::new();
    for code in codes {
        let wrong = || code.to_owned();
        if let Some((record, field)) = code.split_once('.') {
            let told = Told::read(field).ok_or_else(wrong)?;
            let own = out.iter_mut().find(|own| own.code == record).ok_or_else(wrong)?;
            own.fields.push((code.to_owned(), told));
            continue;
        }
        let (side, step) = code.split_once('-').unwrap_or((code, ""));
        let side = match side {
            "source" => Side::Source,
            "making" => Side::Making,
            "product" => Side::Product,
            _ => return Err(wrong()),
        };
        if side != Side::Making && step.is_empty() {
            return Err(wrong());
        }
        out.push(Required { code: code.to_owned(), side, step: step.to_owned(), fields: Vec::new() });
    }
    Ok(out)
}

impl World {
    /// What is lacking of the records that a rule demands of the chain of a thing, in the order of the rule.
    pub fn lacking(&self, thing: Node, rules: &[Required]) -> Vec<Lack> {
        let sources: BTreeSet<Node> = self.backward(&[thing]).into_keys().collect();
        let lot = self.lot_of(thing);
        let pieces = self.runs_of(thing).flat_map(super::runs::Run::nodes).take(MOST_PIECES);
        let own: BTreeSet<Node> = std::iter::once(thing).chain(lot).chain(pieces).collect();
        // a pallet's record is one of the lot if what is on it tells its lot
        let has_lot = lot.is_some() || self.is_lot(thing);
        let of = |nodes: &BTreeSet<Node>| -> BTreeSet<usize> {
            nodes.iter().flat_map(|&node| self.told_of(node)).map(|(place, _)| place).collect()
        };
        let product = of(&own);
        let all_sources: BTreeSet<Node> = sources.difference(&own).copied().collect();
        let source = of(&all_sources);
        let mut out = Vec::new();
        for rule in rules {
            let places = match rule.side {
                Side::Source => source.iter().collect::<Vec<_>>(),
                Side::Product => product.iter().collect(),
                Side::Making => source.union(&product).collect(),
            };
            let records: Vec<usize> =
                places.into_iter().copied().filter(|&place| self.is_record(place, rule)).collect();
            if records.is_empty() {
                out.push(Lack::Record(rule.code.clone()));
                continue;
            }
            let lacks = |told: Told| {
                let by_goods = told == Told::Lot && rule.side == Side::Product && has_lot;
                !by_goods && !records.iter().any(|&place| self.tells(place, told))
            };
            let fields = rule.fields.iter().filter(|(_, told)| lacks(*told));
            out.extend(fields.map(|(code, _)| Lack::Field(code.clone())));
        }
        out
    }

    fn is_record(&self, place: usize, rule: &Required) -> bool {
        let Some(deed) = self.fact(place).map(|fact| fact.deed) else { return false };
        let made = deed.form == Form::Transformation;
        (made || rule.side != Side::Making)
            && (rule.step.is_empty() || deed.step.is_some_and(|step| self.term(step) == rule.step))
    }

    fn tells(&self, place: usize, told: Told) -> bool {
        let Some(deed) = self.fact(place).map(|fact| fact.deed) else { return false };
        let named = deed.named.of(&self.log.named);
        match told {
            Told::Lot => {
                deed.lots.len > 0
                    || named.iter().any(|own| self.is_lot(own.node) || self.lot_of(own.node).is_some())
            }
            // pieces are counted by naming them
            Told::Amount => named.iter().any(|own| own.amount == PIECE || self.log.amount(own).0.is_some()),
            Told::Place => deed.site.is_some(),
            Told::To => deed.destinations.len > 0,
            Told::Reading => deed.readings.len > 0,
        }
    }
}
