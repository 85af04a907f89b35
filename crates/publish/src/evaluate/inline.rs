//! Inline directives: numbers and sentence parts.

use zhiheng_base::exact::Rounding;
use zhiheng_base::words::between;
use zhiheng_base::{Decimal, RegionCode};
use zhiheng_catalog::model::{Better, Indicator, IndicatorKind};
use zhiheng_measure::{Flag, Measure};

use super::number::{bare, grouped, interval, is_suppressed, joined, level, with_unit};
use super::rows;
use super::session::Session;
use super::settle::later;
use crate::language::Call;
use crate::model::Inline;
use crate::names;
use crate::phrase::{change, detectable, groups, list, target};

impl Session<'_> {
    /// Evaluates an inline directive.
    pub(super) fn directive(&mut self, call: &Call) -> Vec<Inline> {
        let text = |text: String| vec![Inline::Text(text)];
        match call.name.text.as_str() {
            "region" => text(self.region_name(call)),
            "period" => {
                let period = self.period_of(call);
                let period = match call.option("from") {
                    Some(_) => period.and_then(|period| Self::from_of(call).period(period)),
                    None => period,
                };
                text(period.map(|period| names::period(period, self.lang)).unwrap_or_default())
            }
            "level" => text(self.region_of(call).level().title(self.lang)),
            "synthetic" => vec![later("/synthetic")],
            "n_synthetic" if call.subjects.is_empty() => vec![later("/n_synthetic")],
            "ledger" => text(grouped(&self.request.pins.ledger_size.to_string(), self.lang)),
            "catalog" => text(self.request.pins.catalog.chars().take(12).collect()),
            "ref" => call.flags.first().map(|flag| later(&flag.text)).into_iter().collect(),
            "detectable" => self.detectable(call).map(text).unwrap_or_default(),
            _ => self.about_indicator(call),
        }
    }

    fn region_name(&self, call: &Call) -> String {
        let region = self.region_of(call);
        let full = call.has("full").then(|| self.catalog.regions.full_name(region)).flatten();
        full.filter(|_| region != RegionCode::NATION).unwrap_or_else(|| {
            let on = self.period_of(call).unwrap_or(self.request.period).last_day();
            names::region(self.catalog, region, on, self.lang)
        })
    }

    fn about_indicator(&mut self, call: &Call) -> Vec<Inline> {
        let Some(subject) = call.subjects.first() else { return Vec::new() };
        let Some(address) = self.address(call, subject) else {
            return vec![Inline::Text(crate::words::no_data(self.lang))];
        };
        let Some(indicator) = self.indicator(&address.indicator) else { return Vec::new() };
        let words = match call.name.text.as_str() {
            "definition" => Some(indicator.head.name.get(self.lang).to_owned()),
            "basis" => Some(list(&indicator.head.basis, self.lang)),
            "owner" => Some(indicator.head.owner.clone()),
            "limits" => Some(
                indicator.head.says.as_ref().map_or_else(String::new, |says| says.get(self.lang).to_owned()),
            ),
            "groups" => Some(self.groups(call)),
            _ => None,
        };
        if let Some(words) = words {
            return vec![Inline::Text(words)];
        }
        if matches!(call.name.text.as_str(), "best" | "worst") {
            return self.extremes(call);
        }
        let Some(measure) = self.measure(&address, call.span) else {
            return vec![Inline::Text(crate::words::no_data(self.lang))];
        };
        self.print(&measure);
        self.about_measure(call, indicator, &measure)
    }

    fn about_measure(&mut self, call: &Call, indicator: &Indicator, measure: &Measure) -> Vec<Inline> {
        let number = |text: String| Inline::Number { text, address: measure.address.to_string() };
        let missing = measure.value.is_none() || is_suppressed(measure);
        let text = match call.name.text.as_str() {
            "count" => self.count(indicator, measure),
            "top" => match measure.top {
                Some(top) if !is_suppressed(measure) => grouped(&top.normalize().to_string(), self.lang),
                _ => bare(measure, self.lang),
            },
            "value" => return self.value(call, indicator, measure),
            "interval" => interval(indicator, measure, self.lang).map_or_else(
                || self.say("interval-none", &[]),
                |interval| {
                    self.say("interval-sentence", &[("level", &level(indicator)), ("interval", &interval)])
                },
            ),
            "change" => return self.change(call, indicator, measure),
            "target" => target::phrase(measure, &self.unit(indicator), self.lang),
            "coverage" => self.coverage(measure),
            "records" => self.records(measure),
            "n_synthetic" => grouped(&measure.synthetic.to_string(), self.lang),
            "published" => return self.published(call, indicator, measure),
            _ => String::new(),
        };
        if missing && matches!(call.name.text.as_str(), "count" | "top") {
            return vec![Inline::Text(text)];
        }
        vec![number(text)]
    }

    /// The value of a total without its unit; for a rate or mean the records below the line.
    fn count(&self, indicator: &Indicator, measure: &Measure) -> String {
        let total = matches!(
            indicator.kind,
            IndicatorKind::Count(_)
                | IndicatorKind::Sum { .. }
                | IndicatorKind::Register(_)
                | IndicatorKind::Reported { .. }
        );
        if total { bare(measure, self.lang) } else { grouped(&measure.records.to_string(), self.lang) }
    }

    fn value(&mut self, call: &Call, indicator: &Indicator, measure: &Measure) -> Vec<Inline> {
        let shown = with_unit(indicator, measure, self.lang);
        if measure.value.is_none() {
            return vec![Inline::Text(shown)];
        }
        if is_suppressed(measure) {
            let note = self.say("note-suppressed", &[]);
            let note = self.notes.add(Some("suppressed".to_owned()), vec![Inline::Text(note)]);
            return vec![Inline::Text(shown), Inline::NoteRef(note)];
        }
        let mut found = vec![Inline::Number { text: shown, address: measure.address.to_string() }];
        found.extend(self.notes_of(indicator, measure));
        if call.has("interval")
            && let Some(interval) = interval(indicator, measure, self.lang)
        {
            let args = [("level", level(indicator)), ("interval", interval)];
            let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
            found.push(Inline::Text(self.say("interval-in-brackets", &args)));
        }
        found
    }

    fn change(&mut self, call: &Call, indicator: &Indicator, later: &Measure) -> Vec<Inline> {
        let from = Self::from_of(call);
        let Some(period) = from.period(later.address.period) else {
            return vec![Inline::Text(self.say("change-no-period", &[]))];
        };
        let earlier = zhiheng_measure::Address { period, ..later.address.clone() };
        let Some(earlier) = self.measure(&earlier, call.span) else {
            return vec![Inline::Text(crate::words::no_data(self.lang))];
        };
        self.print(&earlier);
        let found = change::compare(indicator, later, &earlier, self.lang);
        if let change::Change::Rates { tested, .. } = &found {
            self.tests_used.insert(if tested.exact { "method-fisher" } else { "method-score" });
        }
        let unit = self.unit(indicator);
        let text = change::phrase(&found, from, period, indicator, &unit, self.lang);
        let mut inlines = vec![Inline::Number { text, address: later.address.to_string() }];
        // A difference is no surer than the smaller of its two bases.
        inlines.extend(self.notes_of(indicator, &earlier).into_iter().filter(|_| earlier.value.is_some()));
        inlines
    }

    fn coverage(&self, measure: &Measure) -> String {
        let share = measure.coverage.as_ref().map(|coverage| coverage.share * Decimal::ONE_HUNDRED);
        match share {
            Some(share) => {
                let share = Rounding::Gbt8170.round(share, 1).to_string();
                self.say("coverage", &[("share", &share)])
            }
            None => self.say("coverage-none", &[]),
        }
    }

    fn records(&self, measure: &Measure) -> String {
        let counted = grouped(&measure.records.to_string(), self.lang);
        let reasons: Vec<String> = measure.excluded.iter().map(|excluded| self.excluded(excluded)).collect();
        if reasons.is_empty() {
            return self.say("records-all", &[("counted", &counted)]);
        }
        let out: u64 = measure.excluded.iter().map(|excluded| excluded.records).sum();
        let args = [
            ("counted", counted.as_str()),
            ("out", &grouped(&out.to_string(), self.lang)),
            ("reasons", &list(&reasons, self.lang)),
        ];
        self.say("records-some", &args)
    }

    fn published(&mut self, call: &Call, indicator: &Indicator, measure: &Measure) -> Vec<Inline> {
        let computed = call.option("computed").and_then(|id| self.indicator(id)).and_then(|other| {
            let address =
                zhiheng_measure::Address { indicator: other.head.id.clone(), ..measure.address.clone() };
            Some((other, self.measure(&address, call.span)?))
        });
        let shown = with_unit(indicator, measure, self.lang);
        let Some((other, computed)) = computed else { return vec![Inline::Text(shown)] };
        self.print(&computed);
        let theirs = with_unit(other, &computed, self.lang);
        let id = match (&measure.value, &computed.value) {
            (None, _) => "published-missing",
            (Some(_), None) => "published-alone",
            (Some(published), Some(value)) if same(published, value) => "published-agrees",
            (Some(_), Some(_)) => "published-differs",
        };
        let text = self.say(id, &[("published", &shown), ("computed", &theirs)]);
        let mut inlines = vec![Inline::Number { text, address: measure.address.to_string() }];
        if measure.value.is_some() && !measure.flags.contains(&Flag::Published) {
            inlines.extend(self.notes_of(indicator, measure));
        }
        inlines
    }

    fn detectable(&mut self, call: &Call) -> Option<String> {
        let percent = |name: &str| call.option(name).and_then(|text| text.parse::<Decimal>().ok());
        let n = call.number("n").map(|n| n as u64);
        let mut sides: [(Option<Decimal>, Option<u64>); 2] = [(percent("rate"), n), (percent("against"), n)];
        if let Some(subject) = call.subjects.first() {
            let now = self.address(call, subject)?;
            let then = Self::from_of(call).period(now.period);
            let then = then.map(|period| zhiheng_measure::Address { period, ..now.clone() });
            for (side, address) in sides.iter_mut().zip([Some(now), then]) {
                let Some(measure) = address.and_then(|address| self.measure(&address, call.span)) else {
                    continue;
                };
                self.print(&measure);
                side.0 = side.0.or_else(|| measure.value.as_deref()?.parse().ok());
                side.1 = side.1.or_else(|| (measure.records > 0).then_some(measure.records));
            }
        }
        let [(rate, n1), (against, n2)] = sides;
        let question = detectable::Question {
            rate: rate?,
            against: against?,
            n: (n1?, n2?),
            power: percent("power").unwrap_or_else(|| Decimal::from(80)),
        };
        self.tests_used.insert("method-score");
        let unit = call.option("unit").map_or_else(|| self.say("unit-batches", &[]), str::to_owned);
        question.phrase(&self.request.period.kind().to_string(), &unit, self.lang)
    }

    fn groups(&mut self, call: &Call) -> String {
        let rows = rows::by_value(self.rows(call, 0), Better::Higher, false);
        self.tests_used.insert("method-holm");
        let places: Vec<groups::Place> = rows
            .iter()
            .map(|row| groups::Place {
                name: row.label.clone(),
                counts: crate::phrase::test::counts(&row.measure),
            })
            .collect();
        for row in &rows {
            self.print(&row.measure);
        }
        let indicator = call.subjects.first().and_then(|subject| self.indicator(&subject.id.text));
        let by = indicator.map(|indicator| self.by_noun(call, indicator)).unwrap_or_default();
        groups::phrase(&places, &by, self.lang)
    }

    fn extremes(&mut self, call: &Call) -> Vec<Inline> {
        let rows = self.rows(call, 0);
        let indicator = call.subjects.first().and_then(|subject| self.indicator(&subject.id.text));
        let Some(indicator) = indicator else { return Vec::new() };
        let (mut ranked, left_out) = rows::rankable(rows, call.has("small"));
        ranked = rows::by_value(ranked, indicator.better, call.name.text == "worst");
        ranked.truncate(call.number("n").unwrap_or(3));
        if ranked.is_empty() {
            return vec![Inline::Text(crate::words::no_data(self.lang))];
        }
        let comma = between(self.lang, "list-separator");
        let mut found = Vec::new();
        for (at, row) in ranked.iter().enumerate() {
            self.print(&row.measure);
            let lead = if at == 0 { String::new() } else { comma.clone() };
            let value = joined(&bare(&row.measure, self.lang), &indicator.unit, self.lang);
            found.push(Inline::Text(format!("{lead}{}", row.label)));
            let text = self.say("in-brackets", &[("text", &value)]);
            found.push(Inline::Number { text, address: row.measure.address.to_string() });
        }
        if left_out > 0 {
            let note = self.say("note-not-ranked", &[("n", &left_out.to_string())]);
            found.push(Inline::NoteRef(self.notes.add(None, vec![Inline::Text(note)])));
        }
        found
    }
}

/// Equal as numbers at the places of the coarser one, so that a published 86 agrees with a computed 85.9.
fn same(published: &str, computed: &str) -> bool {
    match (published.parse::<Decimal>(), computed.parse::<Decimal>()) {
        (Ok(a), Ok(b)) => {
            let digits = a.scale().min(b.scale());
            let round = |value| Rounding::Gbt8170.round(value, digits);
            round(a) == round(b)
        }
        _ => published == computed,
    }
}
