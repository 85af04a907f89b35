//! Every directive against the table of forms and the catalog, before anything is computed.

use zhiheng_base::{Diagnostic, Level, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{FieldType, IndicatorKind, MethodRows, ReportFile};

use super::form::{FORMS, Form, Holds, Subjects, find};
use super::{Call, Column, FigureKind, From, Item, Over, Piece, Source, Subject, Text, Word};
use crate::names;

/// Compares every directive of `source` with the catalog. A report with errors is not evaluated.
pub fn check(report: &ReportFile, source: &Source, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut checker = Checker { text: Text::of(report), catalog, problems: Vec::new() };
    checker.pieces(&source.title);
    checker.items(&source.items);
    checker.references(source);
    checker.problems
}

/// The nearest of `words` to `text`, if one is near.
pub(crate) fn nearest<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    words
        .map(|word| (strsim::damerau_levenshtein(text, word), word))
        .min()
        .filter(|(distance, word)| *distance <= 1 + word.chars().count() / 3)
        .map(|(_, word)| word)
}

struct Checker<'a> {
    text: Text<'a>,
    catalog: &'a Catalog,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn push(&mut self, problem: Diagnostic, at: &Word) {
        self.problems.push(problem.at(self.text.place(at.span)));
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Heading { text, .. } | Item::Paragraph(text) => self.pieces(text),
                Item::List { items, .. } => items.iter().for_each(|item| self.pieces(item)),
                Item::PageBreak => {}
                Item::Call(call) => self.call(call, true),
                Item::If { condition, then, otherwise } => {
                    self.call(condition, true);
                    self.items(then);
                    self.items(otherwise.as_deref().unwrap_or_default());
                }
            }
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        let mut calls = Vec::new();
        super::ast::calls_of(pieces, &mut calls);
        for call in calls {
            self.call(call, false);
        }
    }

    fn call(&mut self, call: &Call, block: bool) {
        let name = call.name.text.as_str();
        let Some(form) = find(name) else {
            let names = || FORMS.iter().filter(|form| form.block == block).map(|form| form.name);
            let problem = Diagnostic::error("ZH6001").arg("name", name);
            return self.push(suggest(problem, name, names()), &call.name);
        };
        if form.block != block {
            let code = if form.block { "ZH6017" } else { "ZH6018" };
            return self.push(Diagnostic::error(code).arg("name", name), &call.name);
        }
        self.subjects(call, form);
        for flag in &call.flags {
            if !form.flags.contains(&flag.text.as_str()) && form.flags != ["*"] {
                let allowed = form.flags.iter().copied().chain(form.options.iter().map(|(name, _)| *name));
                let problem = Diagnostic::error("ZH6004").arg("option", &flag.text).arg("name", name);
                self.push(suggest(problem, &flag.text, allowed), flag);
            }
        }
        for (option, value) in &call.options {
            if let Some((_, holds)) = form.options.iter().find(|(name, _)| *name == option.text) {
                self.option(call, option, value, *holds);
            } else {
                let allowed = form.options.iter().map(|(name, _)| *name).chain(form.flags.iter().copied());
                let problem = Diagnostic::error("ZH6004").arg("option", &option.text).arg("name", name);
                self.push(suggest(problem, &option.text, allowed), option);
            }
        }
        self.sense(call);
    }

    /// What only shows when all parts are seen together.
    fn sense(&mut self, call: &Call) {
        let need = |what: &str| Diagnostic::error("ZH6008").arg("name", &call.name.text).arg("what", what);
        match call.name.text.as_str() {
            "figure" => self.figure(call),
            "ref" if call.flags.len() != 1 => self.push(need("id"), &call.name),
            "detectable" => {
                if call.subjects.is_empty() {
                    for option in ["n", "rate", "against"] {
                        if call.option(option).is_none() {
                            self.push(need(option), &call.name);
                        }
                    }
                }
                for subject in &call.subjects {
                    self.needs_rate(subject);
                }
            }
            "published" if call.option("computed").is_none() => self.push(need("computed"), &call.name),
            "best" | "worst" | "groups" if call.option("by").is_none() => self.push(need("by"), &call.name),
            "if" => {
                let conditions =
                    call.has("data") || call.option("lang").is_some() || call.option("level").is_some();
                if !conditions || call.has("data") == call.subjects.is_empty() {
                    self.push(need("data"), &call.name);
                }
            }
            _ => {}
        }
    }

    fn figure(&mut self, call: &Call) {
        let kinds: Vec<&Word> =
            call.flags.iter().filter(|flag| FigureKind::parse(&flag.text).is_some()).collect();
        let [kind] = kinds.as_slice() else {
            let problem = Diagnostic::error("ZH6022").arg("words", FigureKind::WORDS.join(", "));
            return self.push(problem, &call.name);
        };
        if call.option("by").is_none() && !matches!(kind.text.as_str(), "line" | "tiles" | "control") {
            let problem = Diagnostic::error("ZH6008").arg("name", &kind.text).arg("what", "by");
            self.push(problem, kind);
        }
        if kind.text == "control" {
            for subject in &call.subjects {
                self.needs_series(subject);
            }
        }
        if kind.text == "funnel" {
            for subject in &call.subjects {
                self.needs_rate(subject);
            }
        }
    }

    fn needs_series(&mut self, subject: &Subject) {
        let Some(indicator) = self.catalog.indicators.get(&subject.id.text) else { return };
        let watches = matches!(&indicator.kind, IndicatorKind::Method(by) if matches!(by.rows, MethodRows::Steps { .. }));
        if !watches {
            let problem = Diagnostic::error("ZH6028").arg("id", &subject.id.text);
            self.push(problem, &subject.id);
        }
    }

    fn needs_rate(&mut self, subject: &Subject) {
        let Some(indicator) = self.catalog.indicators.get(&subject.id.text) else { return };
        if !matches!(indicator.kind, IndicatorKind::Proportion { .. }) {
            let problem = Diagnostic::error("ZH6023").arg("id", &subject.id.text);
            self.push(problem, &subject.id);
        }
    }

    fn subjects(&mut self, call: &Call, form: &Form) {
        let n = call.subjects.len();
        match form.subjects {
            Subjects::None if n > 0 => {
                let problem = Diagnostic::error("ZH6003").arg("found", &call.subjects[0].id.text);
                self.push(problem, &call.subjects[0].id);
            }
            Subjects::One | Subjects::Many if n == 0 && form.name != "if" => {
                let problem = Diagnostic::error("ZH6008").arg("name", form.name).arg("what", "indicator");
                self.push(problem, &call.name);
            }
            Subjects::One | Subjects::Optional if n > 1 => {
                let problem = Diagnostic::error("ZH6003").arg("found", &call.subjects[1].id.text);
                self.push(problem, &call.subjects[1].id);
            }
            _ => {}
        }
        for subject in &call.subjects {
            self.subject(call, subject);
        }
    }

    fn subject(&mut self, call: &Call, subject: &Subject) {
        let id = subject.id.text.as_str();
        if matches!(call.name.text.as_str(), "count" | "records") && self.catalog.records.contains_key(id) {
            if names::count_of(self.catalog, id).is_none() {
                self.push(Diagnostic::error("ZH6025").arg("id", id), &subject.id);
            }
            return;
        }
        if !self.indicator(&subject.id) {
            return;
        }
        for (dimension, value) in &subject.cuts {
            if self.dimension(id, dimension) {
                self.cut(id, dimension, value);
            }
        }
    }

    fn indicator(&mut self, id: &Word) -> bool {
        let known = self.catalog.indicators.contains_key(&id.text);
        if !known {
            let problem = Diagnostic::error("ZH6005").arg("id", &id.text);
            let ids = self.catalog.indicators.keys().map(String::as_str);
            let problem = suggest(problem, &id.text, ids);
            self.push(problem, id);
        }
        known
    }

    fn dimension(&mut self, id: &str, dimension: &Word) -> bool {
        let Some(indicator) = self.catalog.indicators.get(id) else { return false };
        let allowed = self.catalog.dimensions(indicator);
        let known = allowed.contains(&dimension.text);
        if !known {
            let problem = Diagnostic::error("ZH6006").arg("id", id).arg("dimension", &dimension.text);
            let problem = suggest(problem, &dimension.text, allowed.iter().map(String::as_str));
            self.push(problem, dimension);
        }
        known
    }

    /// A value of a field with a code list must be a code of the list.
    fn cut(&mut self, id: &str, dimension: &Word, value: &Word) {
        let Some(FieldType::Code { list }) =
            names::field(self.catalog, id, &dimension.text).map(|field| &field.kind)
        else {
            return;
        };
        let Some(list) = self.catalog.lists.get(list) else { return };
        if list.items.iter().all(|item| item.code != value.text) {
            let problem = Diagnostic::error("ZH6027").arg("value", &value.text).arg("list", &list.head.id);
            let codes = list.items.iter().map(|item| item.code.as_str());
            self.push(suggest(problem, &value.text, codes), value);
        }
    }

    fn option(&mut self, call: &Call, option: &Word, value: &Word, holds: Holds) {
        let text = value.text.as_str();
        let good = match holds {
            Holds::Region => return self.region(value, text),
            Holds::Period => From::parse(text).is_some(),
            Holds::Both => match text.split_once('/') {
                Some((region, period)) => {
                    self.region(value, region);
                    From::parse(period).is_some()
                }
                None => false,
            },
            Holds::Over => Over::parse(text).is_some(),
            Holds::By => {
                if !matches!(text, "region" | "period") {
                    for subject in &call.subjects {
                        if self.catalog.indicators.contains_key(&subject.id.text) {
                            self.dimension(&subject.id.text, value);
                        }
                    }
                }
                true
            }
            Holds::Levels => text.split(',').all(|word| Level::parse(word.trim()).is_some()),
            Holds::Count => text.parse::<u64>().is_ok_and(|n| (1..=1_000_000_000).contains(&n)),
            Holds::Percent => text.parse::<zhiheng_base::Decimal>().is_ok_and(|rate| {
                rate >= zhiheng_base::Decimal::ZERO && rate <= zhiheng_base::Decimal::ONE_HUNDRED
            }),
            Holds::Columns => {
                for word in text.split(',').map(str::trim) {
                    if Column::parse(word).is_none() {
                        let problem = Diagnostic::error("ZH6021").arg("column", word);
                        self.push(suggest(problem, word, Column::WORDS.iter().copied()), value);
                    }
                }
                true
            }
            Holds::OneOf(words) => words.contains(&text),
            Holds::Tiles => crate::evaluate::tiles::parse(text).is_some(),
            Holds::Indicator => {
                self.indicator(value);
                true
            }
            Holds::Name => !text.is_empty() && !text.contains(char::is_whitespace),
            Holds::Words => true,
        };
        if !good {
            let wanted = wanted(holds);
            let problem = Diagnostic::error("ZH6007").arg("value", text).arg("option", &option.text);
            self.push(problem.arg("wanted", wanted), value);
        }
    }

    fn region(&mut self, at: &Word, text: &str) {
        if matches!(text, "above" | "nation") {
            return;
        }
        match RegionCode::parse(text) {
            Ok(code) if code == RegionCode::NATION || self.catalog.regions.get(code).is_some() => {}
            Ok(code) => self.push(Diagnostic::error("ZH6019").arg("code", code), at),
            Err(problem) => self.push(problem, at),
        }
    }

    /// Names given with `id=` are unique, and every `ref` finds one.
    fn references(&mut self, source: &Source) {
        let calls = source.calls();
        let mut names: Vec<&str> = Vec::new();
        for (_, value) in calls.iter().flat_map(|call| &call.options).filter(|(name, _)| name.text == "id") {
            if names.contains(&value.text.as_str()) {
                self.push(Diagnostic::error("ZH6020").arg("name", &value.text), value);
            }
            names.push(&value.text);
        }
        for call in calls.iter().filter(|call| call.name.text == "ref") {
            for flag in call.flags.iter().filter(|flag| !names.contains(&flag.text.as_str())) {
                let problem = Diagnostic::error("ZH6024").arg("name", &flag.text);
                self.push(suggest(problem, &flag.text, names.iter().copied()), flag);
            }
        }
    }
}

/// The form that an option wants, as it is written.
fn wanted(holds: Holds) -> String {
    match holds {
        Holds::Period => format!("{}, 2013, 2013Q4", From::WORDS.join(", ")),
        Holds::Both => "621122/2013".to_owned(),
        Holds::Over => "last 12 quarters, 2010..2013".to_owned(),
        Holds::Levels => Level::ALL.map(Level::word).join(", "),
        Holds::Count => "1, 2, 3 …".to_owned(),
        Holds::Percent => "0 … 100".to_owned(),
        Holds::OneOf(words) => words.join(", "),
        Holds::Tiles => "621102:1,2 621121:1,3".to_owned(),
        _ => "…".to_owned(),
    }
}

/// Adds the nearest word (`none` if there is none), and all of them.
fn suggest<'a>(problem: Diagnostic, text: &str, words: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let near = nearest(text, words.clone()).unwrap_or("none").to_owned();
    let mut all: Vec<&str> = words.take(60).collect();
    all.dedup();
    problem.arg("near", near).arg("all", all.join(", "))
}
