//! What holds in every world: the order of capture does not matter, capture is idempotent, forward and backward are
//! converse, answers as of a time never change later, and the closure is that of a slow and simple program.

use proptest::prelude::*;

use super::*;

fn thing() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..12_u8).prop_map(|n| format!("x:{n}")),
        (0..3_u8).prop_map(|n| format!("https://id.gs1.org/01/04012345111118/10/L{n}"))
    ]
}

fn things() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(thing(), 1..4)
}

fn any_event() -> impl Strategy<Value = Event> {
    let action = prop::sample::select(vec![Action::Add, Action::Observe, Action::Delete]);
    let plain = prop_oneof![
        3 => (0..40_i64, things(), things()).prop_map(|(seconds, inputs, outputs)| {
            let mut event = event(EventKind::Transformation, None, seconds);
            (event.inputs, event.outputs) = (inputs, outputs);
            event
        }),
        2 => (0..40_i64, action.clone(), thing(), prop::collection::vec(thing(), 0..4)).prop_map(|(seconds, action, parent, children)| {
            let mut event = event(EventKind::Aggregation, Some(action), seconds);
            (event.parent, event.children) = (Some(parent), children);
            event
        }),
        1 => (0..40_i64, action, things()).prop_map(|(seconds, action, things)| {
            let mut event = event(EventKind::Object, Some(action), seconds);
            event.epcs = things;
            event
        }),
    ];
    (plain, prop::option::of(0..6_u8), prop::bool::weighted(0.1)).prop_map(|(mut event, id, is_wrong)| {
        event.id = id.map(|id| format!("urn:uuid:{id}"));
        if is_wrong { wrong(event, 99, &[]) } else { event }
    })
}

fn events() -> impl Strategy<Value = Vec<Captured>> {
    prop::collection::vec((any_event(), 0..20_i64), 0..14)
        .prop_map(|list| list.into_iter().map(|(event, recorded)| Captured { event, recorded }).collect())
}

/// Everything that a world says, by text, so that two worlds can be compared.
fn told(world: &World) -> Vec<String> {
    let mut out = Vec::new();
    for fact in world.facts() {
        out.push(format!("{:?} {:?}", fact.standing, fact.deed.mark));
    }
    let names: BTreeSet<String> = world.nodes().map(|thing| world.text(thing)).collect();
    for name in names {
        let thing = world.find(&name).expect("a thing");
        let stays: Vec<String> = world
            .stays(thing)
            .iter()
            .map(|stay| format!("{} {} {}", world.text(stay.container), stay.from, stay.to))
            .collect();
        out.push(format!(
            "{name} {:?} {:?} {:?} {stays:?}",
            world.named_forward(&name),
            world.named_backward(&name),
            world.state(thing).fate
        ));
    }
    out
}

