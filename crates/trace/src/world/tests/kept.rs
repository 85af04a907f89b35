//! What is kept of states and counted in sweeps is what the slow and plain definition says: a look at each thing by itself.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::world::scope::{Fate, Summary};

const LOT: &str = "https://id.gs1.org/01/04012345111118/10/L";
const CLASS: &str = "https://id.gs1.org/01/04012345111118";

fn piece() -> impl Strategy<Value = String> {
    (0..14_u8).prop_map(|n| format!("https://id.gs1.org/01/04012345111118/21/{n:03}"))
}

fn lot() -> impl Strategy<Value = String> {
    (0..3_u8).prop_map(|n| format!("{LOT}{n}"))
}

fn unit() -> impl Strategy<Value = String> {
    (0..4_u8).prop_map(|n| format!("x:box{n}"))
}

/// Pieces, sometimes a container among them.
fn things() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![4 => piece(), 1 => unit()], 0..5)
}

fn quantities() -> impl Strategy<Value = Vec<Quantity>> {
    let one = (prop_oneof![6 => lot(), 1 => Just(CLASS.to_owned())], 1..9_u8)
        .prop_map(|(class, amount)| amounts(&[(&class, &amount.to_string(), "KGM")]).remove(0));
    prop::collection::vec(one, 0..2)
}

fn any_event() -> impl Strategy<Value = Event> {
    let action = || prop::sample::select(vec![Action::Add, Action::Observe, Action::Delete]);
    // few moments, so that many events share one
    let plain = prop_oneof![
        3 => (0..12_i64, action(), things(), quantities()).prop_map(|(seconds, action, things, quantities)| {
            let mut event = event(EventKind::Object, Some(action), seconds);
            (event.epcs, event.quantities) = (things, quantities);
            event
        }),
        4 => (0..12_i64, action(), unit(), things(), quantities(), any::<bool>()).prop_map(
            |(seconds, action, parent, children, quantities, joined)| {
                let kind = if joined { EventKind::Association } else { EventKind::Aggregation };
                let mut event = event(kind, Some(action), seconds);
                (event.parent, event.children, event.child_quantities) = (Some(parent), children, quantities);
                event
            }
        ),
        2 => (0..12_i64, things(), quantities(), things(), quantities()).prop_map(
            |(seconds, inputs, taken, outputs, made)| {
                let mut event = event(EventKind::Transformation, None, seconds);
                (event.inputs, event.input_quantities) = (inputs, taken);
                (event.outputs, event.output_quantities) = (outputs, made);
                event
            }
        ),
    ];
    let step = prop::option::of(prop::sample::select(vec![
        "shipping",
        "departing",
        "receiving",
        "accepting",
        "retail_selling",
        "storing",
    ]));
    let site = || prop::option::of((0..4_u8).prop_map(|n| format!("x:site{n}")));
    let told = (
        step,
        site(),
        prop::collection::vec(0..12_u8, 0..3),
        prop::option::of(0..2_u8),
        prop::bool::weighted(0.1),
    );
    (plain, told, prop::option::of(lot())).prop_map(|(mut event, (step, site, parties, id, is_sold), lot)| {
        event.biz_step = step.map(str::to_owned);
        event.biz_location = site.map(|id| Site { id, extensions: Vec::new() });
        event.disposition = is_sold.then(|| "retail_sold".to_owned());
        event.destinations = parties
            .iter()
            .map(|n| Typed { kind: Some("location".to_owned()), id: format!("x:party{n}") })
            .collect();
        event.id = id.map(|id| format!("urn:uuid:{id}"));
        match lot {
            Some(lot) if event.kind == EventKind::Object => {
                in_lot(event, lot.rsplit('/').next().unwrap_or_default())
            }
            _ => event,
        }
    })
}

/// Mostly without identifiers, so that few repeat one; some declared wrong.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let one = (any_event(), prop::bool::weighted(0.9), prop::bool::weighted(0.05)).prop_map(
        |(mut event, no_id, is_wrong)| {
            event.id = event.id.filter(|_| !no_id);
            if is_wrong { wrong(event, 99, &[]) } else { event }
        },
    );
    prop::collection::vec(one, 0..24)
}

