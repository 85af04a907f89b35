//! The calendar at its edges.

use super::*;

const TABLE: &str = "# source\n# known: 2024-01-01..2024-12-24\n2024-02-04,work,春节,Spring Festival,x\n";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn edges_have_answers_and_no_days_beyond() {
    let calendar = Calendar::parse(TABLE, "").unwrap();
    assert_eq!(calendar.source(), "source");
    assert_eq!(calendar.after(LAST_DAY, 1), None);
    // 31 December 2200 is a Wednesday.
    assert_eq!(calendar.on_or_after(LAST_DAY), Some(LAST_DAY));
    assert_eq!(calendar.before(FIRST_DAY, 1), None);
    assert_eq!(calendar.on_or_before(FIRST_DAY), Some(FIRST_DAY));
    assert_eq!(calendar.after(FIRST_DAY, i64::MAX), None);
    assert_eq!(calendar.before(FIRST_DAY, i64::MIN), None);
    assert_eq!(calendar.working_days(LAST_DAY, FIRST_DAY), 0);
    assert_eq!(calendar.after(Date::MAX, 1), None);
    assert!(calendar.knows(day("2024-01-01"), day("2024-12-24")));
    assert!(!calendar.knows(day("2024-01-01"), day("2024-12-25")));
}

#[test]
fn running_totals_are_those_of_the_weekdays() {
    let calendar = Calendar::parse("# known: 2024-01-01..2024-12-24\n", "").unwrap();
    let mut total = 0;
    let mut date = FIRST_DAY;
    while date < LAST_DAY {
        let works = date.weekday().to_monday_zero_offset() < 5;
        assert_eq!(calendar.is_working(date), works);
        total += i64::from(works);
        if date.day() == 1 {
            assert_eq!(calendar.working_days(FIRST_DAY, date), total, "{date}");
        }
        date = date.tomorrow().unwrap();
    }
}

#[test]
fn sums_of_dates_stay_inside() {
    assert_eq!(plus_days(day("2024-02-28"), 2), Some(day("2024-03-01")));
    assert_eq!(plus_days(LAST_DAY, 1), None);
    assert_eq!(plus_days(FIRST_DAY, -1), None);
    assert_eq!(plus_days(FIRST_DAY, i64::MAX), None);
    assert_eq!(plus_days(Date::MIN, 1), None);
    assert_eq!(plus_months(day("2024-01-31"), 1), Some(day("2024-02-29")));
    assert_eq!(plus_months(day("2024-03-31"), -1), Some(day("2024-02-29")));
    assert_eq!(plus_months(FIRST_DAY, i64::MAX), None);
    assert_eq!(plus_months(day("2199-12-31"), 13), None);
}
