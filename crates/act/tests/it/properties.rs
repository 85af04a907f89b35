//! What must hold for all lengths, starts and pauses.

use proptest::prelude::*;
use zhiheng_act::clock::{Clock, End, Facts, Pause, Reckoning, Stretch, reckon};
use zhiheng_base::Date;

use super::{CALENDAR, clock, day};

const UNITS: [&str; 2] = ["calendar", "working"];

fn of(n: i64, kind: &str, more: &str) -> Clock {
    clock(&format!("days = {n}\nkind = \"{kind}\"\npauses = [\"testing\", \"hearing\"]\n{more}"))
}

fn plus(date: Date, days: i64) -> Date {
    date.checked_add(jiff::Span::new().days(days)).unwrap()
}

fn between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Days of the table and a little beyond.
fn start() -> impl Strategy<Value = Date> {
    (0i64..8700).prop_map(|days| plus(day("2003-06-01"), days))
}

/// A pause some days after the start: offset, length, reason; rarely one that lasts.
fn pauses() -> impl Strategy<Value = Vec<(i64, i64, bool, bool)>> {
    prop::collection::vec((-10i64..120, 0i64..40, any::<bool>(), prop::bool::weighted(0.05)), 0..6)
}

fn facts(start: Date, pauses: &[(i64, i64, bool, bool)]) -> Facts {
    let pause = |&(from, days, hearing, lasts): &(i64, i64, bool, bool)| Pause {
        from: plus(start, from),
        to: (!lasts).then(|| plus(start, from + days)),
        reason: if hearing { "hearing" } else { "testing" }.to_owned(),
    };
    Facts { pauses: pauses.iter().map(pause).collect(), ..Facts::on(start) }
}

fn is_paused(facts: &Facts, date: Date) -> bool {
    facts.pauses.iter().any(|pause| pause.from <= date && pause.to.is_none_or(|to| date <= to))
}

/// The last day found one day after the other.
fn walked(facts: &Facts, n: i64, working: bool) -> Option<Date> {
    let (mut date, mut left) = (facts.start.date(), n);
    for _ in 0..3000 {
        let runs = !is_paused(facts, date);
        if left == 0 && runs && CALENDAR.is_working(date) {
            return Some(date);
        }
        date = plus(date, 1);
        if left > 0 && !is_paused(facts, date) && (!working || CALENDAR.is_working(date)) {
            left -= 1;
        }
    }
    None
}

fn due(clock: &Clock, facts: &Facts) -> Option<Date> {
    reckon(clock, facts, &CALENDAR).unwrap().due()
}

/// The latest of all is no date: the clock stands still.
fn order(due: Option<Date>) -> Date {
    due.unwrap_or(Date::MAX)
}

fn closes<'a>(reckoned: &'a Reckoning<'_>) -> &'a End {
    reckoned.closes.as_ref().unwrap()
}

