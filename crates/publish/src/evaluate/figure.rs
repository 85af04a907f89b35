//! Figures: the marks, their chart, its caption, alt text and twin table.

use rust_decimal::prelude::ToPrimitive;
use zhiheng_catalog::model::{Indicator, IndicatorKind, Unit};
use zhiheng_measure::{Flag, Measure};

use super::cells::amount;
use super::number::{bare, is_suppressed, joined};
use super::rows::{self, Row};
use super::session::Session;
use super::tiles;
use crate::chart::{ChartKind, ChartSpec, Mark};
use crate::language::{Call, FigureKind};
use crate::model::{Block, Figure};
use crate::{names, svg};

/// Bars of a Pareto chart when no number is named.
const CAUSES: usize = 10;

impl Session<'_> {
    /// Evaluates a figure; without any data it becomes a sentence that says so.
    pub(super) fn figure(&mut self, call: &Call) -> Vec<Block> {
        let Some(indicator) = call.subjects.first().and_then(|subject| self.indicator(&subject.id.text))
        else {
            return Vec::new();
        };
        let Some(kind) = call.flags.iter().find_map(|flag| FigureKind::parse(&flag.text)) else {
            return Vec::new();
        };
        let rows = if kind == FigureKind::Control { Vec::new() } else { self.rows(call, 0) };
        let whole = self.whole(call);
        let kind = match kind {
            FigureKind::Line => self.line(call, indicator, &rows),
            FigureKind::Ranked => self.ranked(call, indicator, rows.clone(), whole.as_ref()),
            FigureKind::Pareto => self.pareto(call, &rows),
            FigureKind::Funnel => self.funnel(indicator, &rows, whole.as_ref()),
            FigureKind::Control => self.control(call, indicator),
            FigureKind::Tiles => self.tiles(call, indicator, &rows),
        };
        let name = indicator.head.name.get(self.lang).to_owned();
        let place = self.where_of(call);
        if kind.marks().iter().all(|mark| mark.value.is_none()) {
            let sentence = self.say("figure-no-data", &[("name", &name), ("place", &place)]);
            let sentence = super::settle::text(&sentence, self.lang);
            return vec![Block::Paragraph(vec![crate::model::Inline::Text(sentence)])];
        }
        for row in &rows {
            self.print(&row.measure);
        }
        let unit = match &kind {
            ChartKind::Pareto { .. } => self.amount_unit(indicator),
            ChartKind::Control { .. } => names::unit(&self.watched(indicator).unit, self.lang),
            _ => names::unit(&indicator.unit, self.lang),
        };
        let finding = self.finding(&kind, indicator, call);
        let caption = self.caption(call).unwrap_or(finding);
        let size = super::number::grouped(&self.request.pins.ledger_size.to_string(), self.lang);
        let subtitle = self
            .say("figure-subtitle", &[("name", &name), ("unit", &unit), ("place", &place), ("size", &size)]);
        // Limits of a method need not be those of a 95 % confidence interval.
        let by_method = rows.iter().find_map(|row| row.measure.interval.as_deref());
        let by_method = by_method.filter(|_| matches!(indicator.kind, IndicatorKind::Method(_)));
        let interval = by_method.map(|name| self.say("svg-interval-by-method", &[("name", name)]));
        let chart = ChartSpec { title: caption.clone(), subtitle, unit, interval, kind };
        let by = self.by_title(call, indicator);
        let twin = self.twin(&chart, &by, &name);
        let alt = self.alt(&chart);
        let svg = svg::draw(&chart, &svg::Style::print(self.lang));
        let source = self.say("figure-source", &[("id", &indicator.head.id), ("size", &size)]);
        self.n_figures += 1;
        if let Some(name) = call.option("id") {
            let label = self.say("figure-label", &[("number", &self.n_figures.to_string())]);
            self.named.insert(name.to_owned(), label);
        }
        let tidy = |text: &str| super::settle::text(text, self.lang);
        vec![Block::Figure(Figure {
            number: self.n_figures,
            caption: tidy(&caption),
            svg,
            alt: tidy(&alt),
            twin,
            source: tidy(&source),
            chart,
        })]
    }

    /// The figure of the whole that the marks are parts of.
    fn whole(&mut self, call: &Call) -> Option<Measure> {
        if matches!(call.option("by"), None | Some("period")) {
            return None;
        }
        let address = self.address(call, call.subjects.first()?)?;
        self.measure(&address, call.span)
    }

    fn mark(&self, indicator: &Indicator, row: &Row) -> Mark {
        let measure = &row.measure;
        let hidden = is_suppressed(measure);
        let shown = measure.value.is_some() && !hidden;
        let text = bare(measure, self.lang);
        Mark {
            label: row.label.clone(),
            value: measure.number.filter(|_| !hidden),
            shown: if shown { joined(&text, &indicator.unit, self.lang) } else { text },
            limits: measure.limits.filter(|_| !hidden),
            base: (measure.records > 0).then_some(measure.records as f64),
            small: measure.flags.contains(&Flag::Small),
            address: Some(measure.address.to_string()),
            tile: None,
        }
    }

    fn line(&self, call: &Call, indicator: &Indicator, rows: &[Row]) -> ChartKind {
        let mut points: Vec<Mark> = rows.iter().map(|row| self.mark(indicator, row)).collect();
        for (point, row) in points.iter_mut().zip(rows) {
            point.label = row.measure.address.period.to_string();
            if !call.has("band") {
                point.limits = None;
            }
        }
        let target = rows.iter().rev().find_map(|row| row.measure.target.as_ref());
        let mut breaks = Vec::new();
        if call.has("breaks") {
            for found in &indicator.breaks {
                let at = rows.iter().position(|row| found.on < row.measure.address.period.end());
                if let Some(at) = at.filter(|&at| at > 0) {
                    breaks.push((at, found.says.get(self.lang).to_owned()));
                }
            }
        }
        ChartKind::Line {
            points,
            target: target.filter(|_| call.has("target")).and_then(|target| target.value.to_f64()),
            breaks,
        }
    }

    fn ranked(
        &self,
        call: &Call,
        indicator: &Indicator,
        rows: Vec<Row>,
        whole: Option<&Measure>,
    ) -> ChartKind {
        let mut rows = rows::by_value(rows, indicator.better, false);
        rows.truncate(call.number("first").unwrap_or(usize::MAX));
        // Intervals are always drawn, asked for or not: a ranking without them says too much.
        let points: Vec<Mark> = rows.iter().map(|row| self.mark(indicator, row)).collect();
        let target = whole.and_then(|whole| whole.target.as_ref());
        ChartKind::Ranked {
            points,
            // The total of all places is no level that a place could lie above or below.
            whole: whole.filter(|_| !adds_up(indicator)).and_then(|whole| whole.number),
            target: target.filter(|_| call.has("target")).and_then(|target| target.value.to_f64()),
        }
    }

    fn pareto(&self, call: &Call, rows: &[Row]) -> ChartKind {
        let mut bars: Vec<(f64, Mark)> = rows
            .iter()
            .map(|row| {
                let amount = amount(&row.measure).normalize();
                let value = amount.to_f64().unwrap_or(0.0);
                let mark = Mark {
                    label: row.label.clone(),
                    value: Some(value),
                    shown: super::number::grouped(&amount.to_string(), self.lang),
                    address: Some(row.measure.address.to_string()),
                    ..Mark::default()
                };
                (value, mark)
            })
            .filter(|(value, _)| *value > 0.0)
            .collect();
        bars.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.label.cmp(&b.1.label)));
        let n = call.number("first").unwrap_or(CAUSES).max(1);
        if bars.len() > n {
            let rest: f64 = bars[n..].iter().map(|(value, _)| value).sum();
            let count = (bars.len() - n).to_string();
            bars.truncate(n);
            let shown = super::number::grouped(&crate::phrase::fixed(rest, 6), self.lang);
            let shown = if shown.contains('.') {
                shown.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                shown
            };
            bars.push((
                rest,
                Mark {
                    label: self.say("pareto-rest", &[("n", &count)]),
                    value: Some(rest),
                    shown,
                    ..Mark::default()
                },
            ));
        }
        ChartKind::Pareto { points: bars.into_iter().map(|(_, mark)| mark).collect() }
    }

    fn funnel(&self, indicator: &Indicator, rows: &[Row], whole: Option<&Measure>) -> ChartKind {
        let points = rows.iter().filter(|row| row.measure.records > 0).map(|row| self.mark(indicator, row));
        let whole = whole.and_then(|whole| whole.number).map_or(0.0, |percent| percent / 100.0);
        ChartKind::Funnel { points: points.collect(), whole }
    }

    fn tiles(&self, call: &Call, indicator: &Indicator, rows: &[Row]) -> ChartKind {
        let layout = call.option("layout").and_then(tiles::parse).unwrap_or_default();
        let below = layout.values().map(|(row, _)| *row).max().unwrap_or(0);
        let loose = rows.iter().filter(|row| !layout.contains_key(&row.measure.address.region)).count();
        let mut at = 0;
        let points = rows
            .iter()
            .map(|row| {
                let place = layout.get(&row.measure.address.region).copied().unwrap_or_else(|| {
                    let (row, column) = tiles::automatic(at, loose);
                    at += 1;
                    (row + below, column)
                });
                Mark { tile: Some(place), ..self.mark(indicator, row) }
            })
            .collect();
        ChartKind::Tiles { points }
    }

    /// What is counted above the line.
    pub(super) fn amount_unit(&self, indicator: &Indicator) -> String {
        match &indicator.unit {
            Unit::Of(words) => words.get(self.lang).to_owned(),
            Unit::Percent | Unit::Points => self.say("unit-records", &[]),
        }
    }
}

/// Whether places add up to the whole.
fn adds_up(indicator: &Indicator) -> bool {
    matches!(indicator.kind, IndicatorKind::Count(_) | IndicatorKind::Register(_) | IndicatorKind::Sum { .. })
}
