//! How much of the affected goods lies in each part of a region. The parts, what is known no finer, what is elsewhere and what is unknown
//! make up everything that is at a place.

use zhiheng_base::RegionCode;
use zhiheng_trace::dictionary::TermId;

use super::{Held, Place, Recall};

/// Which places are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those in a region and below it.
    In(RegionCode),
    /// Those known to be in the region and no finer.
    Only(RegionCode),
    /// Those outside of a region.
    Outside(RegionCode),
    /// Those of which nobody knows the region.
    Unknown,
}

/// Places together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// How much they hold.
    pub held: Held,
    /// How many they are.
    pub places: usize,
}

impl Part {
    fn add(&mut self, place: &Place) {
        self.held.add(&place.held);
        self.places += 1;
    }
}

/// The places of a recall by the parts of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The region.
    pub of: RegionCode,
    /// The regions right below it, by code; those without goods are there as well.
    pub parts: Vec<(RegionCode, Part)>,
    /// Known to be in the region, in which part is not.
    pub only: Part,
    /// Outside of the region.
    pub outside: Part,
    /// Of unknown region; here are also the goods of which nobody recorded the place.
    pub unknown: Part,
}

impl Spread {
    /// Whether any part has something.
    pub fn has_parts(&self) -> bool {
        self.parts.iter().any(|(_, part)| part.places > 0)
    }
}

impl Recall<'_> {
    /// The smallest region that holds `own` and every place whose region is known.
    pub fn widest(&self, own: RegionCode) -> RegionCode {
        let mut of = own;
        let holds =
            |of: RegionCode| self.places.values().filter_map(|place| place.region).all(|at| of.contains(at));
        while !holds(of) {
            let Some(above) = self.atlas.regions().parent(of) else { break };
            of = above;
        }
        of
    }

    /// The places by the parts of `of`.
    pub fn spread(&self, of: RegionCode) -> Spread {
        let children =
            self.atlas.regions().children(of).into_iter().map(|child| (child.code, Part::default()));
        let mut spread = Spread {
            of,
            parts: children.collect(),
            only: Part::default(),
            outside: Part::default(),
            unknown: Part { held: self.nowhere.clone(), places: 0 },
        };
        for place in self.places.values() {
            let part = match place.region {
                None => &mut spread.unknown,
                Some(at) if !of.contains(at) => &mut spread.outside,
                Some(at) => {
                    let own = spread.parts.iter_mut().find(|(code, _)| code.contains(at));
                    own.map_or(&mut spread.only, |(_, part)| part)
                }
            };
            part.add(place);
        }
        spread
    }

    /// The places that are meant, those with the most pieces first.
    pub fn at(&self, which: Which) -> Vec<(TermId, &Place)> {
        let parts = |of| self.atlas.regions().children(of);
        let is_meant = |place: &Place| match (which, place.region) {
            (Which::All, _) | (Which::Unknown, None) => true,
            (Which::In(of), Some(at)) => of.contains(at),
            (Which::Only(of), Some(at)) => {
                of.contains(at) && !parts(of).iter().any(|part| part.code.contains(at))
            }
            (Which::Outside(of), Some(at)) => !of.contains(at),
            _ => false,
        };
        let mut found: Vec<(TermId, &Place)> = self
            .places
            .iter()
            .filter(|(_, place)| is_meant(place))
            .map(|(site, place)| (*site, place))
            .collect();
        let text = |site: TermId| self.seen.world.term(site);
        found.sort_by(|one, other| {
            other.1.held.pieces.cmp(&one.1.held.pieces).then_with(|| text(one.0).cmp(text(other.0)))
        });
        found
    }
}
