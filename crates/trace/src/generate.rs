//! Made-up worlds: a dairy's and a distillery's, event by event, the same for the same seed.
//!
//! They serve tests, measurements and practice. What must come of a recall is known without asking the events: a raw lot
//! goes into that day's tank and, by the heel that stays in the tank, into those of the following days until the tank is
//! cleaned; so a plant's cartons from that day to the end of the week are affected, and no others
//! ([`Plan::affected_days`]).

mod chance;
mod plant;

use crate::Time;
use crate::event::{Event, EventKind, Quantity, SensorElement, Site, Typed};
use crate::node::{Name, Node, Scalar};
use crate::{Number, event};

use chance::Chance;
use plant::Plant;

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Milk powder: farms, tanks with heels, premixes, cartons, pallets, totes, shops; a cold chain.
    Dairy,
    /// Spirits: grain, base spirits, blending tanks with heels, bottles in cases; no cold chain.
    Liquor,
}

/// Which faults a world has, each once in so many chances; 0 for never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faults {
    /// A tote that was shipped is never received.
    pub lost: u64,
    /// A journey gets too warm.
    pub warm: u64,
    /// An event is declared wrong and replaced.
    pub wrong: u64,
    /// A premix is recorded without its lot.
    pub no_lot: u64,
}

impl Faults {
    /// A world in which everything is recorded as it was.
    pub const NONE: Faults = Faults { lost: 0, warm: 0, wrong: 0, no_lot: 0 };
    /// A world as they are.
    pub const USUAL: Faults = Faults { lost: 20, warm: 20, wrong: 500, no_lot: 40 };
}

/// What world is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What is made in it.
    pub kind: Kind,
    /// So many plants work side by side.
    pub plants: u64,
    /// Days.
    pub days: u64,
    /// Seed.
    pub seed: u64,
    /// Faults.
    pub faults: Faults,
}

/// Days after which tanks are cleaned, and in which one premix is used by all plants.
pub const WEEK: u64 = 7;
/// Suppliers of a plant.
pub const SUPPLIERS: u64 = 10;
/// Lots that a plant finishes a day.
pub const LOTS: u64 = 3;
/// Cartons, or bottles, of a lot.
pub const PIECES: u64 = 80;
/// Cartons on a pallet.
pub const PALLET: u64 = 40;
/// Cartons in a tote.
pub const TOTE: u64 = 10;
/// Shops.
pub const SHOPS: u64 = 3000;
/// About so many events make a plant's day.
const DAY_EVENTS: u64 = 150;

impl Plan {
    /// A plan with about so many events.
    pub fn of_size(kind: Kind, events: u64, seed: u64) -> Plan {
        let plant_days = events.div_ceil(DAY_EVENTS).max(1);
        let days = plant_days.min(30);
        Plan { kind, plants: plant_days.div_ceil(days), days, seed, faults: Faults::USUAL }
    }

    /// The events, plant by plant and day by day. Chains reach over days, so the events of one time do not all come
    /// together; a store must take that.
    pub fn events(self) -> impl Iterator<Item = Event> {
        let premix = (0..self.days.div_ceil(WEEK)).flat_map(move |week| plant::premix(self, week));
        let plants = (0..self.plants)
            .flat_map(move |plant| (0..self.days).flat_map(move |day| Plant::new(self, plant, day).events()));
        premix.chain(plants)
    }

    /// The days on which cartons of a plant are affected by what went into its tank on `day`.
    pub fn affected_days(self, day: u64) -> std::ops::Range<u64> {
        let next_cleaning = (day / WEEK + 1) * WEEK;
        day..next_cleaning.min(self.days)
    }

    /// The raw lot that a supplier delivers to a plant on a day.
    pub fn raw_lot(self, plant: u64, supplier: u64, day: u64) -> String {
        lot(self.code(1), &format!("R{plant}-{supplier}-{day}"))
    }

    /// The premix of a week.
    pub fn premix_lot(self, week: u64) -> String {
        lot(self.code(2), &format!("P{week}"))
    }

