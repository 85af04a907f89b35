//! Who got affected goods, or has some now, and which: what each of them must be told. What is here of one addressee names nobody else.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use zhiheng_base::RegionCode;
use zhiheng_trace::dictionary::TermId;
use zhiheng_trace::id::{Detail, Identifier, Key, shown};
use zhiheng_trace::world::ledger::{Change, Dimension};
use zhiheng_trace::world::scope::Fate;
use zhiheng_trace::world::{Node, Sure, World};

use super::Recall;

/// Goods of one kind and lot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goods {
    /// The product, or the thing itself where it is none of a product.
    pub product: String,
    /// The lot, if it is recorded.
    pub lot: Option<String>,
    /// Serial numbers, those that follow each other as `first–last`.
    pub serials: Vec<String>,
    /// Single pieces.
    pub pieces: usize,
    /// Those of them that are still there, as far as is recorded.
    pub here: usize,
    /// What the place took in by lot, in base units.
    pub received: BTreeMap<Dimension, Decimal>,
    /// The first and the last moment at which some came; `None` for what was made there.
    pub came: Option<(i64, i64)>,
    /// That they are affected is recorded; otherwise it is only not excluded.
    pub is_sure: bool,
}

/// Somebody who must be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addressee {
    /// Under which identifiers events name them: a place and a party with one global location number are one.
    pub terms: BTreeSet<TermId>,
    /// Its name, if master data have one.
    pub name: Option<String>,
    /// Its region, if master data tell.
    pub region: Option<RegionCode>,
    /// What it got, by product and lot.
    pub goods: Vec<Goods>,
}

impl Addressee {
    /// How many pieces it got, or has.
    pub fn pieces(&self) -> usize {
        self.goods.iter().map(|goods| goods.pieces).sum()
    }

    /// How many of them are still there.
    pub fn here(&self) -> usize {
        self.goods.iter().map(|goods| goods.here).sum()
    }

    /// How many lots and classes are among them.
    pub fn lots(&self) -> usize {
        self.goods.iter().filter_map(|goods| goods.lot.as_ref()).collect::<BTreeSet<_>>().len()
    }

    /// The first and the last moment at which something came.
    pub fn came(&self) -> Option<(i64, i64)> {
        let all = || self.goods.iter().filter_map(|goods| goods.came);
        Some((all().map(|came| came.0).min()?, all().map(|came| came.1).max()?))
    }

    /// The identifiers as people read them.
    pub fn identifiers(&self, world: &World) -> Vec<String> {
        self.terms.iter().map(|term| shown(world.term(*term))).collect()
    }
}

/// One thing that somebody got.
#[derive(Clone, Copy, Debug, Default)]
struct Got {
    came: Option<(i64, i64)>,
    is_here: bool,
    is_sure: bool,
}

impl Recall<'_> {
    /// Everybody who got something affected or has some now, by identifier.
    pub fn addressees(&self) -> Vec<Addressee> {
        let world = self.seen.world;
        let mut known: BTreeMap<String, (BTreeSet<TermId>, BTreeMap<Node, Got>)> = BTreeMap::new();
        for (node, _, sure) in world.affected(&[self.start]) {
            let mut put = |term: TermId, time: Option<i64>, is_here: bool| {
                let (terms, got) = known.entry(mailbox(world.term(term))).or_default();
                terms.insert(term);
                let own = got.entry(node).or_default();
                own.is_sure = sure == Sure::Recorded;
                own.is_here |= is_here;
                if let Some(time) = time {
                    let (first, last) = own.came.unwrap_or((time, time));
                    own.came = Some((first.min(time), last.max(time)));
                }
            };
            for delivery in world.deliveries(node) {
                put(delivery.to, Some(delivery.time), false);
            }
            let state = world.state(node);
            if world.is_piece(node) {
                if let Some(site) = state.site.filter(|_| state.fate == Fate::At) {
                    put(site, None, true);
                }
            } else {
                // Of a lot there may be some at several places at once.
                let stock =
                    world.stock(node, i64::MAX).into_iter().filter(|(_, amount)| *amount > Decimal::ZERO);
                for site in stock.filter_map(|((site, _), _)| site) {
                    put(site, None, true);
                }
            }
        }
        known.into_values().map(|(terms, got)| self.addressee(terms, &got)).collect()
    }

    fn addressee(&self, terms: BTreeSet<TermId>, got: &BTreeMap<Node, Got>) -> Addressee {
        let world = self.seen.world;
        let mut goods: BTreeMap<(String, Option<String>), (Goods, Vec<String>)> = BTreeMap::new();
        for (node, own) in got {
            let (product, lot, serial) = named(world, *node);
            let (goods, serials) = goods
                .entry((product.clone(), lot.clone()))
                .or_insert_with(|| (Goods { product, lot, is_sure: true, ..Goods::default() }, Vec::new()));
            goods.is_sure &= own.is_sure;
            if let Some((first, last)) = own.came {
                let (from, to) = goods.came.unwrap_or((first, last));
                goods.came = Some((from.min(first), to.max(last)));
            }
            if world.is_piece(*node) {
                goods.pieces += 1;
                goods.here += usize::from(own.is_here);
                serials.extend(serial);
            } else {
                let entries = world.entries_of(*node).into_iter();
                let own = |site: Option<TermId>| site.is_some_and(|site| terms.contains(&site));
                for entry in entries.filter(|entry| entry.change == Change::Received && own(entry.site)) {
                    *goods.received.entry(entry.dimension).or_default() += entry.amount;
                }
            }
        }
        let text = |term: &TermId| world.term(*term);
        Addressee {
            name: terms.iter().find_map(|term| self.atlas.name(text(term))).map(str::to_owned),
            region: terms.iter().find_map(|term| self.atlas.region(text(term))),
            goods: (goods.into_values())
                .map(|(goods, serials)| Goods { serials: runs(serials), ..goods })
                .collect(),
            terms,
        }
    }
}

