//! The edge cases of traceability, each by name.

use super::*;
use crate::world::expose::Limit;
use crate::world::ledger::{Change, Dimension};
use crate::world::scope::Fate;

const NONE: Side<'static> = (&[], &[]);

#[test]
fn a_loop_of_lots_ends_and_only_its_members_reach_themselves() {
    // a → b → c → b (rework), c → d
    let world = world(&[
        make(1, (&["x:a"], &[]), (&["x:b"], &[])),
        make(2, (&["x:b"], &[]), (&["x:c"], &[])),
        make(3, (&["x:c"], &[]), (&["x:b"], &[])),
        make(4, (&["x:c"], &[]), (&["x:d"], &[])),
    ]);
    assert_eq!(world.named_forward("x:a"), ["x:b", "x:c", "x:d"]);
    assert_eq!(world.named_forward("x:b"), ["x:b", "x:c", "x:d"]);
    assert_eq!(world.named_forward("x:d"), Vec::<String>::new());
    assert_eq!(world.named_backward("x:d"), ["x:a", "x:b", "x:c"]);
    assert_eq!(world.way(&[world.find("x:a").expect("a")], world.find("x:d").expect("d")).len(), 4);
}

#[test]
fn a_chain_of_a_hundred_thousand_reworks() {
    let events: Vec<Event> = (0..100_000)
        .map(|n| make(n, (&[&format!("x:{n}")], &[]), (&[&format!("x:{}", n + 1)], &[])))
        .collect();
    let world = world(&events);
    let (first, last) = (world.find("x:0").expect("first"), world.find("x:100000").expect("last"));
    assert_eq!((world.forward(&[first]).len(), world.backward(&[last]).len()), (100_000, 100_000));
    assert_eq!(world.forward(&[first]).get(&last).map(|step| step.links), Some(100_000));
}

#[test]
fn taking_everything_out_and_taking_part_out() {
    let world = world(&[
        pack(Action::Add, 10, "x:tote", &["x:1", "x:2", "x:3"]),
        pack(Action::Add, 20, "x:cage", &["x:tote"]),
        pack(Action::Delete, 30, "x:tote", &["x:2"]),
        pack(Action::Delete, 40, "x:tote", &[]),
        pack(Action::Delete, 50, "x:cage", &["x:never"]),
    ]);
    assert_eq!(world.inside("x:cage", 25), ["x:1", "x:2", "x:3", "x:tote"].map(str::to_owned).map(|t| t));
    assert_eq!(world.inside("x:tote", 35), ["x:1", "x:3"]);
    assert_eq!(world.inside("x:tote", 41), Vec::<String>::new());
    assert_eq!(world.inside("x:cage", 60), ["x:tote"]);
    let two = world.find("x:2").expect("two");
    let names =
        |time| world.containers_at(two, time).iter().map(|thing| world.text(*thing)).collect::<Vec<_>>();
    assert_eq!((names(25_000_000), names(30_000_000)), (texts(&["x:tote", "x:cage"]), Vec::new()));
    let never = world.find("x:never").expect("never");
    let cage = world.find("x:cage").expect("cage");
    let wanted = Finding::NotInside { thing: never, container: cage, time: 50_000_000 };
    assert!(world.findings().contains(&wanted));
}

#[test]
fn into_two_containers_without_taking_out() {
    let world = world(&[pack(Action::Add, 10, "x:a", &["x:1"]), pack(Action::Add, 20, "x:b", &["x:1"])]);
    assert_eq!((world.inside("x:a", 15), world.inside("x:b", 25)), (texts(&["x:1"]), texts(&["x:1"])));
    assert_eq!(world.inside("x:a", 25), Vec::<String>::new());
    assert!(matches!(world.findings().first(), Some(Finding::TwoContainers { time: 20_000_000, .. })));
    // out of one and into the other at one moment is no finding
    let moved = super::world(&[
        pack(Action::Add, 10, "x:a", &["x:1"]),
        pack(Action::Delete, 20, "x:a", &["x:1"]),
        pack(Action::Add, 20, "x:b", &["x:1"]),
    ]);
    assert_eq!(moved.findings().len(), 0);
    assert_eq!(moved.inside("x:b", 25), ["x:1"]);
}

