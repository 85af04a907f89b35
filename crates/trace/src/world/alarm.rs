//! Alarms: one serial at two far places (a copy), moves that nobody recorded, goods that nobody made; and how sure each
//! finding is.
//!
//! Events tell what somebody wrote down, so a finding is about records first. How likely it is that the goods themselves are
//! wrong depends on what else is known: where places are (master data), how fast goods can travel, and how long they are
//! on the way. These are given ([`Grounds`]), not built in.

use std::collections::{BTreeSet, HashMap};

use super::chain::NONE;
use super::{Finding, Form, Node, Roles, Standing, World};
use crate::dictionary::TermId;
use crate::event::Action;
use crate::query::Masters;

/// What alarms are judged by.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// The fastest that goods can travel, in kilometres per hour; without it distance tells nothing.
    pub speed: Option<f64>,
    /// The longest that goods are on the way, in microseconds.
    pub transit: Option<i64>,
    /// Latitude and longitude of places, in degrees.
    pub spots: HashMap<TermId, (f64, f64)>,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The records contradict each other, whatever happened.
    Certain,
    /// There is hardly another explanation.
    Likely,
    /// A record may simply be missing, or still to come.
    Possible,
}

impl Confidence {
    /// A word for machines, and the end of the name of its message.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Certain => "certain",
            Confidence::Likely => "likely",
            Confidence::Possible => "possible",
        }
    }
}

/// Something that should not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// One piece at two places in less time than the way takes.
    TwoPlaces {
        /// The piece.
        thing: Node,
        /// Where it was.
        from: TermId,
        /// Where it was next.
        to: TermId,
        /// The later time.
        time: i64,
        /// Whole kilometres between them, if both places are known.
        kilometres: Option<u64>,
    },
    /// One piece at one place, then at another, and neither was it sent nor received.
    Unrecorded {
        /// The piece.
        thing: Node,
        /// Where it was.
        from: TermId,
        /// Where it was next.
        to: TermId,
        /// When it was there.
        time: i64,
    },
    /// A lot was used or shipped, and nobody made, commissioned or received it.
    NeverMade {
        /// The lot.
        lot: Node,
        /// When it was heard of first.
        time: i64,
    },
}

/// Names of the attributes that tell where a place is.
const LATITUDE: &str = "urn:epcglobal:cbv:mda:latitude";
const LONGITUDE: &str = "urn:epcglobal:cbv:mda:longitude";

impl Grounds {
    /// Where places are, by master data.
    pub fn find_spots(&mut self, world: &World, masters: &Masters) {
        for (id, attributes) in &masters.attributes {
            let degrees = |name: &str, most: f64| {
                let text = attributes.get(name)?.first()?;
                text.parse().ok().filter(|degrees: &f64| degrees.abs() <= most)
            };
            let spot = degrees(LATITUDE, 90.0).zip(degrees(LONGITUDE, 180.0));
            if let (Some(place), Some(spot)) = (world.known_place(id), spot) {
                self.spots.insert(place, spot);
            }
        }
    }

    fn kilometres(&self, from: TermId, to: TermId) -> Option<f64> {
        let (from, to) = (self.spots.get(&from)?, self.spots.get(&to)?);
        Some(distance(*from, *to))
    }
}

/// Kilometres on the sphere of the earth's mean radius, by the haversine formula; off by half a percent at most.
fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.009;
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let across = from.0.to_radians().cos() * to.0.to_radians().cos() * half(from.1, to.1);
    2.0 * RADIUS * (half(from.0, to.0) + across).clamp(0.0, 1.0).sqrt().asin()
}

const HOUR: f64 = 3_600_000_000.0;

impl World {
    /// What should not be, in a fixed order, with how sure it is.
    pub fn alarms(&self, grounds: &Grounds) -> Vec<(Alarm, Confidence)> {
        let mut out: BTreeSet<(Alarm, Confidence)> = BTreeSet::new();
        for thing in self.nodes() {
            if self.is_lot(thing) {
                out.extend(self.never_made(thing));
            } else if self.is_piece(thing) && self.thing(thing).is_some_and(|thing| thing.class().is_some()) {
                self.follow_places(thing, grounds, &mut out);
            }
        }
        out.into_iter().collect()
    }

