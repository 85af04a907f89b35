//! Copies, moves without a record, goods without a beginning, records that a rule demands.

use super::*;
use crate::query::Masters;
use crate::world::alarm::{Alarm, Confidence, Grounds};
use crate::world::require::{Lack, rules};

const CARTON: &str = "https://id.gs1.org/01/04012345111118/21/";
const HOUR: i64 = 3600;

/// Lanzhou and Shanghai are about 1,720 km apart, Lanzhou and Linxia about 77 km.
fn grounds(world: &World) -> Grounds {
    let mut masters = Masters::default();
    for (id, latitude, longitude) in
        [("x:lanzhou", "36.06", "103.83"), ("x:shanghai", "31.23", "121.47"), ("x:linxia", "35.60", "103.21")]
    {
        let own = masters.attributes.entry(id.to_owned()).or_default();
        own.insert("urn:epcglobal:cbv:mda:latitude".to_owned(), vec![latitude.to_owned()]);
        own.insert("urn:epcglobal:cbv:mda:longitude".to_owned(), vec![longitude.to_owned()]);
    }
    let mut grounds =
        Grounds { speed: Some(900.0), transit: Some(30 * 24 * HOUR * 1_000_000), ..Grounds::default() };
    grounds.find_spots(world, &masters);
    grounds
}

fn sold(seconds: i64, thing: &str, site: &str) -> Event {
    place(seen(Action::Observe, seconds, &[thing]), "retail_selling", site)
}

#[test]
fn one_serial_at_two_far_places_is_a_copy() {
    let things: Vec<String> = (0..5).map(|n| format!("{CARTON}{n}")).collect();
    let thing = |n: usize| things[n].as_str();
    let world = world(&[
        // 1,720 km in one hour: not even by air
        sold(0, thing(0), "x:lanzhou"),
        sold(HOUR, thing(0), "x:shanghai"),
        // in two hours by air it could be done, though nobody recorded it
        sold(0, thing(1), "x:lanzhou"),
        sold(2 * HOUR, thing(1), "x:shanghai"),
        // 77 km in six minutes is 770 km/h: slower than the fastest
        sold(0, thing(2), "x:lanzhou"),
        sold(360, thing(2), "x:linxia"),
        // at one moment at two places that nobody knows
        sold(0, thing(3), "x:here"),
        sold(0, thing(3), "x:there"),
        // sent and received as it should be
        send(seen(Action::Observe, 0, &[thing(4)]), "x:lanzhou", "x:shanghai"),
        place(seen(Action::Observe, 48 * HOUR, &[thing(4)]), "receiving", "x:shanghai"),
    ]);
    let alarms = world.alarms(&grounds(&world));
    let of = |n: usize| {
        let node = world.find(thing(n)).expect("a carton");
        let own = alarms.iter().filter(move |(alarm, _)| {
            matches!(alarm, Alarm::TwoPlaces { thing, .. } | Alarm::Unrecorded { thing, .. } if *thing == node)
        });
        own.map(|(alarm, sure)| match alarm {
            Alarm::TwoPlaces { kilometres, .. } => ("copy", *kilometres, *sure),
            _ => ("unrecorded", None, *sure),
        })
        .collect::<Vec<_>>()
    };
    let [(what, kilometres, sure)] = of(0)[..] else { panic!("{:?}", of(0)) };
    assert_eq!((what, sure), ("copy", Confidence::Likely));
    assert!((1_700..1_740).contains(&kilometres.expect("a distance")), "{kilometres:?}");
    assert_eq!(of(1), [("unrecorded", None, Confidence::Possible)]);
    assert_eq!(of(2), [("unrecorded", None, Confidence::Possible)]);
    assert_eq!(of(3), [("copy", None, Confidence::Possible)]);
    assert_eq!(of(4), []);
    // without a speed, distance tells nothing
    let none = world.alarms(&Grounds::default());
    assert_eq!(none.iter().filter(|(alarm, _)| matches!(alarm, Alarm::TwoPlaces { .. })).count(), 1);
}

