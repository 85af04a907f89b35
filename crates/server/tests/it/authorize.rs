//! The rule of rights against tables written by hand: every role, action, place and sensitivity.

use proptest::prelude::*;
use zhiheng_base::RegionCode;
use zhiheng_record::access::Grant;
use zhiheng_server::authorize::{APART, Action, Held, Level, Role, Thing, Verdict, Who, authorize, reach};

/// Which role may do what. The oracle: it says nothing about how the server knows.
const MAY: &str = "
reader          see
reporter        see submit
reviewer        see review export
handler         see submit handle export trace capture
approver        see decide trace
sampler         see sample handle
laboratory      see test handle
assessor        see score
publisher       see publish export
leader          see trace
enterprise      see answer submit trace capture
system-admin    manage-accounts operate
security-admin  manage-grants
audit-admin     read-trail
";

/// What asks for the second factor again.
const FACTOR: &str = "decide publish export manage-accounts manage-grants operate";

/// Things as Longxi County's market regulation line and one enterprise of it see them: region, line, enterprise, and whether a right for
/// the county, for the county's line, for the enterprise reaches them.
const PLACES: &str = "
own-county        621122000000  -       -     yes yes no
own-township      621122101000  -       -     yes yes no
sister-county     621121000000  -       -     no  no  no
parent-city       621100000000  -       -     no  no  no
own-province      620000000000  -       -     no  no  no
other-province    610000000000  -       -     no  no  no
instance          -             -       -     yes yes no
own-line          621122000000  market  -     yes yes no
other-line        621122000000  health  -     yes no  no
line-elsewhere    621121000000  market  -     no  no  no
own-enterprise    621122000000  -       E-1   yes yes yes
other-enterprise  621122000000  -       E-2   yes yes no
moved-enterprise  610000000000  health  E-1   no  no  yes
own-somewhere     -             -       E-1   no  no  yes
other-somewhere   -             -       E-2   no  no  no
";

fn rows(table: &str) -> Vec<Vec<String>> {
    let lines = table.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

/// Whether a role may do something at all.
pub(crate) fn may(role: Role, action: &str) -> bool {
    rows(MAY).iter().any(|row| row[0] == role.code() && row[1..].iter().any(|word| word == action))
}

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region")
}

fn optional(text: &str) -> Option<String> {
    (text != "-").then(|| text.to_owned())
}

