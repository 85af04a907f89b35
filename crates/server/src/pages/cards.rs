//! Numbers at a glance: value, interval, target, and the line of the last periods.

use zhiheng_base::words::say;
use zhiheng_catalog::model::Indicator;
use zhiheng_measure::Measure;
use zhiheng_publish::svg::spark;

use super::region::{bare, interval, value};
use super::sheet::{Card, number_href};
use crate::call::Call;
use crate::text::Text;

/// Cards on a page.
pub(crate) const CARDS: usize = 6;

/// A card; `series` holds the newest period first.
pub(crate) fn card(call: &Call, indicator: &Indicator, series: &[Measure]) -> Option<Card> {
    let t = Text(call.view.lang);
    let now = series.first()?;
    let limits = interval(now);
    let (state, state_text) = match &now.target {
        Some(target) => {
            let (state, id) = standing(target.met, target.certain);
            (
                state,
                format!("{} {}", t.with("server-card-target", "value", target.value.normalize()), t.say(id)),
            )
        }
        None => ("", String::new()),
    };
    Some(Card {
        title: indicator.head.name.get(call.view.lang).to_owned(),
        href: number_href(&bare(now)),
        value: value(call, indicator, now),
        beside: if limits.is_empty() { limits } else { t.with("server-card-interval", "interval", limits) },
        state,
        state_text,
        svg: line(call, indicator, series),
    })
}

/// How a target stands: class and id of the words. Only what the interval settles is said to be good or bad.
pub(crate) fn standing(met: Option<bool>, certain: bool) -> (&'static str, &'static str) {
    match (met, certain) {
        (None, _) => ("off", "server-target-open"),
        (Some(true), true) => ("ok", "server-target-met"),
        (Some(true), false) => ("off", "server-target-met-unsure"),
        (Some(false), true) => ("warn", "server-target-missed"),
        (Some(false), false) => ("off", "server-target-missed-unsure"),
    }
}

/// The line of the last periods, up to the newest break of the definition.
fn line(call: &Call, indicator: &Indicator, series: &[Measure]) -> String {
    let Some(now) = series.first() else { return String::new() };
    let broken = indicator.breaks.iter().map(|one| one.on).filter(|on| *on < now.address.period.end()).max();
    let mut steps: Vec<&Measure> =
        (series.iter()).take_while(|one| broken.is_none_or(|on| one.address.period.end() > on)).collect();
    while steps.last().is_some_and(|one| one.number.is_none()) {
        steps.pop();
    }
    steps.reverse();
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return String::new() };
    let lang = call.view.lang;
    let says = say(
        lang,
        "server-spark",
        &[
            ("from", &first.address.period.title(lang)),
            ("first", &value(call, indicator, first)),
            ("to", &last.address.period.title(lang)),
            ("last", &value(call, indicator, last)),
        ],
    );
    let steps: Vec<_> = steps.iter().map(|one| (one.number, one.limits)).collect();
    spark(&steps, &says)
}
