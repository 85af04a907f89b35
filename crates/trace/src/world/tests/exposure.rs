//! Exposures are those of a plain program: for each thing every way up, every reading, second by second.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::world::expose::{Exposure, Limit};
use zhiheng_base::Decimal;

/// What happens in a small cold store.
fn any_event() -> impl Strategy<Value = Event> {
    let thing = || (0..7_u8).prop_map(|n| format!("x:{n}"));
    let action = prop::sample::select(vec![Action::Add, Action::Delete]);
    prop_oneof![
        3 => (0..30_i64, action, thing(), prop::collection::vec(thing(), 0..3)).prop_map(
            |(seconds, action, parent, children)| {
                let mut event = event(EventKind::Aggregation, Some(action), seconds);
                (event.parent, event.children) = (Some(parent), children);
                event
            }
        ),
        2 => (0..30_i64, thing(), prop::collection::vec((0..40_i64, 0..12_u8), 1..4)).prop_map(
            |(seconds, thing, readings)| {
                let readings: Vec<(i64, String)> =
                    readings.into_iter().map(|(at, degrees)| (at, degrees.to_string())).collect();
                let readings: Vec<(i64, &str)> =
                    readings.iter().map(|(at, degrees)| (*at, degrees.as_str())).collect();
                warm(seen(Action::Observe, seconds, &[&thing]), &readings)
            }
        ),
    ]
}

const SECOND: i64 = 1_000_000;

/// Outside and covered seconds of a thing, by looking at each second. Readings of the tests have no stretches.
fn plain(world: &World, thing: Node, limit: &Limit) -> Option<(i64, i64)> {
    let mut readings: Vec<(i64, Decimal)> = Vec::new();
    for place in 0..world.n_facts() {
        let deed = world.fact(place).expect("a fact").deed;
        let own = deed.named.of(&world.log.named).iter().any(|named| named.node == thing);
        for &(time, _, degrees, _) in deed.readings.of(&world.log.readings) {
            let is_inside = world.containers(thing).iter().any(|&(container, from, to)| {
                // the moment of leaving is not inside any more
                let is_there = from <= time && time < to;
                is_there && deed.named.of(&world.log.named).iter().any(|named| named.node == container)
            });
            if own || is_inside {
                readings.push((time, degrees));
            }
        }
    }
    readings.sort_unstable();
    readings.dedup();
    let last = readings.last()?.0;
    let (mut outside, mut covered) = (0, 0);
    for second in 0..last / SECOND {
        let at = second * SECOND;
        // the newest reading holds, of two at one moment the higher
        let holding = readings.iter().rev().find(|(time, _)| *time <= at);
        if let Some((time, degrees)) = holding.filter(|(time, _)| at - time < limit.gap) {
            covered += SECOND;
            let _ = time;
            outside += if limit.is_outside(*degrees, *degrees) { SECOND } else { 0 };
        }
    }
    Some((outside, covered))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn exposures_are_those_of_a_plain_program(events in prop::collection::vec(any_event(), 0..20), above in 2..10_i64, gap in 1..20_i64) {
        let world = world(&events);
        let limit = Limit { above: Some(Decimal::from(above)), below: None, gap: gap * SECOND };
        let all = world.exposures(&limit);
        for node in world.nodes() {
            let told = all.get(&node).map(|own| (own.outside, own.covered));
            prop_assert_eq!(told, plain(&world, node, &limit), "{}", world.text(node));
            prop_assert_eq!(world.exposure(node, &limit), all.get(&node).copied());
        }
        let outside: BTreeMap<Node, Exposure> = all.into_iter().filter(|(_, own)| own.outside > 0).collect();
        prop_assert_eq!(world.exposed(&limit).iter().collect::<BTreeMap<_, _>>(), outside);
    }

    /// With readings of stretches, rows of things say what each thing by itself does.
    #[test]
    fn rows_of_things_say_what_each_does(
        events in prop::collection::vec(any_event(), 0..20),
        lengths in prop::collection::vec(0..9_i64, 1..8),
        above in 2..10_i64,
    ) {
        let stretched: Vec<Event> = events.into_iter().map(|event| stretch(event, &lengths)).collect();
        let world = world(&stretched);
        let limit = Limit { above: Some(Decimal::from(above)), below: Some(Decimal::ONE), gap: 5 * SECOND };
        let one_by_one: BTreeMap<Node, Exposure> =
            world.nodes().filter_map(|node| Some((node, world.exposure(node, &limit)?))).collect();
        prop_assert_eq!(world.exposures(&limit), one_by_one.clone());
        let outside: Vec<(Node, Exposure)> = one_by_one.into_iter().filter(|(_, own)| own.outside > 0).collect();
        prop_assert_eq!(world.exposed(&limit).len(), outside.len());
        prop_assert_eq!(world.exposed(&limit).iter().collect::<Vec<_>>(), outside);
    }
}

/// Lets some readings hold for a stated time.
fn stretch(mut event: Event, lengths: &[i64]) -> Event {
    let ends = lengths.iter().cycle();
    for (report, length) in event.sensors.iter_mut().flat_map(|element| &mut element.reports).zip(ends) {
        let start = report.text(Field::Time).and_then(Time::read).map_or(0, |time| time.micros());
        if *length > 0 {
            let end = at(start / SECOND - at(0).micros() / SECOND + length);
            report.fields.push((Field::EndTime, Scalar::Text(end.text().to_owned())));
        }
    }
    event
}
