//! What waits for the signed-in account, from every place where something can wait: steps of cases, returns to hand in or to mend,
//! returns to review, papers to score. The start shows the first of it, the page of tasks all.

mod places;

use zhiheng_base::words::say;
use zhiheng_base::{Date, RegionCode};
use zhiheng_desk::Desk;

use super::sheet::Cell;
use crate::call::Call;
use crate::problem::Problem;
use crate::text::Text;

/// Days before its last one from which something is due soon.
const SOON: i32 = 7;

/// Where something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A step of a case.
    Step,
    /// A return that came back.
    Mend,
    /// A return to hand in.
    Return,
    /// A return to accept or send back.
    Review,
    /// Papers to score.
    Dossier,
}

impl Kind {
    pub(crate) const ALL: [Kind; 5] = [Kind::Step, Kind::Mend, Kind::Return, Kind::Review, Kind::Dossier];

    /// Its word in texts and addresses.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Step => "step",
            Kind::Mend => "mend",
            Kind::Return => "return",
            Kind::Review => "review",
            Kind::Dossier => "dossier",
        }
    }
}

/// How much it presses; the most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// Its day is over.
    Late,
    /// Its day is near.
    Soon,
    /// It can be done.
    Open,
    /// It cannot be done yet.
    Later,
}

/// Something that waits.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) kind: Kind,
    /// What is to be done, with the page where it is done.
    pub(crate) what: Cell,
    /// Of what: the case, the period.
    pub(crate) of: String,
    pub(crate) region: RegionCode,
    pub(crate) due: Option<Date>,
    /// Days after its last one.
    pub(crate) late: Option<i64>,
    /// First day, if it cannot be done yet.
    pub(crate) opens: Option<Date>,
    /// Posts of which one does it.
    pub(crate) who: String,
}

impl Urgency {
    pub(crate) const ALL: [Urgency; 4] = [Urgency::Late, Urgency::Soon, Urgency::Open, Urgency::Later];

    /// Its word in texts and data.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Urgency::Late => "late",
            Urgency::Soon => "soon",
            Urgency::Open => "open",
            Urgency::Later => "later",
        }
    }
}

impl Waiting {
    /// Whether it comes round with the calendar, done by whoever hands in, and nobody has asked for it in particular.
    pub(crate) fn is_routine(&self) -> bool {
        self.kind == Kind::Return
    }

    /// How much it presses on a day.
    pub(crate) fn urgency(&self, today: Date) -> Urgency {
        let days = |due: Date| today.until(due).map_or(i32::MAX, |left| left.get_days());
        match () {
            () if self.late.is_some() => Urgency::Late,
            () if self.opens.is_some() => Urgency::Later,
            () if self.due.is_some_and(|due| (0..=SOON).contains(&days(due))) => Urgency::Soon,
            () => Urgency::Open,
        }
    }

    /// Until when, in words.
    pub(crate) fn when(&self, t: Text) -> String {
        match (self.due, self.late, self.opens) {
            (Some(due), Some(late), _) => {
                say(t.0, "server-task-late", &[("due", &due.to_string()), ("n", &late.to_string())])
            }
            (_, _, Some(opens)) => t.with("server-task-opens", "opens", opens),
            (Some(due), ..) => due.to_string(),
            _ => t.say("server-task-any-time"),
        }
    }
}

/// Days by which a day is over; nothing if it is not.
fn late(due: Date, today: Date) -> Option<i64> {
    due.until(today).ok().map(|over| i64::from(over.get_days())).filter(|days| *days > 0)
}

/// Everything that waits for the signed-in account: what is late first, then by the last day, then what has none.
pub(crate) async fn waiting(call: &Call, desk: &Desk) -> Result<Vec<Waiting>, Problem> {
    let mut all = places::steps(call, desk).await?;
    if let Some(counter) = call.server.counter() {
        all.extend(places::returns(call, desk, counter).await?);
    }
    all.extend(places::dossiers(call, desk).await?);
    // What is alike stays in the order in which its own pages have it.
    all.sort_by_key(|one| (one.late.is_none(), one.due.is_none(), one.due, one.opens));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn urgency_goes_by_the_day() {
        let today = date(2013, 10, 21);
        let on = |due: Option<Date>, opens: Option<Date>| Waiting {
            kind: Kind::Return,
            what: Cell::default(),
            of: String::new(),
            region: RegionCode::NATION,
            due,
            late: due.and_then(|due| late(due, today)),
            opens,
            who: String::new(),
        };
        for (due, opens, urgency) in [
            (Some(date(2013, 10, 20)), None, Urgency::Late),
            (Some(date(2013, 10, 21)), None, Urgency::Soon),
            (Some(date(2013, 10, 28)), None, Urgency::Soon),
            (Some(date(2013, 10, 29)), None, Urgency::Open),
            (None, None, Urgency::Open),
            (None, Some(date(2013, 11, 1)), Urgency::Later),
        ] {
            assert_eq!(on(due, opens).urgency(today), urgency, "{due:?} {opens:?}");
        }
        assert_eq!(late(date(2013, 7, 15), today), Some(98));
    }
}
