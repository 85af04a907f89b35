//! All units of a period: who has handed in, who has not, what was accepted and what changed since.

use std::sync::Arc;

use zhiheng_base::{Date, Period, RegionCode};
use zhiheng_catalog::model::HandIn;

use super::duty::Return;
use super::place::{Newest, Place, changed_since};
use crate::desk::Desk;
use crate::trouble::Trouble;

/// How a unit's return stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Not handed in, and still in time.
    Open,
    /// Not handed in, and too late.
    Late,
    /// Handed in, and not looked at yet.
    Submitted,
    /// Sent back.
    Returned,
    /// Accepted.
    Accepted,
    /// Accepted, and its records have changed since.
    Changed,
    /// Filed.
    Filed,
}

impl Status {
    /// Its word in texts.
    pub fn word(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Late => "late",
            Status::Submitted => "submitted",
            Status::Returned => "returned",
            Status::Accepted => "accepted",
            Status::Changed => "changed",
            Status::Filed => "filed",
        }
    }

    /// How a return stands on a day, as far as its case tells.
    pub fn of(place: Option<&Place>, due: Date, today: Date) -> Status {
        match place.and_then(Status::of_case) {
            Some(status) => status,
            None if today > due => Status::Late,
            None => Status::Open,
        }
    }

    /// What the case of a return says; `None` if it was withdrawn.
    pub fn of_case(place: &Place) -> Option<Status> {
        match place.state.as_str() {
            "submitted" => Some(Status::Submitted),
            "returned" => Some(Status::Returned),
            "accepted" => Some(Status::Accepted),
            "filed" => Some(Status::Filed),
            _ => None,
        }
    }
}

/// A unit's return.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The unit's region.
    pub region: RegionCode,
    /// How it stands.
    pub status: Status,
    /// Its case, if it was handed in.
    pub place: Option<Arc<Place>>,
    /// Records that changed after the acceptance.
    pub changed: usize,
}

/// How many of the units have done what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units.
    pub units: usize,
    /// Handed in (returned ones among them).
    pub handed_in: usize,
    /// Handed in by the day.
    pub in_time: usize,
    /// Waiting for the reviewer.
    pub waiting: usize,
    /// Sent back.
    pub returned: usize,
    /// Accepted or filed.
    pub accepted: usize,
    /// Nothing came and the day is over.
    pub late: usize,
}

impl Tally {
    /// The tally of units.
    pub fn of(units: &[Unit]) -> Tally {
        let count = |wanted: &[Status]| units.iter().filter(|unit| wanted.contains(&unit.status)).count();
        let handed_in = units.len() - count(&[Status::Open, Status::Late]);
        let late = |unit: &&Unit| unit.place.as_ref().is_some_and(|place| place.late);
        let came_late = units
            .iter()
            .filter(|unit| !matches!(unit.status, Status::Open | Status::Late))
            .filter(late)
            .count();
        Tally {
            units: units.len(),
            handed_in,
            in_time: handed_in - came_late,
            waiting: count(&[Status::Submitted]),
            returned: count(&[Status::Returned]),
            accepted: count(&[Status::Accepted, Status::Changed, Status::Filed]),
            late: count(&[Status::Late]),
        }
    }
}

/// `part` of `all` in per cent with one digit, half up; a dash of nothing.
pub fn share(part: usize, all: usize) -> String {
    if all == 0 {
        return "–".to_owned();
    }
    let tenths = (part * 2000 + all) / (2 * all);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The units of a period. Whether accepted records changed is asked of the lake, which takes a while for many units.
///
/// Errors: those of the lake.
pub async fn matrix(
    desk: &Desk,
    places: &Newest,
    (of, duty, period): (&str, HandIn, Period),
    units: &[RegionCode],
    (today, changes): (Date, bool),
) -> Result<Vec<Unit>, Trouble> {
    let mut rows = Vec::with_capacity(units.len());
    for region in units {
        let what = Return { of: of.to_owned(), region: *region, period, duty };
        let place = places.of(&what).cloned();
        let mut status = Status::of(place.as_deref(), what.due(), today);
        let mut changed = 0;
        if let Some(accepted) = place.as_ref().and_then(|place| place.accepted).filter(|_| changes) {
            changed = changed_since(desk, &what, accepted).await?;
            if changed > 0 {
                status = Status::Changed;
            }
        }
        rows.push(Unit { region: *region, status, place, changed });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up() {
        // 6/7 = 85.714…, 1/3 = 33.33…, 1/16 = 6.25
        for (part, all, wanted) in
            [(6, 7, "85.7%"), (1, 3, "33.3%"), (1, 16, "6.3%"), (7, 7, "100.0%"), (0, 7, "0.0%"), (0, 0, "–")]
        {
            assert_eq!(share(part, all), wanted);
        }
    }
}
