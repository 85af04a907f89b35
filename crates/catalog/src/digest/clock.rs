//! The canonical form of clocks.

use serde_json::{Map, Value as Json, json};

use crate::model::clock::{Bound, Clock, Length, Limit, Mark, Rule, Sense};

/// Without its examples.
pub(super) fn clock(clock: &Clock) -> Json {
    let sense = match clock.sense {
        Sense::Duty => "duty",
        Sense::Right => "right",
        Sense::Term => "term",
    };
    json!({
        "name": clock.name,
        "from": clock.from,
        "start": clock.start,
        "rule": rule(&clock.rule),
        "sense": sense,
        "moves": clock.moves,
        "pauses": clock.pauses,
        "remind": clock.remind,
        "who": clock.who,
        "missed": clock.missed,
        "says": clock.says,
        "basis": clock.basis,
        "confirmed": clock.confirmed,
        "region": clock.region.map(|region| region.to_string()),
        "since": clock.since.map(|day| day.to_string()),
        "until": clock.until.map(|day| day.to_string()),
    })
}

fn rule(rule: &Rule) -> Json {
    match rule {
        Rule::Window { opens, closes } => {
            json!({ "opens": opens.map(limit), "closes": closes.map(limit) })
        }
        Rule::Every { length: of } => json!({ "every": length(*of) }),
        Rule::Before { after, length: of, bound: border } => {
            json!({ "after": after.map(length), "before": length(*of), "bound": bound(*border) })
        }
        Rule::First { lengths, counters } => {
            let counters: Map<String, Json> = (counters.iter())
                // As text: a limit may be too large for a number of JSON.
                .map(|counter| (counter.name.clone(), json!(counter.limit.to_string())))
                .collect();
            json!({ "first": lengths.iter().copied().map(length).collect::<Vec<_>>(), "counters": counters })
        }
    }
}

fn limit(limit: Limit) -> Json {
    let (mark, bound) = (limit.mark, bound(limit.bound));
    match mark {
        Mark::After(of) => json!({ "after": length(of), "bound": bound }),
        Mark::On(day) => json!({ "on": day.to_string(), "bound": bound }),
    }
}

fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Included => "included",
        Bound::Excluded => "excluded",
    }
}

fn length(length: Length) -> String {
    let word = match length {
        Length::Days(_) => "days",
        Length::WorkingDays(_) => "working days",
        Length::Months(_) => "months",
        Length::Years(_) => "years",
        Length::Hours(_) => "hours",
    };
    format!("{} {word}", length.number())
}