#[test]
fn a_carton_is_where_its_pallet_is() {
    let (carton, pallet) = (format!("{CARTON}1"), "x:pallet");
    let world = world(&[
        pack(Action::Add, 0, pallet, &[&carton]),
        place(seen(Action::Observe, 10, &[pallet]), "storing", "x:lanzhou"),
        // the carton is still on the pallet
        sold(600, &carton, "x:shanghai"),
    ]);
    let alarms = world.alarms(&grounds(&world));
    assert!(
        matches!(alarms[..], [(Alarm::TwoPlaces { time: 600_000_000, .. }, Confidence::Likely)]),
        "{alarms:?}"
    );
}

#[test]
fn how_sure_findings_are() {
    let (one, two, other) =
        (format!("{CARTON}1"), format!("{CARTON}2"), "https://id.gs1.org/01/04012345222223/21/1");
    let day = 24 * HOUR;
    let world = world(&[
        seen(Action::Add, 1, &[&one]),
        seen(Action::Observe, 2, &[&two, other]),
        send(seen(Action::Observe, 3, &[&one]), "x:a", "x:b"),
        send(seen(Action::Observe, 31 * day, &[&two]), "x:a", "x:b"),
        make(
            32 * day,
            (&[], &[("https://id.gs1.org/01/04012345333338/10/R", "1", "KGM")]),
            (&["x:out"], &[]),
        ),
    ]);
    let grounds = grounds(&world);
    let sure: Vec<(String, Confidence)> = world
        .findings()
        .iter()
        .map(|finding| {
            let (word, thing) = match finding {
                Finding::NeverCommissioned { thing } => ("made", *thing),
                Finding::NeverReceived { thing, .. } => ("received", *thing),
                _ => panic!("{finding:?}"),
            };
            (format!("{word} {}", world.text(thing)), world.confidence(finding, &grounds))
        })
        .collect();
    let wanted = [
        // another of its class was commissioned on record
        (format!("made {two}"), Confidence::Likely),
        // of its class nothing ever is
        (format!("made {other}"), Confidence::Possible),
        // a month ago, and a day ago
        (format!("received {one}"), Confidence::Likely),
        (format!("received {two}"), Confidence::Possible),
    ];
    assert_eq!(sure, wanted);
    let lot = world.find("https://id.gs1.org/01/04012345333338/10/R").expect("a lot");
    let alarm = (Alarm::NeverMade { lot, time: 32 * day * 1_000_000 }, Confidence::Possible);
    assert!(world.alarms(&grounds).contains(&alarm));
}

#[test]
fn records_that_a_rule_demands() {
    let codes = [
        "source-receiving",
        "source-receiving.lot",
        "source-receiving.amount",
        "making",
        "making.where",
        "product-shipping",
        "product-shipping.to",
        "product-storing",
    ];
    let rules = rules(codes).expect("rules");
    let (milk, powder) =
        ("https://id.gs1.org/01/04012345333338/10/M", "https://id.gs1.org/01/04012345111118/10/P");
    let carton = format!("{CARTON}1");
    let mut received = place(event(EventKind::Object, Some(Action::Observe), 1), "receiving", "x:dairy");
    received.quantities = amounts(&[(milk, "900", "KGM")]);
    let all = [
        received,
        make(2, (&[], &[(milk, "900", "KGM")]), (&[], &[(powder, "100", "KGM")])),
        in_lot(seen(Action::Add, 3, &[&carton]), "P"),
        pack(Action::Add, 4, "x:pallet", &[&carton]),
        // the pallet is shipped, and nobody wrote where to
        place(seen(Action::Observe, 5, &["x:pallet"]), "shipping", "x:dairy"),
    ];
    let world = world(&all);
    let lacking = |world: &World| world.lacking(world.find(&carton).expect("the carton"), &rules);
    let record = |code: &str| Lack::Record(code.to_owned());
    let field = |code: &str| Lack::Field(code.to_owned());
    assert_eq!(
        lacking(&world),
        [field("making.where"), field("product-shipping.to"), record("product-storing")]
    );
    // without the making, nothing is known of what went in
    let apart = super::world(
        &all.iter()
            .filter(|event| event.inputs.is_empty() && event.input_quantities.is_empty())
            .cloned()
            .collect::<Vec<_>>(),
    );
    assert_eq!(
        lacking(&apart),
        [
            record("source-receiving"),
            record("making"),
            field("product-shipping.to"),
            record("product-storing")
        ]
    );
    for wrong in [["receiving"], ["source-"], ["source"], ["making.colour"], ["product-x.lot"]] {
        assert_eq!(require::rules(wrong), Err(wrong[0].to_owned()));
    }
}