    /// A finished lot.
    pub fn finished_lot(self, plant: u64, day: u64, n: u64) -> String {
        lot(self.code(4), &format!("F{plant}-{day}-{n}"))
    }

    /// A carton or bottle: `n` counts within its lot.
    pub fn piece(self, plant: u64, day: u64, lot: u64, n: u64) -> String {
        let serial = ((plant * self.days + day) * LOTS + lot) * PIECES + n;
        format!("https://id.gs1.org/01/{}/21/{serial:010}", gtin(self.code(4)))
    }

    /// The number of a kind of goods: 1 raw, 2 premix, 3 in the tank, 4 finished, 5 ingredients.
    fn code(self, goods: u64) -> u64 {
        match self.kind {
            Kind::Dairy => 10 + goods,
            Kind::Liquor => 20 + goods,
        }
    }
}

/// The GTIN of the example company 6901234 with an item number.
fn gtin(item: u64) -> String {
    with_check(&format!("06901234{item:05}"))
}

fn lot(item: u64, lot: &str) -> String {
    format!("https://id.gs1.org/01/{}/10/{lot}", gtin(item))
}

/// A place of the example company: 0–9,999 suppliers, then plants, warehouses, shops.
fn place(number: u64) -> String {
    let digits = with_check(&format!("6901234{:05}", number % 100_000));
    let spot = number / 100_000;
    if spot == 0 {
        format!("https://id.gs1.org/414/{digits}")
    } else {
        format!("https://id.gs1.org/414/{digits}/254/{spot}")
    }
}

fn sscc(number: u64) -> String {
    format!("https://id.gs1.org/00/{}", with_check(&format!("06901234{number:09}")))
}