/// What two identifiers share that are of one addressee: the global location number of a place or party.
fn mailbox(text: &str) -> String {
    match Identifier::read(text) {
        Ok(read) if read.key() == Key::Party => read.body().to_owned(),
        Ok(read) if read.key() == Key::Gln && *read.detail() == Detail::None => read.body().to_owned(),
        _ => text.to_owned(),
    }
}

/// Product, lot and serial number of a thing, as far as it has them.
fn named(world: &World, node: Node) -> (String, Option<String>, Option<String>) {
    let text = world.text(node);
    let lot_of = |node: Node| {
        let lot = Identifier::read(&world.text(node)).ok()?;
        lot.detail_text().map(str::to_owned)
    };
    match Identifier::read(&text) {
        Ok(read) if read.key() == Key::Gtin => {
            let product = shown(&read.class().link());
            match read.detail() {
                Detail::Lot(lot) => (product, Some(lot.clone()), None),
                Detail::None => (product, None, None),
                _ => {
                    let serial = read.detail_text().map(str::to_owned);
                    (product, world.lot_of(node).and_then(lot_of), serial)
                }
            }
        }
        _ => (shown(&text), world.lot_of(node).and_then(lot_of), None),
    }
}

/// Serial numbers in order; those of as many digits that follow each other become one run.
fn runs(mut serials: Vec<String>) -> Vec<String> {
    let number = |text: &str| -> Option<u128> {
        let is_number = text.len() <= 38 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_number)
    };
    serials.sort_unstable_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
    let mut runs: Vec<(String, String)> = Vec::new();
    for serial in serials {
        let follows = runs.last().is_some_and(|(_, last)| {
            let next = number(last).and_then(|last| last.checked_add(1));
            last.len() == serial.len() && next.is_some() && next == number(&serial)
        });
        match runs.last_mut().filter(|_| follows) {
            Some((_, last)) => *last = serial,
            None => runs.push((serial.clone(), serial)),
        }
    }
    let text =
        |(first, last): (String, String)| if first == last { first } else { format!("{first}–{last}") };
    runs.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::{mailbox, runs};

    #[test]
    fn serials_that_follow_each_other_are_one_run() {
        let of = |list: &[&str]| runs(list.iter().map(|text| (*text).to_owned()).collect());
        assert_eq!(of(&["03", "01", "02", "05", "9", "10"]), ["9", "01–03", "05", "10"]);
        assert_eq!(of(&["099", "100", "A2", "A1"]), ["A1", "A2", "099–100"]);
        assert_eq!(of(&["1"]), ["1"]);
        assert!(of(&[]).is_empty());
        // more digits than a number has stay as they are
        let long = "9".repeat(39);
        assert_eq!(of(&[&long]), [long]);
    }

    #[test]
    fn a_place_and_its_party_are_one_addressee_and_a_spot_inside_is_another() {
        let [place, party, spot] = ["414/6901234567892", "417/6901234567892", "414/6901234567892/254/7"]
            .map(|end| mailbox(&format!("https://id.gs1.org/{end}")));
        assert!(place == party && place != spot, "{place} {party} {spot}");
        assert_eq!(mailbox("https://example.com/shop"), "https://example.com/shop");
    }
}
