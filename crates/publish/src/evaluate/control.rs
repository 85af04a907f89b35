//! Control charts and signals: the steps of a watched series as marks.

use zhiheng_base::Period;
use zhiheng_catalog::model::Indicator;
use zhiheng_measure::Step;

use super::number::joined;
use super::session::Session;
use crate::chart::{ChartKind, Held, Mark};
use crate::language::Call;
use crate::phrase::{fixed, list};
use crate::words::no_data;

/// Fewest steps before the period that are drawn.
const BASE_MIN: usize = 12;

impl Session<'_> {
    /// The steps of the figure's place and period.
    pub(super) fn control(&mut self, call: &Call, indicator: &Indicator) -> ChartKind {
        let empty = ChartKind::Control { points: Vec::new(), held: Vec::new(), n_base: 0 };
        let Some(address) = call.subjects.first().and_then(|subject| self.address(call, subject)) else {
            return empty;
        };
        let Some(measure) = self.measure(&address, call.span) else { return empty };
        self.print(&measure);
        // What went before is drawn as far as the period itself reaches, at least a few steps.
        let n_base = measure.steps.iter().filter(|step| step.base).count();
        let n_drawn = (measure.steps.len() - n_base).max(BASE_MIN);
        let steps = &measure.steps[n_base.saturating_sub(n_drawn)..];
        let watched = self.watched(indicator);
        let digits = watched.round.digits;
        let mark = |step: &Step| {
            let there =
                Period::parse(&step.period).ok().map(|period| address.of(&watched.head.id).in_period(period));
            Mark {
                label: step.period.clone(),
                value: step.value,
                shown: match step.value {
                    Some(value) => joined(&fixed(value, digits), &watched.unit, self.lang),
                    None => no_data(self.lang),
                },
                address: there.map(|address| address.to_string()),
                ..Mark::default()
            }
        };
        ChartKind::Control {
            points: steps.iter().map(mark).collect(),
            held: (steps.iter())
                .map(|step| Held {
                    centre: step.centre,
                    low: step.low,
                    high: step.high,
                    alarm: step.alarm && !step.base,
                })
                .collect(),
            n_base: steps.iter().filter(|step| step.base).count(),
        }
    }

    /// The indicator whose series is watched; the watching one itself if it names none.
    pub(super) fn watched<'i>(&'i self, indicator: &'i Indicator) -> &'i Indicator {
        let first = indicator.kind.inputs().into_iter().next();
        first.and_then(|id| self.catalog.indicators.get(id)).unwrap_or(indicator)
    }

    /// Which steps are out of the ordinary, in a sentence.
    pub(super) fn control_finding(
        &self,
        points: &[Mark],
        held: &[Held],
        n_base: usize,
        name: &str,
        region: &str,
    ) -> String {
        let alarms: Vec<String> = (points.iter().zip(held))
            .filter(|(_, held)| held.alarm)
            .map(|(point, _)| {
                let title = Period::parse(&point.label).map(|period| period.title(self.lang));
                title.unwrap_or_else(|_| point.label.clone())
            })
            .collect();
        let n = points.len().saturating_sub(n_base).to_string();
        let id = if alarms.is_empty() { "finding-control-none" } else { "finding-control" };
        let named = if alarms.len() > 4 {
            let n = alarms.len().to_string();
            self.say("and-more", &[("named", &list(&alarms[..4], self.lang)), ("n", &n)])
        } else {
            list(&alarms, self.lang)
        };
        let alarms = alarms.len().to_string();
        self.say(id, &[("region", region), ("name", name), ("n", &n), ("alarms", &alarms), ("named", &named)])
    }
}
