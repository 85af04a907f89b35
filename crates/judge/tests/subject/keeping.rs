//! All holders kept up to date: whatever way they came about, they stand where a fresh grading puts them.

use proptest::prelude::*;
use zhiheng_base::Date;
use zhiheng_judge::subject::walk::standing;
use zhiheng_judge::subject::{Rules, Statement, Subjects};

use super::{date, entry, scheme, shipped};

const KINDS: [&str; 8] = [
    "kind=sampling-fail",
    "kind=penalty severity=general amount=5000",
    "kind=penalty severity=serious",
    "kind=complaint",
    "kind=certificate until_day=2016-01-01",
    "kind=commitment",
    "kind=application grade=A",
    "kind=application grade=AA",
];

fn day(offset: u16) -> Date {
    date("2010-01-01").checked_add(jiff::Span::new().days(offset)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn adding_removing_and_waiting_are_as_grading_anew(
        rows in prop::collection::vec((0_usize..4, 0_usize..KINDS.len(), 0_u16..2500), 1..30),
        start in 0_u16..2500,
        waits in prop::collection::vec(1_u16..900, 0..6),
        gone in prop::collection::vec(0_usize..30, 0..4),
    ) {
        let catalog = shipped();
        for id in ["credit.jiangsu", "credit.risk"] {
            let mut rules = Rules::new(scheme(catalog, id));
            let all: Vec<(String, Statement)> = rows.iter().zip(1..).map(|((holder, kind, on), number)| {
                let row = entry(number, &format!("{} on_day={}", KINDS[*kind], day(*on)));
                (format!("holder {holder}"), rules.statement(number, &row).unwrap())
            }).collect();
            let (first, rest) = all.split_at(all.len() / 2);
            let mut subjects = Subjects::new(&rules, first.iter().map(|(holder, one)| (holder.as_str(), *one)), day(start));
            for (holder, one) in rest {
                subjects.add(&rules, holder, *one);
            }
            let mut left = all.clone();
            for at in &gone {
                if *at < left.len() {
                    let (holder, one) = left.remove(*at);
                    prop_assert!(subjects.remove(&rules, &holder, one.entry).is_some());
                }
            }
            let mut now = start;
            for wait in std::iter::once(&0).chain(&waits) {
                now += wait;
                subjects.advance(&rules, day(now));
                for (holder, subject) in subjects.iter() {
                    let mine: Vec<Statement> =
                        left.iter().filter(|(name, _)| name == holder).map(|(_, one)| *one).collect();
                    let fresh = standing(&rules, &mine, day(now));
                    prop_assert_eq!(subject.standing.grade, fresh.grade, "{} {} on {}", id, holder, day(now));
                    prop_assert_eq!(subject.standing.points, fresh.points);
                    prop_assert_eq!(subject.standing.since, fresh.since);
                }
            }
        }
    }
}

#[test]
fn holders_are_counted_by_grade() {
    let catalog = shipped();
    let mut rules = Rules::new(scheme(catalog, "credit.risk"));
    let rows = [
        (1, "kind=basic on_day=2020-01-01"),
        (2, "kind=accident severity=serious on_day=2020-01-01"),
        (3, "kind=basic on_day=2021-01-01"),
    ];
    let mut subjects = Subjects::default();
    for (number, cells) in rows {
        let one = rules.statement(number, &entry(number, cells)).unwrap();
        subjects.add(&rules, &format!("holder {number}"), one);
    }
    let counts: Vec<(Option<String>, usize)> = subjects.counts(&rules);
    let wanted = [("D", 1), ("C", 0), ("B", 0), ("A", 1)].map(|(grade, n)| (Some(grade.to_owned()), n));
    assert_eq!(counts[..4], wanted);
    // The third one's day has not come.
    assert_eq!(counts[4], (None, 1));
    assert_eq!(subjects.advance(&rules, date("2021-01-01")), 1);
    assert_eq!(subjects.counts(&rules)[3].1, 2);
    // Going back changes nothing.
    assert_eq!(subjects.advance(&rules, date("2020-06-01")), 0);
}
