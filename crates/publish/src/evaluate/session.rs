//! What is known while a report is evaluated: the request, what was measured, noted, numbered and used.

use std::collections::{BTreeMap, BTreeSet};

use crate::words::say;
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::Indicator;
use zhiheng_measure::{Address, Flag, Measure};

use super::EvaluationRequest;
use super::heading::Numbers;
use super::notes::Notes;
use crate::figures::{Figures, Series};
use crate::language::{Call, Source, Span, Text};
use crate::model::{Inline, Report};
use crate::names;

/// What an indicator was seen to rest on.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    /// The measure with the largest base: its interval and exclusions go into the notes on method.
    pub(super) largest: Option<Measure>,
}

pub(super) struct Session<'a> {
    pub(super) figures: &'a dyn Figures,
    pub(super) catalog: &'a Catalog,
    pub(super) request: &'a EvaluationRequest,
    pub(super) lang: Lang,
    text: Text<'a>,
    measured: BTreeMap<Address, Measure>,
    pub(super) notes: Notes,
    pub(super) headings: Numbers,
    pub(super) n_tables: u32,
    pub(super) n_figures: u32,
    /// Name → what `ref` prints.
    pub(super) named: BTreeMap<String, String>,
    pub(super) used: BTreeMap<String, Used>,
    /// Address of every figure printed → whether it rests on synthetic records.
    printed: BTreeMap<String, bool>,
    /// Indicators whose limits of meaning the report states itself.
    pub(super) limits_said: BTreeSet<String>,
    pub(super) tests_used: BTreeSet<&'static str>,
    pub(super) methods_placed: bool,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        figures: &'a dyn Figures,
        request: &'a EvaluationRequest,
        text: Text<'a>,
        source: &Source,
    ) -> Session<'a> {
        let limits = source.calls().into_iter().filter(|call| call.name.text == "limits");
        let limits_said =
            limits.filter_map(|call| call.subjects.first()).map(|subject| subject.id.text.clone()).collect();
        Session {
            figures,
            catalog: figures.catalog(),
            request,
            lang: request.lang,
            text,
            measured: BTreeMap::new(),
            notes: Notes::default(),
            headings: Numbers::default(),
            n_tables: 0,
            n_figures: 0,
            named: BTreeMap::new(),
            used: BTreeMap::new(),
            printed: BTreeMap::new(),
            limits_said,
            tests_used: BTreeSet::new(),
            methods_placed: source.calls().iter().any(|call| call.name.text == "methods"),
            problems: Vec::new(),
        }
    }

    /// A sentence in the report's language.
    pub(super) fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        say(self.lang, id, args)
    }

    pub(super) fn indicator(&self, id: &str) -> Option<&'a Indicator> {
        self.catalog.indicators.get(id)
    }

    /// One measure; a failure is told with the directive's place.
    pub(super) fn measure(&mut self, address: &Address, at: Span) -> Option<Measure> {
        if let Some(known) = self.measured.get(address) {
            return Some(known.clone());
        }
        match self.figures.measure(address) {
            Ok(measure) => {
                self.measured.insert(address.clone(), measure.clone());
                Some(measure)
            }
            Err(problem) => {
                self.problems.push(problem.at(self.text.place(at)));
                None
            }
        }
    }

    /// Keeps a measure that came with others, so that it is not asked for again.
    pub(super) fn remember(&mut self, measure: Measure) {
        self.measured.insert(measure.address.clone(), measure);
    }

    /// Several measures; a failure is told with the directive's place.
    pub(super) fn series(&mut self, series: &Series, at: Span) -> Vec<Measure> {
        self.figures.series(series).unwrap_or_else(|problem| {
            self.problems.push(problem.at(self.text.place(at)));
            Vec::new()
        })
    }

    /// Remembers that a figure is printed: for the notes on method and for the share of synthetic figures.
    pub(super) fn print(&mut self, measure: &Measure) {
        if measure.value.is_some() {
            self.printed.insert(measure.address.to_string(), is_synthetic(measure));
        }
        let used = self.used.entry(measure.address.indicator.clone()).or_default();
        if used.largest.as_ref().is_none_or(|largest| largest.records < measure.records) {
            used.largest = Some(measure.clone());
        }
    }

    /// The indicator's unit as a suffix.
    pub(super) fn unit(&self, indicator: &Indicator) -> String {
        names::unit(&indicator.unit, self.lang)
    }

    /// Name of the place and time of a measure.
    pub(super) fn where_and_when(&self, address: &Address) -> String {
        let region = names::region(self.catalog, address.region, address.period.last_day(), self.lang);
        let cuts: Vec<String> = address
            .cuts
            .iter()
            .map(|(dimension, value)| {
                names::value(self.catalog, &address.indicator, dimension, value, self.lang)
            })
            .collect();
        let cuts = crate::phrase::list(&cuts, self.lang);
        let id = if cuts.is_empty() { "where-and-when" } else { "where-and-when-cut" };
        let period = address.period.title(self.lang);
        self.say(id, &[("region", &region), ("period", &period), ("cuts", &cuts)])
    }

    pub(super) fn warn(&mut self, code: &'static str, call: &Call, args: &[(&str, &str)]) {
        let problem =
            args.iter().fold(Diagnostic::warning(code), |problem, (name, value)| problem.arg(name, value));
        self.problems.push(problem.at(self.text.place(call.span)));
    }

    /// Number of figures printed, and how many of them rest on synthetic records.
    pub(super) fn n_printed(&self) -> (usize, usize) {
        (self.printed.len(), self.printed.values().filter(|synthetic| **synthetic).count())
    }

    /// What is only known at the end: notes on method, references, the share of synthetic figures.
    pub(super) fn finish(&mut self, report: &mut Report) {
        if !self.methods_placed && !self.used.is_empty() {
            let blocks = self.methods();
            report.blocks.extend(blocks);
        }
        let (n, n_synthetic) = self.n_printed();
        let sentence = self.synthetic_sentence();
        let mut known = self.named.clone();
        known.insert("/synthetic".to_owned(), sentence.clone());
        known.insert("/n_synthetic".to_owned(), n_synthetic.to_string());
        report.notes = std::mem::take(&mut self.notes).into_notes();
        super::settle::late(report, &known);
        report.synthetic = (n > 0 && n_synthetic > 0).then_some(sentence);
        super::settle::report(report);
    }

    fn synthetic_sentence(&self) -> String {
        let (n, n_synthetic) = self.n_printed();
        let id = if n_synthetic == 0 {
            "synthetic-none"
        } else if n_synthetic == n {
            "synthetic-all"
        } else {
            "synthetic-some"
        };
        self.say(id, &[("n", &n.to_string()), ("synthetic", &n_synthetic.to_string())])
    }

    /// Plain text of pieces, for titles and captions: notes are left out.
    pub(super) fn plain(&mut self, pieces: &[crate::language::Piece]) -> String {
        let inlines = self.inlines(pieces);
        let mut text = String::new();
        for inline in &inlines {
            match inline {
                Inline::Text(part) | Inline::Strong(part) | Inline::Number { text: part, .. } => {
                    text.push_str(part);
                }
                Inline::NoteRef(_) => {}
            }
        }
        super::settle::text(&text, self.lang)
    }
}

/// True if any record behind the figure is synthetic.
pub(super) fn is_synthetic(measure: &Measure) -> bool {
    measure.synthetic > 0 || measure.flags.contains(&Flag::Synthetic)
}