#[test]
fn a_container_that_holds_itself_ends() {
    let world = world(&[
        pack(Action::Add, 1, "x:a", &["x:b"]),
        pack(Action::Add, 2, "x:b", &["x:a"]),
        pack(Action::Add, 3, "x:a", &["x:a"]),
    ]);
    assert_eq!(world.inside("x:a", 5), ["x:b"]);
    let a = world.find("x:a").expect("a");
    assert_eq!(world.containers_at(a, 5_000_000).len(), 1);
    assert_eq!(world.state(a).fate, Fate::Unknown);
}

#[test]
fn events_of_one_transformation_are_one() {
    let joined = |mut event: Event| {
        event.transformation = Some("x:t".to_owned());
        event
    };
    // the output is recorded before the last input
    let world = world(&[
        joined(make(1, (&["x:milk"], &[]), NONE)),
        joined(make(2, NONE, (&["x:cheese"], &[]))),
        joined(make(3, (&["x:salt"], &[]), NONE)),
    ]);
    assert_eq!(world.transformations().len(), 1);
    assert_eq!(world.named_backward("x:cheese"), ["x:milk", "x:salt"]);
    assert_eq!(world.named_forward("x:salt"), ["x:cheese"]);
}

#[test]
fn what_was_in_a_used_container_was_used() {
    let world = world(&[
        pack(Action::Add, 1, "x:bin", &["x:bag"]),
        pack(Action::Add, 2, "x:bag", &["x:apple"]),
        make(3, (&["x:bin"], &[]), (&["x:juice"], &[])),
        pack(Action::Add, 4, "x:bin", &["x:pear"]),
    ]);
    assert_eq!(world.named_forward("x:apple"), ["x:juice"]);
    assert_eq!(world.named_backward("x:juice"), ["x:apple", "x:bag", "x:bin"]);
    assert_eq!(world.named_forward("x:pear"), Vec::<String>::new());
}

#[test]
fn declared_wrong_is_shown_and_not_traced() {
    let original = named(make(5, (&["x:a"], &[]), (&["x:b"], &[])), "urn:uuid:1");
    let corrected = named(make(5, (&["x:a2"], &[]), (&["x:b"], &[])), "urn:uuid:2");
    let declaration = wrong(original.clone(), 9, &["urn:uuid:2"]);
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let all = [original.clone(), corrected.clone(), declaration.clone()];
        let world = world(&order.map(|n| all[n].clone()));
        assert_eq!(world.named_backward("x:b"), ["x:a2"]);
        assert_eq!(world.named_forward("x:a"), Vec::<String>::new());
        let standings: Vec<Standing> = world
            .history(world.find("x:a").expect("a"))
            .iter()
            .filter_map(|&place| world.fact(place))
            .map(|fact| fact.standing)
            .collect();
        assert!(
            standings.contains(&Standing::Voided) && standings.contains(&Standing::Declaration),
            "{standings:?}"
        );
        assert_eq!(world.findings().len(), 0);
    }
    // what we knew before the declaration came
    let all = captured(&[original.clone(), declaration.clone()]);
    let before = World::of(&all, Some(500_000));
    assert_eq!(before.named_backward("x:b"), ["x:a"]);
    assert!(
        world(&[original, declaration])
            .findings()
            .contains(&Finding::CorrectiveMissing { id: "urn:uuid:2".to_owned() })
    );
}

#[test]
fn events_without_identifier_are_voided_by_their_hash() {
    let original = make(5, (&["x:a"], &[]), (&["x:b"], &[]));
    let world = world(&[wrong(original.clone(), 9, &[]), original]);
    assert_eq!(world.named_backward("x:b"), Vec::<String>::new());
}

#[test]
fn repeated_and_conflicting_events() {
    let first = named(make(5, (&["x:a"], &[]), (&["x:b"], &[])), "urn:uuid:1");
    let other = named(make(5, (&["x:z"], &[]), (&["x:b"], &[])), "urn:uuid:1");
    let world = world(&[first.clone(), first.clone(), other]);
    assert_eq!(world.n_facts(), 2);
    assert_eq!(world.named_backward("x:b"), ["x:a"]);
    assert_eq!(world.findings().first(), Some(&Finding::Conflict { id: "urn:uuid:1".to_owned() }));
}