/// The digits with their check digit: weights 3 and 1 from the right.
fn with_check(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// 2026-01-01 00:00 in China, in seconds.
const START: i64 = 1_767_196_800;

fn at(day: u64, seconds: u64) -> Time {
    let seconds = START + (day * 86_400 + seconds) as i64;
    Time::second(seconds)
}

fn event(kind: EventKind, action: Option<event::Action>, time: Time, step: &str, site: &str) -> Event {
    let mut event = Event::new(kind, time, "+08:00");
    event.action = action;
    event.biz_step = Some(step.to_owned());
    event.read_point = Some(Site { id: site.to_owned(), extensions: Vec::new() });
    event.biz_location = Some(Site { id: site.to_owned(), extensions: Vec::new() });
    event
}

fn kilograms(class: &str, amount: u64) -> Quantity {
    Quantity { class: class.to_owned(), quantity: Some(Number::whole(amount)), unit: Some("KGM".to_owned()) }
}

fn sent(mut event: Event, to: &str) -> Event {
    event.biz_location = None;
    event.disposition = Some("in_transit".to_owned());
    event.destinations = vec![Typed { kind: Some("location".to_owned()), id: to.to_owned() }];
    event
}

fn lot_of_pieces(lot: &str) -> Vec<Node> {
    let number = lot.rsplit('/').next().unwrap_or_default();
    vec![Node::scalar(Name::new("urn:epcglobal:cbv:mda", "lotNumber"), Scalar::Text(number.to_owned()))]
}

/// Readings every quarter of an hour.
fn log(from: &Time, n: u64, chance: &mut Chance, is_warm: bool) -> Vec<SensorElement> {
    use crate::event::{Field, Measured};
    let report = (0..n).filter_map(|step| {
        let time = Time::at(from.micros() + step as i64 * 900_000_000)?;
        let warmer = if is_warm && (2..7).contains(&step) { 70 } else { 0 };
        let tenths = 30 + chance.below(20) + warmer;
        Some(Measured {
            fields: vec![
                (Field::Type, Scalar::Text("Temperature".to_owned())),
                (Field::Time, Scalar::Text(time.text().to_owned())),
                (Field::Value, Scalar::Number(Number::read(&format!("{}.{}", tenths / 10, tenths % 10))?)),
                (Field::Uom, Scalar::Text("CEL".to_owned())),
            ],
            extensions: Vec::new(),
        })
    });
    vec![SensorElement { metadata: None, reports: report.collect(), extensions: Vec::new() }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Captured, World};
    use crate::{Limits, Problems, event::check, json};

    fn world(plan: Plan) -> World {
        let captured: Vec<Captured> =
            plan.events().zip(0..).map(|(event, recorded)| Captured { event, recorded }).collect();
        World::of(&captured, None)
    }

    #[test]
    fn events_are_sound_and_the_same_for_the_same_seed() {
        for kind in [Kind::Dairy, Kind::Liquor] {
            let plan = Plan::of_size(kind, 600, 7);
            let text = |plan: Plan| -> Vec<String> {
                plan.events().map(|event| json::write_event(&event, &[], json::JsonStyle::Compact)).collect()
            };
            let first = text(plan);
            assert!((400..900).contains(&first.len()), "{}", first.len());
            assert_eq!(first, text(plan));
            assert_ne!(first, text(Plan { seed: 8, ..plan }));
            for text in first {
                let outcome = json::read(text.as_bytes(), &Limits::default());
                assert!(outcome.problems.list().is_empty(), "{:?} {text}", outcome.problems.list());
            }
            let mut problems = Problems::new();
            plan.events().for_each(|event| check(&event, &crate::Path::ROOT, &mut problems));
            assert!(problems.list().is_empty(), "{:?}", problems.list());
        }
    }

    #[test]
    fn a_recall_finds_what_the_plan_says() {
        for kind in [Kind::Dairy, Kind::Liquor] {
            let plan = Plan { kind, plants: 3, days: 9, seed: 1, faults: Faults::NONE };
            let world = world(plan);
            for (plant, day) in [(0, 0), (1, 5), (2, 6), (2, 7)] {
                let raw = world.find(&plan.raw_lot(plant, 3, day)).expect("a raw lot");
                let affected: std::collections::BTreeSet<String> = world
                    .affected(&[raw])
                    .into_iter()
                    .filter(|(node, _, _)| world.is_piece(*node))
                    .map(|(node, _, _)| world.text(node))
                    .collect();
                let wanted: std::collections::BTreeSet<String> = plan
                    .affected_days(day)
                    .flat_map(|day| (0..LOTS).flat_map(move |lot| (0..PIECES).map(move |n| (day, lot, n))))
                    .map(|(day, lot, n)| plan.piece(plant, day, lot, n))
                    .collect();
                assert_eq!(affected.len(), wanted.len(), "{kind:?} {plant} {day}");
                assert_eq!(affected, wanted);
            }
            // the premix of the first week went everywhere
            let premix = world.find(&plan.premix_lot(0)).expect("the premix");
            let summary = world.summary(&[premix]);
            let pieces: usize = summary.pieces.values().sum();
            assert_eq!(pieces as u64, plan.plants * WEEK * LOTS * PIECES);
            assert!(world.findings().is_empty(), "{:?}", world.findings().first());
            assert!(world.shortfalls().is_empty(), "{:?}", world.shortfalls().first());
        }
    }

    #[test]
    fn faults_are_found() {
        use crate::world::{Finding, Standing, scope::Fate};
        let faults = Faults { lost: 4, warm: 3, wrong: 30, no_lot: 3 };
        let world = world(Plan { kind: Kind::Dairy, plants: 2, days: 5, seed: 3, faults });
        assert!(world.facts().any(|fact| fact.standing == Standing::Voided));
        let pieces: Vec<_> = world.nodes().filter(|node| world.is_piece(*node)).collect();
        assert!(pieces.iter().any(|node| world.state(*node).fate == Fate::InTransit));
        assert!(world.findings().iter().any(|finding| matches!(finding, Finding::NeverReceived { .. })));
        let limit = crate::world::expose::Limit {
            above: Some(zhiheng_base::Decimal::from(8)),
            below: None,
            gap: 1_800_000_000,
        };
        assert!(world.exposures(&limit).values().any(|own| own.outside > 0));
        let premix = world.find(&Plan::of_size(Kind::Dairy, 1, 3).premix_lot(0)).expect("the premix");
        assert!(world.summary(&[premix]).possible > 0);
    }
}
