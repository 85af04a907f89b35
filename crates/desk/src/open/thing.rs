//! A product behind a code: what its consumer may know. Where it went and who handled it stays with the trace; out of it come a
//! day and whether something of it is recalled.

use zhiheng_base::{Date, Diagnostic};
use zhiheng_trace::id::{Detail, Identifier, Key, Level};
use zhiheng_trace::query::Masters;
use zhiheng_trace::world::scope::Fate;
use zhiheng_trace::world::{Deed, Node, Standing, Sure, World};

use super::{Book, Notice, Outcome};

/// Names of master data of the CBV.
const MASTER_DATA: &str = "urn:epcglobal:cbv:mda:";
/// Business steps with which a thing comes into being.
const MADE: [&str; 2] = ["commissioning", "creating_class_instance"];

/// How a product is touched by a recall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// It is named itself, or its lot or its product is.
    Named,
    /// It was made of, or packed with, something that is named.
    Made,
    /// That it was cannot be excluded.
    Possibly,
}

/// What is told of a product.
#[derive(Debug)]
pub struct Thing<'b> {
    /// Its identifier.
    pub identifier: Identifier,
    /// What is wrong with the code itself: a check digit.
    pub doubt: Option<Diagnostic>,
    /// Whether anybody has recorded something of it.
    pub known: bool,
    /// The day on which it was made.
    pub made: Option<Date>,
    /// The region in which it was made, never the place: as master data of the place have it.
    pub made_in: Option<String>,
    /// Its lot, if it is a single piece whose lot is recorded.
    pub lot: Option<String>,
    /// Whether it was taken out of circulation.
    pub ended: bool,
    /// Recalls that go on and touch it, the surest first.
    pub recalls: Vec<(Touched, &'b Notice)>,
    /// Recalls of it that are finished.
    pub finished: Vec<&'b Notice>,
    /// Published results that name its lot.
    pub outcomes: Vec<&'b Outcome>,
}

/// The identifier of a GTIN with a lot or a serial number, as the parts of a path.
///
/// Errors: ZH9502 and ZH9504 for what is none.
pub fn identifier(gtin: &str, detail: Detail) -> Result<Identifier, Diagnostic> {
    Identifier::new(Key::Gtin, gtin, detail)
}

/// What is told of a product.
pub fn thing<'b>(book: &'b Book, world: &World, masters: &Masters, identifier: &Identifier) -> Thing<'b> {
    let node = world.find(&identifier.link());
    let lot_node = match identifier.level() {
        Level::Instance => node.and_then(|node| world.lot_of(node)),
        _ => node,
    };
    let lot = match identifier.detail() {
        Detail::Lot(lot) => Some(lot.to_string()),
        _ => lot_node.and_then(|node| Identifier::read(&world.text(node)).ok()).and_then(|lot| {
            matches!(lot.detail(), Detail::Lot(_)).then(|| lot.detail_text().unwrap_or_default().to_owned())
        }),
    };
    let made = [node, lot_node].into_iter().flatten().find_map(|node| made(world, node));
    let before = if book.notices.is_empty() { Vec::new() } else { before(world, node) };
    let mut recalls: Vec<(Touched, &Notice)> = (book.notices.iter())
        .filter_map(|notice| Some((touched(notice, identifier, lot.as_deref(), &before)?, notice)))
        .collect();
    recalls.sort_by_key(|(touched, _)| *touched);
    let named = |notice: &&Notice| {
        notice.identifier.as_ref().is_some_and(|scope| covers(scope, identifier, lot.as_deref()))
    };
    Thing {
        doubt: identifier.problem(),
        known: node.is_some(),
        made: made.and_then(|deed| day_of(deed.time)),
        made_in: made.and_then(|deed| region_of(masters, world.term(deed.site?))),
        ended: node.is_some_and(|node| world.is_piece(node) && world.state(node).fate == Fate::Ended),
        recalls,
        finished: book.finished.iter().filter(named).collect(),
        outcomes: book.outcomes.iter().filter(|one| is_on(one, identifier, lot.as_deref())).collect(),
        lot,
        identifier: identifier.clone(),
    }
}

/// The recall that goes on and was published of the very thing that a text names, or of its whole product; the newest of several.
pub fn recalled<'b>(book: &'b Book, text: &str) -> Option<&'b Notice> {
    let thing = Identifier::read(text).ok()?;
    let lot = match thing.detail() {
        Detail::Lot(lot) => Some(lot.as_str()),
        _ => None,
    };
    let is_of = |notice: &&Notice| notice.identifier.as_ref().is_some_and(|scope| covers(scope, &thing, lot));
    book.notices.iter().find(is_of)
}

/// Whether what is recalled holds a thing: the product all of it, a lot its pieces.
fn covers(scope: &Identifier, thing: &Identifier, lot: Option<&str>) -> bool {
    if (scope.key(), scope.body()) != (thing.key(), thing.body()) {
        return false;
    }
    match scope.detail() {
        Detail::None => true,
        Detail::Lot(recalled) => lot == Some(recalled.as_str()),
        _ => scope.detail() == thing.detail(),
    }
}