/// The figures of a recall by looking at each thing.
fn plain(world: &World, start: &[Node]) -> Summary {
    let mut out = Summary::default();
    let mut sites: BTreeMap<TermId, usize> = BTreeMap::new();
    let affected = world.affected(start);
    let once: BTreeSet<Node> = affected.iter().map(|(node, _, _)| *node).collect();
    assert_eq!(once.len(), affected.len());
    for (node, _, sure) in affected {
        let state = world.state(node);
        if world.is_piece(node) {
            *out.pieces.entry(state.fate).or_insert(0) += 1;
            if let (Fate::At, Some(site)) = (state.fate, state.site) {
                *sites.entry(site).or_insert(0) += 1;
            }
        } else {
            out.lots += 1;
        }
        out.possible += usize::from(sure == Sure::Possible);
        out.recipients.extend(state.recipients);
    }
    out.sites = sites;
    out
}

fn check(world: &World) {
    for node in world.nodes() {
        let state = world.state(node);
        let (spot, recipients) = world.states.told(node).expect("a kept state");
        let told = (spot.fate, spot.site, spot.is_piece);
        assert_eq!(told, (state.fate, state.site, world.is_piece(node)), "{}", world.text(node));
        assert_eq!(recipients, state.recipients, "{}", world.text(node));
        assert_eq!(world.summary(&[node]), plain(world, &[node]), "{}", world.text(node));
    }
    let all: Vec<Node> = world.nodes().collect();
    assert_eq!(world.summary(&all), plain(world, &all));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_a_look_says(events in events()) {
        check(&world(&events));
    }

    #[test]
    fn what_is_kept_while_growing_is_what_a_look_says(events in events(), cuts in prop::collection::vec(0..24_usize, 0..5)) {
        // in the order of time, so that nothing is late and each piece is taken over by itself
        let mut events = events;
        events.sort_by_key(|event| event.time.micros());
        let mut world = World::default();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(events.len())).collect();
        cuts.sort_unstable();
        let mut from = 0;
        for to in cuts.into_iter().chain([events.len()]) {
            world.grow(|log| {
                for (captured, place) in captured(&events).iter().zip(0_u64..).take(to).skip(from) {
                    log.push(&captured.event, &arrival(captured, place));
                }
            });
            from = from.max(to);
            check(&world);
        }
        prop_assert_eq!(world.n_facts(), super::world(&events).n_facts());
    }
}

#[test]
fn a_thing_that_many_got_keeps_them_all() {
    // twelve shops get cartons of one lot, and the pallet that goes round them all is told of by each
    let shops: Vec<String> = (0..12).map(|n| format!("x:shop{n}")).collect();
    let mut events = vec![pack(Action::Add, 1, "x:pallet", &["x:1", "x:2"])];
    events.extend(
        shops
            .iter()
            .zip(2..)
            .map(|(shop, at)| send(seen(Action::Observe, at, &["x:pallet"]), "x:plant", shop)),
    );
    let world = world(&events);
    let carton = world.find("x:1").expect("a carton");
    assert_eq!(world.states.many(carton).count(), 12);
    let names: BTreeSet<&str> =
        world.summary(&[carton]).recipients.iter().map(|term| world.term(*term)).collect();
    assert_eq!(names, shops.iter().map(String::as_str).collect());
    check(&world);
}

#[test]
fn pieces_in_a_row_are_few_runs() {
    let pieces: Vec<String> = (0..500).map(|n| format!("{CLASS}/21/{n}")).collect();
    let all: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let world = world(&[
        in_lot(seen(Action::Add, 1, &all), "L0"),
        // sold one by one, in another order
        place(seen(Action::Observe, 2, &[all[77], all[3]]), "retail_selling", "x:shop"),
        // told to be of another lot as well
        in_lot(seen(Action::Observe, 3, &[all[5]]), "L1"),
    ]);
    let lot = world.find(&format!("{LOT}0")).expect("the lot");
    // the lot itself is first named beside the first piece, so its number lies behind that one's
    assert_eq!(world.runs_of(lot).count(), 2);
    let summary = world.summary(&[lot]);
    assert_eq!(summary.pieces, BTreeMap::from([(Fate::Sold, 2), (Fate::Unknown, 498)]));
    let other = world.find(&format!("{LOT}1")).expect("the other lot");
    assert_eq!(
        (world.summary(&[other]).pieces.values().sum::<usize>(), world.summary(&[other]).lots),
        (1, 1)
    );
    // both at once count the piece once
    assert_eq!(world.summary(&[lot, other]).pieces.values().sum::<usize>(), 500);
    check(&world);
}