proptest! {
    #[test]
    fn is_what_a_person_finds_day_by_day(start in start(), pauses in pauses(), n in 1i64..80, unit in 0usize..2) {
        let facts = facts(start, &pauses);
        prop_assert_eq!(due(&of(n, UNITS[unit], ""), &facts), walked(&facts, n, unit == 1));
    }

    #[test]
    fn a_longer_clock_never_ends_earlier(start in start(), pauses in pauses(), n in 1i64..400, more in 0i64..50) {
        let facts = facts(start, &pauses);
        for unit in UNITS {
            let (short, long) = (due(&of(n, unit, ""), &facts), due(&of(n + more, unit, ""), &facts));
            prop_assert!(order(short) <= order(long));
        }
        for unit in ["months", "years"] {
            let rule = |n: i64| clock(&format!("{unit} = {n}\npauses = [\"testing\", \"hearing\"]"));
            prop_assert!(order(due(&rule(n % 60 + 1), &facts)) <= order(due(&rule(n % 60 + 1 + more % 9), &facts)));
        }
    }

    #[test]
    fn n_working_days_later_n_working_days_lie_between(start in start(), n in 1i64..2000) {
        let due = due(&of(n, "working", ""), &Facts::on(start)).unwrap();
        prop_assert!(CALENDAR.is_working(due));
        prop_assert_eq!(CALENDAR.working_days(plus(start, 1), due), n);
        prop_assert_eq!(CALENDAR.before(plus(due, 1), n), CALENDAR.after(start, 1));
    }

    #[test]
    fn a_pause_never_shortens(start in start(), pauses in pauses(), extra in pauses(), n in 1i64..200) {
        let with: Vec<_> = pauses.iter().chain(&extra).copied().collect();
        for unit in UNITS {
            for bound in ["included", "excluded"] {
                let clock = of(n, unit, &format!("bound = \"{bound}\""));
                prop_assert!(order(due(&clock, &facts(start, &pauses))) <= order(due(&clock, &facts(start, &with))));
            }
        }
    }

    #[test]
    fn counted_days_add_up(start in start(), pauses in pauses(), n in 1i64..300, unit in 0usize..2) {
        let (clock, facts) = (of(n, UNITS[unit], ""), facts(start, &pauses));
        let reckoned = reckon(&clock, &facts, &CALENDAR).unwrap();
        let end = closes(&reckoned);
        let (mut next, mut number) = (plus(start, 1), 0);
        for stretch in &end.stretches {
            prop_assert_eq!(stretch.first, next, "no day left out or counted twice");
            let Some(last) = stretch.last else { break };
            next = plus(last, 1);
            number += stretch.counted;
            if stretch.paused.is_empty() {
                let off: i64 = stretch.festivals.iter().map(|festival| festival.days).sum();
                prop_assert_eq!(stretch.counted + stretch.weekends + off, stretch.days());
            }
        }
        let listed: Vec<_> = end.day_by_day(&CALENDAR).collect();
        prop_assert_eq!(listed.len() as i64, end.stretches.iter().map(Stretch::days).sum::<i64>());
        let numbers: Vec<i64> = listed.iter().filter_map(|(_, nth)| *nth).collect();
        prop_assert_eq!(numbers, (1..=number).collect::<Vec<_>>());
        prop_assert_eq!(number + if end.counted_to.is_some() { 0 } else { end.left }, n);
        prop_assert!(end.counted_to.is_none_or(|to| plus(to, 1) == next));
    }

    #[test]
    fn two_touching_pauses_are_one(start in start(), from in -5i64..60, days in 1i64..40, cut in 0i64..40, n in 1i64..100) {
        let cut = cut % days;
        let whole = facts(start, &[(from, days, false, false)]);
        let parts = facts(start, &[(from + cut + 1, days - cut - 1, false, false), (from, cut, false, false)]);
        for unit in UNITS {
            let clock = of(n, unit, "");
            let (one, two) = (reckon(&clock, &whole, &CALENDAR).unwrap(), reckon(&clock, &parts, &CALENDAR).unwrap());
            prop_assert_eq!(one.closes, two.closes);
        }
    }

    #[test]
    fn the_order_of_pauses_does_not_matter(start in start(), pauses in pauses(), n in 1i64..100) {
        let mut turned = pauses.clone();
        turned.reverse();
        let clock = of(n, "working", "");
        let (one, two) = (facts(start, &pauses), facts(start, &turned));
        let (one, two) = (reckon(&clock, &one, &CALENDAR).unwrap(), reckon(&clock, &two, &CALENDAR).unwrap());
        prop_assert_eq!(one.closes, two.closes);
    }

    #[test]
    fn without_the_number_it_is_one_day_less(start in start(), pauses in pauses(), n in 2i64..100) {
        let facts = facts(start, &pauses);
        for unit in UNITS {
            let less = of(n, unit, "bound = \"excluded\"");
            prop_assert_eq!(due(&less, &facts), due(&of(n - 1, unit, ""), &facts));
        }
    }

    #[test]
    fn months_end_on_the_same_number_or_the_last(start in start(), n in 1i64..60) {
        let clock = clock(&format!("months = {n}\nmoves = false"));
        let due = due(&clock, &Facts::on(start)).unwrap();
        prop_assert!(due.day() == start.day() || (due.day() < start.day() && due == due.last_of_month()));
        let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
        prop_assert_eq!(months(due) - months(start), n);
    }

    #[test]
    fn any_facts_give_an_answer_or_a_diagnostic(
        a in -20_000i64..200_000, b in -20_000i64..200_000, c in -20_000i64..200_000, n in 1i64..100_000, rule in 0usize..7
    ) {
        let date = |days: i64| plus(day("1890-01-01"), days.min(190_000));
        let rule = match rule {
            0 => format!("days = {n}\npauses = [\"testing\"]"),
            1 => format!("days = {}\nkind = \"working\"\npauses = [\"testing\"]", n.min(70_000)),
            2 => format!("months = {}\npauses = [\"testing\"]", n % 3600 + 1),
            3 => format!("opens = {{ days = {n}, bound = \"excluded\" }}\ncloses = {{ years = {} }}", n % 300 + 1),
            4 => format!("every = {{ months = {} }}", n % 3600 + 1),
            5 => format!("before = {{ days = {n} }}\nyears = {}", n % 300 + 1),
            _ => "by = \"02-last\"".to_owned(),
        };
        let pauses = vec![Pause { from: date(b), to: Some(date(c)), reason: "testing".to_owned() }];
        let clock = clock(&rule);
        let facts = Facts { pauses, ..Facts::on(date(a)) };
        match reckon(&clock, &facts, &CALENDAR) {
            Ok(reckoned) => {
                let now = zhiheng_act::clock::Moment::Day(date(b));
                let _ = (reckoned.state(&CALENDAR, now), reckoned.intents(&CALENDAR));
                prop_assert!(!reckoned.lines(zhiheng_base::Lang::Zh).is_empty());
            }
            Err(problem) => prop_assert!(problem.code.starts_with("ZH81")),
        }
    }
}

#[test]
fn a_day_is_counted_from_the_day_after() {
    assert_eq!(
        between(day("2024-02-28"), due(&of(2, "calendar", ""), &Facts::on(day("2024-02-28"))).unwrap()),
        2
    );
}
