//! Worked examples of a clock: facts and the dates that must come out, checked with a calendar in hand.

use jiff::Timestamp;
use zhiheng_base::{Date, Diagnostic};

use super::{Calendar, Clock, reckon};

/// Reckons the examples of a clock; ZH8111 for each that comes out otherwise, or the problem it runs into.
pub fn run_examples(clock: &Clock, calendar: &Calendar) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for example in &clock.examples {
        let reckoned = match reckon(clock, &example.facts, calendar) {
            Ok(reckoned) => reckoned,
            Err(problem) => {
                problems.push(problem.at(clock.origin.place()));
                continue;
            }
        };
        let opens = reckoned.opens.as_ref().and_then(|end| end.day);
        let at = reckoned.closes.as_ref().and_then(|end| end.at);
        let got = (opens, reckoned.due(), at, reckoned.is_provisional());
        let wanted = (example.opens, example.due, example.at, example.provisional);
        if got != wanted {
            let problem = Diagnostic::error("ZH8111").arg("id", &clock.id).arg("start", reckoned.start);
            let problem = problem.arg("got", result_text(got)).arg("wanted", result_text(wanted));
            problems.push(problem.at(clock.origin.place()));
        }
    }
    problems
}

/// First day, last day, instant, and a question mark if provisional.
fn result_text(result: (Option<Date>, Option<Date>, Option<Timestamp>, bool)) -> String {
    let (opens, due, at, provisional) = result;
    let day = |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let at = at.map(|at| format!(" ({at})")).unwrap_or_default();
    format!("{}..{}{at}{}", day(opens), day(due), if provisional { "?" } else { "" })
}