    /// How sure a finding is.
    pub fn confidence(&self, finding: &Finding, grounds: &Grounds) -> Confidence {
        match finding {
            Finding::Conflict { .. } | Finding::CorrectiveMissing { .. } | Finding::SeenAfterEnd { .. } => {
                Confidence::Certain
            }
            Finding::TwoContainers { .. } | Finding::NotInside { .. } => Confidence::Likely,
            Finding::NeverCommissioned { thing } if self.has_recorded_beginnings(*thing) => {
                Confidence::Likely
            }
            Finding::NeverReceived { time, .. } => {
                let newest = self.facts.last().and_then(|held| self.log.deeds.get(held.deed as usize));
                let since = newest.map_or(0, |deed| deed.time.saturating_sub(*time));
                let is_late = grounds.transit.is_some_and(|transit| since > transit);
                if is_late { Confidence::Likely } else { Confidence::Possible }
            }
            Finding::NeverCommissioned { .. } => Confidence::Possible,
        }
    }

    /// True if pieces of the same class are commissioned on record, so that one that is not stands out.
    fn has_recorded_beginnings(&self, thing: Node) -> bool {
        let class = self.thing(thing).and_then(crate::dictionary::Thing::class);
        let members = class.and_then(|class| self.members.get(class.0 as usize));
        // a few neighbours tell as much as all
        members.into_iter().flatten().filter(|node| **node != thing && self.is_piece(**node)).take(32).any(
            |&node| {
                self.mentioning(node, i64::MIN, i64::MAX)
                    .filter_map(|(place, _)| self.fact(place))
                    .any(|fact| fact.deed.form == Form::Object && fact.deed.action == Some(Action::Add))
            },
        )
    }

    fn follow_places(&self, thing: Node, grounds: &Grounds, out: &mut BTreeSet<(Alarm, Confidence)>) {
        let words = self.words();
        let mut before: Option<(i64, TermId, bool)> = None;
        for (place, _) in self.told_of(thing) {
            let Some(deed) = self.fact(place).map(|fact| fact.deed) else { continue };
            let Some(site) = deed.site else { continue };
            let (sends, takes) = words.moves(deed.step);
            if let Some((time, from, sent)) = before.filter(|(_, from, _)| *from != site) {
                let hours = (deed.time - time) as f64 / HOUR;
                let kilometres = grounds.kilometres(from, site);
                let is_too_fast = match (kilometres, grounds.speed) {
                    (Some(kilometres), Some(speed)) => kilometres > 1.0 && kilometres > speed * hours,
                    // nobody is at two places at one moment, wherever they are
                    _ => deed.time == time,
                };
                if is_too_fast {
                    let sure = if kilometres.is_some() { Confidence::Likely } else { Confidence::Possible };
                    let kilometres = kilometres.map(|kilometres| kilometres as u64);
                    out.insert((
                        Alarm::TwoPlaces { thing, from, to: site, time: deed.time, kilometres },
                        sure,
                    ));
                } else if !sent && !takes {
                    let alarm = Alarm::Unrecorded { thing, from, to: site, time: deed.time };
                    out.insert((alarm, Confidence::Possible));
                }
            }
            before = Some((deed.time, site, sends));
        }
    }

    fn never_made(&self, lot: Node) -> Option<(Alarm, Confidence)> {
        if self.seat(lot).producer != NONE {
            return None;
        }
        let words = self.words();
        let mut first = None;
        for (place, roles) in self.mentioning(lot, i64::MIN, i64::MAX) {
            let fact = self.fact(place).filter(|fact| fact.standing == Standing::Stands)?;
            let begins = fact.deed.form == Form::Object && fact.deed.action == Some(Action::Add);
            if begins || roles.has(Roles::OUTPUT) || words.moves(fact.deed.step).1 {
                return None;
            }
            first = Some(fact.deed.time);
        }
        Some((Alarm::NeverMade { lot, time: first? }, Confidence::Possible))
    }
}