/// The closure by trying again until nothing changes, with containment replayed event by event.
fn slow_forward(world: &World, start: Node) -> BTreeSet<Node> {
    let mut links: BTreeSet<(Node, Node)> = BTreeSet::new();
    for own in world.transformations() {
        for input in own.consumed.keys() {
            for output in &own.outputs {
                links.insert((*input, output.node));
            }
        }
    }
    let mut out: BTreeSet<Node> = BTreeSet::new();
    loop {
        let next: BTreeSet<Node> = links
            .iter()
            .filter(|(from, _)| *from == start || out.contains(from))
            .map(|(_, to)| *to)
            .collect();
        if next.is_subset(&out) {
            return out;
        }
        out.extend(next);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_capture_does_not_matter(events in events(), seed in any::<u64>()) {
        let mut shuffled = events.clone();
        let mut state = seed;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(told(&World::of(&events, None)), told(&World::of(&shuffled, None)));
    }

    #[test]
    fn another_order_of_arrival_tells_the_same(events in events(), turn in 0..14_usize) {
        // identifiers of their own, because of two contents under one identifier the first to arrive counts
        let own: Vec<Event> = events.iter().enumerate().map(|(place, captured)| {
            let mut event = captured.event.clone();
            event.id = event.id.map(|_| format!("urn:uuid:{place}"));
            event
        }).collect();
        let mut turned = own.clone();
        turned.rotate_left(turn.min(own.len()));
        prop_assert_eq!(told(&World::of(&captured(&own), None)), told(&World::of(&captured(&turned), None)));
    }

    #[test]
    fn capture_is_idempotent(events in events()) {
        let mut twice = events.clone();
        twice.extend(events.iter().map(|own| Captured { event: own.event.clone(), recorded: own.recorded + 100 }));
        prop_assert_eq!(told(&World::of(&events, None)), told(&World::of(&twice, None)));
    }

    #[test]
    fn as_of_answers_never_change_later(events in events(), later in events(), limit in 0..20_i64) {
        let mut all = events.clone();
        all.extend(later.into_iter().map(|own| Captured { recorded: own.recorded + limit + 1, ..own }));
        prop_assert_eq!(told(&World::of(&events, Some(limit))), told(&World::of(&all, Some(limit))));
    }

    #[test]
    fn forward_and_backward_are_converse(events in events()) {
        let world = World::of(&events, None);
        for a in world.nodes() {
            let reached = world.forward(&[a]);
            for b in world.nodes() {
                prop_assert_eq!(reached.contains_key(&b), world.backward(&[b]).contains_key(&a));
            }
        }
    }

    #[test]
    fn the_closure_is_that_of_a_slow_program(events in events()) {
        let world = World::of(&events, None);
        for start in world.nodes() {
            let fast: BTreeSet<Node> = world.forward(&[start]).into_keys().collect();
            prop_assert_eq!(fast, slow_forward(&world, start));
        }
    }

    #[test]
    fn a_piece_is_in_one_container_at_a_time(events in events()) {
        let world = World::of(&events, None);
        for thing in world.nodes() {
            let mut stays: Vec<Stay> = world.stays(thing);
            stays.sort_by_key(|stay| (stay.from, stay.to));
            for pair in stays.windows(2) {
                prop_assert!(pair[0].to <= pair[1].from, "{:?}", pair);
            }
            prop_assert!(stays.iter().all(|stay| stay.from <= stay.to));
        }
    }

    #[test]
    fn a_world_that_grows_is_the_one_folded_at_once(
        events in events(),
        cuts in prop::collection::vec(0..14_usize, 0..4),
        asked in prop::collection::vec(any::<bool>(), 5),
    ) {
        let mut world = World::default();
        let (mut from, mut behind) = (0, false);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(events.len())).collect();
        cuts.sort_unstable();
        for (to, asked) in cuts.into_iter().chain([events.len()]).zip(asked) {
            world.learn(|log| {
                for (place, captured) in events.iter().enumerate().take(to).skip(from) {
                    log.push(&captured.event, &arrival(captured, place as u64));
                }
            });
            behind |= to > from;
            prop_assert_eq!(world.is_settled(), !behind);
            from = from.max(to);
            // Much may come before it is asked again.
            if asked || from == events.len() {
                world.settle();
                behind = false;
            }
        }
        let at_once = World::of(&events, None);
        prop_assert_eq!(told(&world), told(&at_once));
        prop_assert_eq!(world.findings(), at_once.findings());
    }

    #[test]
    fn a_picture_of_a_log_is_the_log(events in events(), at in any::<prop::sample::Index>()) {
        let world = World::of(&events, None);
        let bytes = world.log().to_bytes();
        let again = World::fold(Arc::new(Log::from_bytes(&bytes).expect("a log")), AsOf::NOW);
        prop_assert_eq!(told(&again), told(&world));
        prop_assert_eq!(again.log().to_bytes(), bytes.clone());
        // a flipped bit is seen
        let mut damaged = bytes;
        let place = at.index(damaged.len());
        damaged[place] ^= 4;
        prop_assert!(Log::from_bytes(&damaged).is_none());
    }
}
