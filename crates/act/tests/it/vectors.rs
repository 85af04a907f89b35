//! Working days against a Python package, over all years of the table.

use std::collections::BTreeSet;

use super::{CALENDAR, day};

#[test]
fn working_days_are_those_of_the_reference() {
    let (mut n_rows, mut years) = (0, BTreeSet::new());
    for line in include_str!("../vectors/working_days.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [what, from, by, answer] = cells[..] else { panic!("{line}") };
        let got = match what {
            "after" => CALENDAR.after(day(from), by.parse().unwrap()).unwrap().to_string(),
            "before" => CALENDAR.before(day(from), by.parse().unwrap()).unwrap().to_string(),
            "count" => CALENDAR.working_days(day(from), day(by)).to_string(),
            _ => panic!("{line}"),
        };
        assert_eq!(got, answer, "{line}");
        n_rows += 1;
        years.insert(day(from).year());
    }
    assert!(n_rows > 3000 && years.len() == 23, "{n_rows} rows, {years:?}");
}