/// Whether a result is on this product, and on this lot as far as both name one.
fn is_on(one: &Outcome, thing: &Identifier, lot: Option<&str>) -> bool {
    let code = one.code.as_deref().and_then(|code| Identifier::read(code.trim()).ok());
    let same = code.is_some_and(|code| (code.key(), code.body()) == (thing.key(), thing.body()));
    same && one.lot.as_deref().zip(lot).is_none_or(|(one, lot)| one == lot)
}

/// What a thing came from, with the lots of single pieces, and whether that is recorded.
fn before(world: &World, node: Option<Node>) -> Vec<(Identifier, Option<String>, bool)> {
    let Some(node) = node else { return Vec::new() };
    let read = |node: Node| Identifier::read(&world.text(node)).ok();
    let lot = |identifier: &Identifier, node: Node| match identifier.detail() {
        Detail::Lot(lot) => Some(lot.clone()),
        _ => read(world.lot_of(node)?).and_then(|lot| lot.detail_text().map(str::to_owned)),
    };
    (world.upstream(&[node]).into_iter())
        .filter_map(|(before, step)| {
            let identifier = read(before)?;
            let lot = lot(&identifier, before);
            Some((identifier, lot, step.sure == Sure::Recorded))
        })
        .collect()
}

fn touched(
    notice: &Notice,
    thing: &Identifier,
    lot: Option<&str>,
    before: &[(Identifier, Option<String>, bool)],
) -> Option<Touched> {
    let scope = notice.identifier.as_ref()?;
    if covers(scope, thing, lot) {
        return Some(Touched::Named);
    }
    let of = before.iter().filter(|(one, lot, _)| covers(scope, one, lot.as_deref()));
    of.map(|(_, _, is_recorded)| if *is_recorded { Touched::Made } else { Touched::Possibly }).min()
}

/// Its first event of being made.
fn made(world: &World, node: Node) -> Option<&Deed> {
    let facts = world.events_of(node).filter_map(|place| world.fact(place));
    let made = facts.filter(|fact| fact.standing == Standing::Stands).map(|fact| fact.deed).filter(|deed| {
        let step = deed.step.map(|step| world.term(step));
        step.is_some_and(|step| MADE.contains(&step))
    });
    made.min_by_key(|deed| deed.time)
}

/// The day of a time in China.
fn day_of(time: i64) -> Option<Date> {
    let at = jiff::Timestamp::from_microsecond(time).ok()?;
    Some(at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).date())
}

/// The region of a place: its state and city as master data have them, or the country. A street or a name is never taken.
fn region_of(masters: &Masters, place: &str) -> Option<String> {
    let own = masters.attributes.get(place)?;
    let said =
        |name: &str| own.get(&format!("{MASTER_DATA}{name}")).and_then(|values| values.first()).cloned();
    let parts: Vec<String> = [said("state"), said("city")].into_iter().flatten().collect();
    if parts.is_empty() { said("countryCode") } else { Some(parts.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_told_and_a_street_is_not() {
        let mut masters = Masters::default();
        let mut place = |id: &str, pairs: &[(&str, &str)]| {
            let own =
                pairs.iter().map(|(name, value)| (format!("{MASTER_DATA}{name}"), vec![(*value).to_owned()]));
            masters.attributes.insert(id.to_owned(), own.collect());
        };
        place(
            "a",
            &[
                ("state", "Gansu"),
                ("city", "Dingxi"),
                ("streetAddressOne", "1 Secret Road"),
                ("name", "Partner"),
            ],
        );
        place("b", &[("countryCode", "CN"), ("streetAddressOne", "1 Secret Road")]);
        place("c", &[("streetAddressOne", "1 Secret Road")]);
        let told = ["a", "b", "c", "d"].map(|id| region_of(&masters, id));
        assert_eq!(told, [Some("Gansu Dingxi".to_owned()), Some("CN".to_owned()), None, None]);
    }

    #[test]
    fn a_product_covers_its_lots_and_a_lot_its_pieces() {
        let read = |text: &str| Identifier::read(text).unwrap();
        let product = read("(01)06901234000115");
        let lot = read("(01)06901234000115(10)R0-3-2");
        let other = read("(01)06901234000115(10)R0-3-3");
        let piece = read("(01)06901234000115(21)17");
        let stranger = read("(01)06901234000146(10)R0-3-2");
        assert!(covers(&product, &lot, Some("R0-3-2")) && covers(&product, &piece, None));
        assert!(covers(&lot, &lot, Some("R0-3-2")) && covers(&lot, &piece, Some("R0-3-2")));
        assert!(!covers(&lot, &other, Some("R0-3-3")) && !covers(&lot, &piece, None));
        assert!(!covers(&lot, &product, None), "one lot is not the whole product");
        assert!(!covers(&product, &stranger, None) && !covers(&lot, &stranger, Some("R0-3-2")));
        assert!(covers(&piece, &piece, None) && !covers(&piece, &lot, Some("R0-3-2")));
    }
}