#[test]
fn the_first_arrival_of_a_repeated_event_counts() {
    let first = named(make(5, (&["x:a"], &[]), (&["x:b"], &[])), "urn:uuid:1");
    let other = named(make(5, (&["x:z"], &[]), (&["x:b"], &[])), "urn:uuid:1");
    let arrived =
        |event: &Event, seconds: i64| Captured { event: event.clone(), recorded: seconds * 1_000_000 };
    let world = World::of(&[arrived(&first, 9), arrived(&other, 5), arrived(&first, 1)], None);
    assert_eq!(world.named_backward("x:b"), ["x:a"]);
    assert_eq!(world.facts().map(|fact| fact.deed.recorded).min(), Some(1_000_000));
}

const CARTON: &str = "https://id.gs1.org/01/04012345111118/21/";
const LOT: &str = "https://id.gs1.org/01/04012345111118/10/";

#[test]
fn lots_lead_to_their_pieces() {
    let (one, two) = (format!("{CARTON}1"), format!("{CARTON}2"));
    let made = in_lot(make(5, (&["x:milk"], &[]), (&[&one], &[])), "L1");
    let world = world(&[made, seen(Action::Observe, 6, &[&format!("{LOT}L1/21/2")])]);
    assert_eq!(world.named_forward(&format!("{LOT}L1")), [one.clone(), two.clone()]);
    assert_eq!(world.named_backward(&one), [format!("{LOT}L1"), "x:milk".to_owned()]);
    assert_eq!(
        world.lot_of(world.find(&two).expect("two")).map(|lot| world.text(lot)),
        Some(format!("{LOT}L1"))
    );
}

#[test]
fn a_class_without_lot_makes_lots_at_the_site_possible() {
    let class = "https://id.gs1.org/01/04012345111118";
    let at_site = |lot: &str, site: &str, seconds| {
        let mut event = event(EventKind::Object, Some(Action::Add), seconds);
        event.quantities = amounts(&[(&format!("{LOT}{lot}"), "5", "KGM")]);
        place(event, "storing", site)
    };
    let mixed = place(make(10, (&[], &[(class, "3", "KGM")]), (&["x:cake"], &[])), "commissioning", "x:here");
    let world =
        world(&[at_site("A", "x:here", 1), at_site("B", "x:there", 2), at_site("C", "x:here", 20), mixed]);
    let sure = |lot: &str| {
        let start = world.find(&format!("{LOT}{lot}")).expect("a lot");
        world.forward(&[start]).values().map(|step| step.sure).next()
    };
    assert_eq!((sure("A"), sure("B"), sure("C")), (Some(Sure::Possible), None, None));
    assert_eq!(world.scope(&[world.find(&format!("{LOT}A")).expect("A")]).summary.possible, 1);
}

#[test]
fn the_scope_of_a_recall() {
    let cartons: Vec<String> = (1..=4).map(|n| format!("{CARTON}{n}")).collect();
    let all: Vec<&str> = cartons.iter().map(String::as_str).collect();
    let sscc = "https://id.gs1.org/00/040123450000003338";
    let world = world(&[
        make(1, (&[], &[("urn:epc:class:lgtin:4023333.055555.RAW", "100", "KGM")]), (&all, &[])),
        pack(Action::Add, 2, sscc, &all[..3]),
        send(seen(Action::Observe, 3, &[sscc]), "x:dairy", "x:store-7"),
        place(seen(Action::Observe, 4, &[sscc]), "receiving", "x:store-7"),
        pack(Action::Delete, 5, sscc, &all[..2]),
        place(seen(Action::Observe, 6, &[all[0]]), "retail_selling", "x:store-7"),
        seen(Action::Delete, 7, &[all[1]]),
    ]);
    let raw = world.find("https://id.gs1.org/01/04023333555555/10/RAW").expect("the lot in another syntax");
    let scope = world.scope(&[raw]);
    let fate = |n: usize| world.state(world.find(all[n]).expect("a carton")).fate;
    // sold, destroyed, still in the pallet at the store, and never heard of since it was made
    assert_eq!([fate(0), fate(1), fate(2), fate(3)], [Fate::Sold, Fate::Ended, Fate::At, Fate::Unknown]);
    assert_eq!(scope.affected.len(), 5);
    assert_eq!(scope.summary.pieces.values().sum::<usize>(), 4);
    let sites: Vec<(&str, usize)> =
        scope.summary.sites.iter().map(|(site, n)| (world.term(*site), *n)).collect();
    assert_eq!(sites, [("x:store-7", 1)]);
    assert_eq!(
        scope.summary.recipients.iter().map(|term| world.term(*term)).collect::<Vec<_>>(),
        ["x:store-7"]
    );
    // a recall of the pallet is one of all that was ever in it
    let pallet = world.scope(&[world.find(sscc).expect("the pallet")]);
    assert_eq!(pallet.affected.len(), 4);
}

