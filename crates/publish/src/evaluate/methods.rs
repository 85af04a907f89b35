//! The notes on method at the end of a report: what each figure is, how it was computed, what was left out.

use crate::words::say;
use zhiheng_base::Lang;
use zhiheng_base::exact::Rounding;
use zhiheng_catalog::formula::{Called, Formula};
use zhiheng_catalog::model::{Indicator, IndicatorKind, MethodRows};
use zhiheng_catalog::names::Named;
use zhiheng_measure::Excluded;

use super::number::{grouped, level};
use super::session::Session;
use crate::model::{Block, Inline};
use crate::phrase::list;

impl Session<'_> {
    /// Heading and list.
    pub(super) fn methods(&mut self) -> Vec<Block> {
        let number = self.headings.next(1, self.lang);
        let heading = format!("{number}{}", self.say("methods-heading", &[]));
        let used = self.used.clone();
        let mut items = Vec::new();
        for (id, used) in &used {
            let Some(indicator) = self.indicator(id) else { continue };
            let mut sentences = vec![self.how(indicator)];
            if let Some(interval) = indicator.interval {
                let method = serde_json::to_value(interval.method).ok();
                let method = method.as_ref().and_then(|name| name.as_str()).unwrap_or_default();
                sentences
                    .push(self.say("method-interval", &[("method", method), ("level", &level(indicator))]));
            }
            let rule = match indicator.round.rule {
                Rounding::Gbt8170 => "gbt8170",
                Rounding::HalfUp => "half-up",
            };
            let digits = indicator.round.digits.to_string();
            sentences.push(self.say("method-rounding", &[("rule", rule), ("digits", &digits)]));
            if let Some(measure) = &used.largest
                && !measure.excluded.is_empty()
            {
                let place = self.where_and_when(&measure.address);
                let reasons: Vec<String> =
                    measure.excluded.iter().map(|excluded| self.excluded(excluded)).collect();
                let reasons = list(&reasons, self.lang);
                sentences.push(self.say("method-excluded", &[("place", &place), ("reasons", &reasons)]));
            }
            let basis = list(&indicator.head.basis, self.lang);
            sentences.push(self.say("method-basis", &[("basis", &basis), ("owner", &indicator.head.owner)]));
            let name = indicator.head.name.get(self.lang).to_owned();
            let lead = self.say("method-lead", &[("id", id)]);
            let gap = if self.lang == Lang::En { " " } else { "" };
            items.push(vec![Inline::Strong(name), Inline::Text(format!("{lead}{}", sentences.join(gap)))]);
        }
        for id in self.tests_used.clone() {
            items.push(vec![Inline::Text(self.say(id, &[]))]);
        }
        let size = grouped(&self.request.pins.ledger_size.to_string(), self.lang);
        let digest: String = self.request.pins.catalog.chars().take(12).collect();
        items.push(vec![Inline::Text(self.say("method-as-of", &[("size", &size), ("catalog", &digest)]))]);
        vec![Block::Heading { level: 1, text: heading }, Block::List { ordered: true, items }]
    }

    /// What an indicator is computed from, in a sentence.
    fn how(&self, indicator: &Indicator) -> String {
        let record =
            self.catalog.record_behind(&indicator.head.id).and_then(|id| self.catalog.records.get(id));
        let names = Named { catalog: self.catalog, record };
        let says = |formula: &Formula| formula.in_words(&names).get(self.lang).to_owned();
        let record = record.map_or_else(String::new, |record| record.head.name.get(self.lang).to_owned());
        let name_of = |id: &str| {
            let other = self.catalog.indicators.get(id);
            other.map_or_else(|| id.to_owned(), |other| other.head.name.get(self.lang).to_owned())
        };
        let filter = indicator.kind.over().and_then(|over| over.filter.as_ref());
        let filter = filter.map(|filter| self.say("method-filter", &[("filter", &says(filter))]));
        let filter = filter.unwrap_or_default();
        let tell = |id: &str, more: &[(&str, &str)]| {
            let mut args = vec![("record", record.as_str()), ("filter", filter.as_str())];
            args.extend_from_slice(more);
            self.say(id, &args)
        };
        match &indicator.kind {
            IndicatorKind::Count(over) if over.distinct.is_some() => {
                let field = over.distinct.as_deref().unwrap_or_default();
                let title = names.name(field).map(|title| title.get(self.lang).to_owned());
                tell("method-count-distinct", &[("field", title.as_deref().unwrap_or(field))])
            }
            IndicatorKind::Count(_) => tell("method-count", &[]),
            IndicatorKind::Sum { value, .. } => tell("method-sum", &[("value", &says(value))]),
            IndicatorKind::Mean { value, .. } => tell("method-mean", &[("value", &says(value))]),
            IndicatorKind::Ratio { top, bottom, .. } => {
                tell("method-ratio", &[("top", &says(top)), ("bottom", &says(bottom))])
            }
            IndicatorKind::Proportion { top, bottom, weights, .. } => {
                let id = if weights.is_some() { "method-proportion-weighted" } else { "method-proportion" };
                tell(id, &[("top", &says(top)), ("bottom", &says(bottom))])
            }
            IndicatorKind::Comparable(comparable) => {
                let title = |field: &String| {
                    names.name(field).map_or_else(|| field.clone(), |title| title.get(self.lang).to_owned())
                };
                let cell = list(&comparable.cell.iter().map(title).collect::<Vec<_>>(), self.lang);
                tell("method-comparable", &[("follows", &name_of(&comparable.follows)), ("cell", &cell)])
            }
            IndicatorKind::Change { of, .. } => tell("method-change", &[("of", &name_of(of))]),
            IndicatorKind::Register(_) => tell("method-register", &[]),
            IndicatorKind::Reported { .. } => tell("method-reported", &[]),
            IndicatorKind::Derived { formula, .. } => tell("method-derived", &[("formula", &says(formula))]),
            IndicatorKind::Method(by) => {
                let of: Vec<String> = by.inputs().into_iter().map(name_of).collect();
                let id = match by.rows {
                    MethodRows::Records(_) => "method-records",
                    MethodRows::Places(_) => "method-places",
                    MethodRows::Steps { .. } => "method-steps",
                };
                tell(id, &[("method", &by.method), ("of", &list(&of, self.lang))])
            }
        }
    }

    /// How many were left out, and why.
    pub(super) fn excluded(&self, excluded: &Excluded) -> String {
        let records = grouped(&excluded.records.to_string(), self.lang);
        let args = [("records", records.as_str()), ("rule", excluded.rule.as_str())];
        let id = format!("excluded-{}", excluded.reason);
        let known = ["filter", "bottom", "unknown", "withdrawn", "older"];
        if known.contains(&excluded.reason.as_str()) {
            say(self.lang, &id, &args)
        } else {
            say(self.lang, "excluded-other", &args)
        }
    }
}