#[test]
fn every_cell_is_as_written() {
    let may = rows(MAY);
    assert_eq!(may.len(), Role::ALL.len());
    let mut cells = 0_u32;
    for row in &may {
        let role = Role::parse(&row[0]).unwrap_or_else(|| panic!("no role {}", row[0]));
        for place in rows(PLACES) {
            for (kind, reached) in [("county", &place[4]), ("line", &place[5]), ("enterprise", &place[6])] {
                for (held_rank, held_level) in Level::ALL.into_iter().enumerate() {
                    for (rank, level) in Level::ALL.into_iter().enumerate() {
                        for action in Action::ALL.into_iter().filter(|action| *action != Action::Own) {
                            for strong in [false, true] {
                                let held = Held {
                                    role,
                                    region: region("621122000000"),
                                    line: (kind == "line").then(|| "market".to_owned()),
                                    enterprise: (kind == "enterprise").then(|| "E-1".to_owned()),
                                    level: held_level,
                                };
                                let who = Who {
                                    account: Some("a1".into()),
                                    person: "P-1".into(),
                                    held: vec![held],
                                    strong,
                                    scopes: None,
                                };
                                let thing = Thing {
                                    region: optional(&place[1]).map(|code| region(&code)),
                                    line: optional(&place[2]),
                                    enterprise: optional(&place[3]),
                                    level,
                                    ..Thing::default()
                                };
                                let word = action.word().to_owned();
                                let here = reached == "yes" && rank <= held_rank;
                                let factor =
                                    FACTOR.split(' ').any(|each| each == word) || level.code() == "sealed";
                                let wanted = if word == "see" && level.code() == "public" {
                                    Verdict::Allow
                                } else if row[1..].contains(&word) && here {
                                    if factor && !strong { Verdict::StepUp } else { Verdict::Allow }
                                } else if level.code() == "public"
                                    || (row[1..].contains(&"see".to_owned()) && here)
                                {
                                    Verdict::NotAllowed
                                } else {
                                    Verdict::NotYours
                                };
                                let found = authorize(&who, action, &thing);
                                assert_eq!(
                                    found, wanted,
                                    "{} {kind} up to {held_level:?}, strong {strong}: {word} {} {level:?}",
                                    row[0], place[0]
                                );
                                cells += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(cells, 14 * 15 * 3 * 4 * 4 * 17 * 2, "every combination");
}

#[test]
fn nobody_sees_what_is_public_and_nothing_else() {
    for action in Action::ALL {
        for level in Level::ALL {
            let thing = Thing { level, ..Thing::default() };
            let wanted = if action == Action::See && level == Level::Public {
                Verdict::Allow
            } else {
                Verdict::SignIn
            };
            assert_eq!(authorize(&Who::nobody(), action, &thing), wanted, "{action:?} {level:?}");
        }
    }
}

fn approver() -> Who {
    let held = Held {
        role: Role::Approver,
        region: region("620000000000"),
        line: None,
        enterprise: None,
        level: Level::Sealed,
    };
    Who { account: Some("a1".into()), person: "P-1".into(), held: vec![held], strong: true, scopes: None }
}

#[test]
fn who_proposed_it_does_not_decide_it_under_any_account() {
    let bound = Thing { bound: vec!["P-2".into(), "P-1".into()], ..Thing::instance() };
    assert_eq!(authorize(&approver(), Action::Decide, &bound), Verdict::Separated);
    let second = Who { account: Some("a2".into()), strong: false, ..approver() };
    assert_eq!(
        authorize(&second, Action::Decide, &bound),
        Verdict::Separated,
        "a second factor changes nothing"
    );
    assert_eq!(authorize(&approver(), Action::See, &bound), Verdict::Allow);
    let other = Who { person: "P-3".into(), ..approver() };
    assert_eq!(authorize(&other, Action::Decide, &bound), Verdict::Allow);
    // Whoever has no right learns nothing about who is bound.
    let far = Thing { region: Some(region("610000000000")), ..bound };
    assert_eq!(authorize(&approver(), Action::Decide, &far), Verdict::NotYours);
}

#[test]
fn what_is_ones_own_is_nobody_elses() {
    let own = Thing::own("a1");
    assert_eq!(authorize(&approver(), Action::Own, &own), Verdict::Allow);
    assert_eq!(authorize(&approver(), Action::See, &own), Verdict::Allow);
    for action in [Action::Own, Action::See, Action::Decide] {
        assert_eq!(authorize(&approver(), action, &Thing::own("a2")), Verdict::NotYours, "{action:?}");
    }
}

#[test]
fn a_token_does_what_it_was_made_for_and_never_decides() {
    let held = Role::ALL.map(|role| Held {
        role,
        region: region("620000000000"),
        line: None,
        enterprise: None,
        level: Level::Personal,
    });
    let who = Who {
        account: Some("a1".into()),
        held: held.to_vec(),
        scopes: Some(Action::ALL.to_vec()),
        ..Who::default()
    };
    let can: Vec<_> = Action::ALL
        .into_iter()
        .filter(|action| authorize(&who, *action, &Thing::instance()) == Verdict::Allow)
        .map(Action::word)
        .collect();
    assert_eq!(can, ["see", "submit", "sample", "test", "export", "trace", "capture"]);
    let narrow = Who { scopes: Some(vec![Action::See]), ..who };
    assert_eq!(authorize(&narrow, Action::Submit, &Thing::instance()), Verdict::NotAllowed);
    let none = Who { scopes: Some(Vec::new()), ..narrow };
    assert_eq!(authorize(&none, Action::See, &Thing::instance()), Verdict::NotYours);
}

#[test]
fn a_grant_that_is_not_understood_gives_nothing() {
    let day = jiff::civil::date(2013, 10, 21);
    let good = Grant {
        id: "g1".into(),
        account: "a1".into(),
        role: "handler".into(),
        region: "621122000000".into(),
        line: None,
        enterprise: None,
        level: "internal".into(),
        since: jiff::civil::date(2013, 10, 21),
        until: Some(jiff::civil::date(2013, 10, 21)),
        reason: "x".into(),
        given_by: "a2".into(),
        given_at: jiff::Timestamp::UNIX_EPOCH,
        entry: Some(1),
        taken: None,
    };
    assert!(Held::of(&good, day).is_some());
    let bad = |change: fn(&mut Grant)| {
        let mut grant = good.clone();
        change(&mut grant);
        Held::of(&grant, day)
    };
    assert_eq!(bad(|grant| grant.role = "king".into()), None);
    assert_eq!(bad(|grant| grant.level = "secret".into()), None);
    assert_eq!(bad(|grant| grant.region = "62112x".into()), None);
    assert_eq!(
        bad(|grant| grant.role = "enterprise".into()),
        None,
        "an enterprise without its name would be the whole county"
    );
    assert_eq!(bad(|grant| grant.entry = None), None, "not in the ledger");
    assert_eq!(Held::of(&good, day.tomorrow().expect("a day")), None);
    assert_eq!(Held::of(&good, day.yesterday().expect("a day")), None);
}

#[test]
fn administrators_are_separated_from_each_other_and_from_business() {
    let apart = |one: &str, other: &str| APART.contains(&(one, other)) || APART.contains(&(other, one));
    let admins = ["system-admin", "security-admin", "audit-admin"];
    for one in admins {
        for other in
            admins.into_iter().chain(["handler", "approver", "publisher"]).filter(|other| *other != one)
        {
            assert!(apart(one, other), "{one} and {other}");
        }
    }
    for (one, other) in APART {
        assert!(Role::parse(one).is_some() && Role::parse(other).is_some(), "{one} {other}");
    }
}

fn any_region() -> impl Strategy<Value = RegionCode> {
    prop::sample::select(vec![
        "100000000000",
        "620000000000",
        "621100000000",
        "621122000000",
        "621122101000",
        "621121000000",
        "610000000000",
    ])
    .prop_map(region)
}

fn any_held() -> impl Strategy<Value = Held> {
    let line = prop::option::of(prop::sample::select(vec!["market".to_owned(), "health".to_owned()]));
    let enterprise =
        prop::option::weighted(0.3, prop::sample::select(vec!["E-1".to_owned(), "E-2".to_owned()]));
    (
        prop::sample::select(Role::ALL.to_vec()),
        any_region(),
        line,
        enterprise,
        prop::sample::select(Level::ALL.to_vec()),
    )
        .prop_map(|(role, region, line, enterprise, level)| Held {
            role,
            region,
            line,
            enterprise,
            level,
        })
}

fn any_thing() -> impl Strategy<Value = Thing> {
    let line = prop::option::of(prop::sample::select(vec!["market".to_owned(), "health".to_owned()]));
    let enterprise = prop::option::of(prop::sample::select(vec!["E-1".to_owned(), "E-2".to_owned()]));
    let owner = prop::option::weighted(0.2, prop::sample::select(vec!["a1".to_owned(), "a2".to_owned()]));
    (prop::option::of(any_region()), line, enterprise, prop::sample::select(Level::ALL.to_vec()), owner)
        .prop_map(|(region, line, enterprise, level, owner)| Thing {
            region,
            line,
            enterprise,
            level,
            owner,
            bound: Vec::new(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// The filter lets through exactly what the function allows: no row more, no row less.
    #[test]
    fn the_filter_is_the_rule(
        held in prop::collection::vec(any_held(), 0..4),
        thing in any_thing(),
        action in prop::sample::select(Action::ALL.into_iter().filter(|action| *action != Action::Own).collect::<Vec<_>>()),
        signed_in in prop::bool::weighted(0.9),
        scopes in prop::option::weighted(0.2, prop::collection::vec(prop::sample::select(Action::ALL.to_vec()), 0..4)),
    ) {
        let account = signed_in.then(|| "a1".to_owned());
        let who = Who { account, person: "P-1".into(), held, strong: true, scopes };
        let allowed = authorize(&who, action, &thing) == Verdict::Allow;
        prop_assert_eq!(reach(&who, action).holds(&thing), allowed);
    }
}