#[test]
fn amounts_are_added_in_base_units_and_shortfalls_told() {
    let lot = "https://id.gs1.org/01/04012345111118/10/L";
    let with = |mut event: Event, amount: &str, unit: &str| {
        event.quantities = amounts(&[(lot, amount, unit)]);
        event
    };
    let made =
        place(with(event(EventKind::Object, Some(Action::Add), 1), "1.5", "TNE"), "commissioning", "x:dairy");
    let shipped =
        send(with(event(EventKind::Object, Some(Action::Observe), 2), "400", "KGM"), "x:dairy", "x:shop");
    let received = place(
        with(event(EventKind::Object, Some(Action::Observe), 3), "400000", "GRM"),
        "receiving",
        "x:shop",
    );
    let used = place(
        make(4, (&[], &[(lot, "1200", "KGM"), (lot, "3", "EA")]), (&["x:out"], &[])),
        "commissioning",
        "x:dairy",
    );
    let world = world(&[made, shipped, received, used]);
    let thing = world.find(lot).expect("the lot");
    let stock = |seconds: i64| -> Vec<(String, Dimension, Decimal)> {
        world
            .stock(thing, seconds * 1_000_000)
            .into_iter()
            .map(|((site, dimension), amount)| {
                (site.map_or("", |site| world.term(site)).to_owned(), dimension, amount)
            })
            .collect()
    };
    assert_eq!(
        stock(3),
        [
            ("x:dairy".to_owned(), Dimension::Mass, Decimal::from(1100)),
            ("x:shop".to_owned(), Dimension::Mass, Decimal::from(400))
        ]
    );
    let shortfalls = world.shortfalls();
    assert_eq!(
        shortfalls.iter().map(|short| (short.dimension, short.amount)).collect::<Vec<_>>(),
        [(Dimension::Mass, Decimal::from(100)), (Dimension::Count, Decimal::from(3))]
    );
    assert_eq!(
        world.entries().iter().map(|entry| entry.change).collect::<Vec<_>>(),
        [Change::Made, Change::Shipped, Change::Received, Change::Used, Change::Used]
    );
}

#[test]
fn balances_of_transformations() {
    let world = world(&[make(
        1,
        (&["x:a"], &[("x:milk", "1000", "KGM"), ("x:salt", "2.5", "KGM"), ("x:rennet", "1", "XBX")]),
        (&[], &[("x:cheese", "0.1", "TNE"), ("x:whey", "950", "LTR"), ("x:lost", "", "KGM")]),
    )]);
    let balance = world.balance(0).expect("a transformation");
    assert_eq!(balance.residual(Dimension::Mass), Some(Decimal::new(-9025, 1)));
    assert_eq!((balance.residual(Dimension::Volume), balance.unknown), (None, 2));
    assert_eq!(world.balance(1), None);
}

#[test]
fn twelve_kilograms_of_a_lot_in_forty_tonnes() {
    // 12 kg of R and 5,988 kg of others make 6,000 kg of bulk B; 2,000 kg of B and 38,000 kg of milk make 40 t of P
    let world = world(&[
        make(1, (&[], &[("x:R", "12", "KGM"), ("x:S", "5988", "KGM")]), (&[], &[("x:B", "6", "TNE")])),
        make(2, (&[], &[("x:B", "2000", "KGM"), ("x:M", "38000", "KGM")]), (&[], &[("x:P", "40", "TNE")])),
    ]);
    let shares = world.shares(&[world.find("x:R").expect("R")], Dimension::Mass);
    let share = |name: &str| {
        shares.get(&world.find(name).expect("a thing")).map(|share| (share.of_start, share.of_all))
    };
    assert_eq!(share("x:B"), Some((Decimal::from(12), Decimal::from(6000))));
    assert_eq!(share("x:P"), Some((Decimal::from(4), Decimal::from(40_000))));
    assert_eq!(share("x:S"), None);
}

