//! A second reckoning of the ladder, day by day and without spans, against the walk.

use proptest::prelude::*;
use zhiheng_base::Date;
use zhiheng_judge::subject::{Rules, verdict};

use super::{date, scheme, shipped, statements};

/// A statement of the second reckoning: kind, day, last day of validity.
#[derive(Clone, Copy, Debug)]
struct One {
    kind: Kind,
    day: Date,
    until: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Fail,
    Penalty,
    Grave,
    Complaint,
    Commitment,
    Asks(usize),
}

const KINDS: [Kind; 8] = [
    Kind::Fail,
    Kind::Penalty,
    Kind::Grave,
    Kind::Complaint,
    Kind::Commitment,
    Kind::Asks(1),
    Kind::Asks(2),
    Kind::Asks(3),
];

/// The corresponding day so many years later by the calendar alone; 29 February becomes 28 where there is none.
fn years_later(day: Date, years: i16) -> Date {
    Date::new(day.year() + years, day.month(), day.day())
        .unwrap_or_else(|_| Date::new(day.year() + years, 2, 28).unwrap())
}

/// Points and rung on every day, as a clerk would keep them.
fn slowly(all: &[One], last: Date) -> Option<(i64, usize, Date)> {
    let first = all.iter().map(|one| one.day).filter(|day| *day <= last).min()?;
    let (mut rung, mut held) = (0, first);
    let mut points = 0;
    let mut day = first;
    while day <= last {
        let n = |kinds: &[Kind], years: i16| {
            let live = |one: &&One| one.day <= day && day <= years_later(one.day, years);
            all.iter().filter(|one| kinds.contains(&one.kind)).filter(live).count() as i64
        };
        let promised = all.iter().any(|one| {
            one.kind == Kind::Commitment && one.day <= day && one.until.is_none_or(|until| day <= until)
        });
        points = (40 - 20 * n(&[Kind::Fail], 2)).max(0)
            + (20 - 5 * n(&[Kind::Penalty, Kind::Grave], 2)).max(0)
            + (15 - 3 * n(&[Kind::Complaint], 1)).max(0)
            + if promised { 10 } else { 0 };
        let barred = n(&[Kind::Grave], 3) > 0;
        let want = [0, 60, 75, 85];
        if barred && rung > 0 {
            (rung, held) = (0, day);
        }
        while rung > 0 && points < want[rung] {
            (rung, held) = (rung - 1, day);
        }
        let waited = match rung {
            0 => true,
            1 => day >= years_later(held, 2),
            2 => day.year() > held.year(),
            _ => false,
        };
        let asked = all.iter().any(|one| one.day == day && one.kind == Kind::Asks(rung + 1));
        if !barred && waited && asked && points >= want[rung + 1] {
            (rung, held) = (rung + 1, day);
        }
        day = day.tomorrow().unwrap();
    }
    Some((points, rung, held))
}

fn cells(one: &One) -> String {
    let kind = match one.kind {
        Kind::Fail => "kind=sampling-fail".to_owned(),
        Kind::Penalty => "kind=penalty severity=general".to_owned(),
        Kind::Grave => "kind=penalty severity=serious".to_owned(),
        Kind::Complaint => "kind=complaint".to_owned(),
        Kind::Commitment => "kind=commitment".to_owned(),
        Kind::Asks(rung) => format!("kind=application grade={}", ["B", "A", "AA", "AAA"][rung]),
    };
    let until = one.until.map(|until| format!(" until_day={until}")).unwrap_or_default();
    format!("{kind} on_day={}{until}", one.day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_walk_goes_as_the_clerk_does(
        rows in prop::collection::vec((0_usize..KINDS.len(), 0_i32..3300, prop::option::of(1_i32..900)), 1..20),
        applications in prop::collection::vec(0_i32..3300, 0..40),
        good in any::<bool>(),
        last in 0_i32..3300,
    ) {
        // From 2011-03-01 on, so that 29 February lies among the days.
        let on = |offset: i32| date("2011-03-01").checked_add(jiff::Span::new().days(offset)).unwrap();
        let mut all: Vec<One> = rows.iter().map(|(kind, day, validity)| One {
            kind: KINDS[*kind],
            day: on(*day),
            until: validity.filter(|_| KINDS[*kind] == Kind::Commitment).map(|days| on(*day + days)),
        }).collect();
        // The higher rungs want a clean file and a promise, which chance seldom gives.
        if good {
            all.retain(|one| one.day.year() < 2013 || matches!(one.kind, Kind::Commitment | Kind::Asks(_)));
            all.push(One { kind: Kind::Commitment, day: on(0), until: None });
        }
        // Random days of asking seldom fit the waits: ask for every rung on some days.
        for day in &applications {
            all.extend((1..4).map(|rung| One { kind: Kind::Asks(rung), day: on(*day), until: None }));
        }
        let catalog = shipped();
        let mut rules = Rules::new(scheme(catalog, "credit.jiangsu"));
        let rows: Vec<String> = all.iter().map(cells).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let known = statements(&mut rules, &rows);
        let ours = verdict(&rules, "", &known, on(last));
        let wanted = slowly(&all, on(last));
        prop_assert_eq!(ours.grade.as_deref(), wanted.map(|(_, rung, _)| ["B", "A", "AA", "AAA"][rung]));
        prop_assert_eq!(ours.points, wanted.map(|(points, ..)| points.into()));
        prop_assert_eq!(ours.since, wanted.map(|(.., held)| held));
    }
}