#[test]
fn a_lot_spreads_over_outputs_and_losses() {
    // 12 kg of R in 600 kg; 400 kg of P and 100 kg of Q come out, 100 kg evaporate: 8 kg in P, 2 kg in Q
    let world = world(&[make(
        1,
        (&[], &[("x:R", "12", "KGM"), ("x:S", "588000", "GRM")]),
        (&[], &[("x:P", "400", "KGM"), ("x:Q", "100", "KGM")]),
    )]);
    let shares = world.shares(&[world.find("x:R").expect("R")], Dimension::Mass);
    let share = |name: &str| shares.get(&world.find(name).expect("a thing")).map(|share| share.of_start);
    assert_eq!((share("x:P"), share("x:Q")), (Some(Decimal::from(8)), Some(Decimal::from(2))));
}

#[test]
fn what_became_something_else_is_used() {
    let carton = format!("{CARTON}1");
    let world = world(&[
        place(seen(Action::Add, 1, &[&carton]), "commissioning", "x:dairy"),
        pack(Action::Add, 2, "x:pallet", &[&carton]),
        place(make(3, (&[&carton], &[]), (&["x:feed"], &[])), "commissioning", "x:mill"),
        place(seen(Action::Observe, 4, &["x:pallet"]), "receiving", "x:shop"),
    ]);
    let state = world.state(world.find(&carton).expect("the carton"));
    // it left the pallet when it was used, so the pallet's journey is not its own
    assert_eq!((state.fate, state.site.map(|site| world.term(site))), (Fate::Used, Some("x:mill")));
    let scope = world.scope(&[world.find("x:pallet").expect("the pallet")]);
    assert_eq!(scope.affected.len(), 3);
}

#[test]
fn too_warm_through_nested_containers() {
    // readings on the pallet at 0, 600, 1200 and 5000 s; the carton is in a tote on it from 300 to 1500 s
    let carton = "x:carton";
    let world = world(&[
        pack(Action::Add, 100, "x:tote", &[carton]),
        pack(Action::Add, 300, "x:pallet", &["x:tote"]),
        pack(Action::Delete, 1500, "x:pallet", &["x:tote"]),
        warm(
            seen(Action::Observe, 5000, &["x:pallet"]),
            &[(0, "4"), (600, "9.5"), (1200, "4"), (5000, "12")],
        ),
    ]);
    let limit = Limit { above: Some(Decimal::from(8)), below: None, gap: 900_000_000 };
    let exposures = world.exposures(&limit);
    let of = |name: &str| exposures[&world.find(name).expect("a thing")];
    let pallet = of("x:pallet");
    // 0–600 fine, 600–1200 too warm, 1200–2100 fine, 2100–5000 unknown, 5000 a last reading without length
    assert_eq!((pallet.outside, pallet.covered, pallet.unknown), (600_000_000, 2_100_000_000, 2_900_000_000));
    assert_eq!(pallet.highest, Some(Decimal::from(12)));
    // the carton shared the readings at 600 and 1200 only
    let carton = of(carton);
    assert_eq!((carton.outside, carton.highest), (600_000_000, Some(Decimal::new(95, 1))));
}

#[test]
fn gaps_in_the_story() {
    let (one, two, three) = (format!("{CARTON}1"), format!("{CARTON}2"), format!("{CARTON}3"));
    let world = world(&[
        seen(Action::Add, 1, &[&one, &three]),
        seen(Action::Observe, 2, &[&two]),
        send(seen(Action::Observe, 3, &[&one]), "x:a", "x:b"),
        seen(Action::Delete, 4, &[&three]),
        seen(Action::Observe, 5, &[&three]),
    ]);
    let thing = |text: &str| world.find(text).expect("a thing");
    let findings = world.findings();
    assert_eq!(
        findings,
        [
            Finding::NeverCommissioned { thing: thing(&two) },
            Finding::NeverReceived { thing: thing(&one), time: 3_000_000 },
            Finding::SeenAfterEnd { thing: thing(&three), time: 5_000_000 },
        ]
    );
}
