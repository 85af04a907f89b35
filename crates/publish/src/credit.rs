//! The credit report of an enterprise as a report that the press prints: what is known, grade by grade and statement by
//! statement, with the code by which anyone can check that nothing was changed.
//!
//! What may be seen in a scope was decided where the [`CreditReport`] was drawn; here nothing is added and nothing left out. A statement that is doubted or struck says so in its row, and an empty section is not printed.

use zhiheng_base::period::date_title;
use zhiheng_base::{Lang, Words};

use zhiheng_judge::subject::CreditReport;
use zhiheng_judge::subject::report::{GradeShown, Objection, Scope, Section, Shown};

use crate::evaluate::heading::Numbers;
use crate::model::{Block, Cell, Inline, Issue, Pins, Report, Table, TableColumn};
use crate::words::{no_data, say};
use zhiheng_base::words::between;

/// Id of the report.
pub const ID: &str = "credit.report";

/// The report in `lang`; `office` is who gives it out, `program` names the program and its version.
pub fn report(credit: &CreditReport, office: Option<&str>, program: &str, lang: Lang) -> Report {
    let mut writer = Writer { credit, lang, numbers: Numbers::default(), tables: 0, blocks: Vec::new() };
    writer.identity();
    writer.grades();
    credit.sections.iter().for_each(|section| writer.section(section));
    writer.sources();
    writer.front();
    Report {
        id: ID.to_owned(),
        lang,
        layout: "gbt9704".to_owned(),
        title: say(lang, "credit-title", &[("scope", credit.scope.word())]),
        issue: Issue {
            office: office.map(str::to_owned),
            number: Some(say(lang, "credit-code", &[("code", &credit.code)])),
            date: Some(date_title(lang, credit.day)),
            addressee: None,
        },
        blocks: writer.blocks,
        notes: Vec::new(),
        pins: Pins {
            ledger_size: credit.pins.ledger_size,
            ledger_root: credit.pins.ledger_root.clone().unwrap_or_default(),
            catalog: credit.pins.catalog.clone(),
            program: program.to_owned(),
            region: String::new(),
            period: credit.day.to_string(),
        },
        synthetic: None,
    }
}

struct Writer<'a> {
    credit: &'a CreditReport,
    lang: Lang,
    numbers: Numbers,
    tables: u32,
    blocks: Vec<Block>,
}

impl Writer<'_> {
    fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        say(self.lang, &format!("credit-{id}"), args)
    }

    fn heading(&mut self, level: u8, text: &str) {
        let number = self.numbers.next(level, self.lang);
        self.blocks.push(Block::Heading { level, text: format!("{number}{text}") });
    }

    fn paragraph(&mut self, text: String) {
        self.blocks.push(Block::Paragraph(vec![Inline::Text(text)]));
    }

    fn table(&mut self, caption: &str, columns: &[&str], rows: Vec<Vec<String>>, remarks: Vec<String>) {
        self.tables += 1;
        let column = |id: &&str| TableColumn {
            title: self.say(&format!("column-{id}"), &[]),
            unit: None,
            number: matches!(*id, "entry" | "count" | "points"),
        };
        let cell = |text: String| Cell { text, ..Cell::default() };
        self.blocks.push(Block::Table(Table {
            number: self.tables,
            caption: caption.to_owned(),
            columns: columns.iter().map(column).collect(),
            rows: rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
            remarks,
        }));
    }

    /// Parts of a sentence, apart as in a list.
    fn listed(&self, parts: &[String]) -> String {
        parts.join(&between(self.lang, "clause-separator"))
    }

    fn identity(&mut self) {
        let credit = self.credit;
        self.heading(1, &self.say("identity", &[]));
        let day = |day| date_title(self.lang, day);
        let period = credit
            .period
            .map(|(from, to)| self.say("from-to", &[("from", &day(from)), ("to", &day(to))]))
            .unwrap_or_else(|| no_data(self.lang));
        let rows = [
            ("name", credit.name.clone().unwrap_or_else(|| self.say("unnamed", &[]))),
            ("holder", credit.holder.clone()),
            ("other-codes", credit.other_codes.join("; ")),
            ("scope", self.say("scope-word", &[("scope", credit.scope.word())])),
            ("day", day(credit.day)),
            ("period", period),
            ("code", credit.code.clone()),
        ];
        let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
        let rows = rows.map(|(id, text)| vec![self.say(&format!("row-{id}"), &[]), text]).collect();
        let remarks = if credit.doubtful_code { vec![self.say("doubtful-code", &[])] } else { Vec::new() };
        let caption = self.say("identity", &[]);
        self.table(&caption, &["item", "content"], rows, remarks);
    }

    fn grades(&mut self) {
        let credit = self.credit;
        self.heading(1, &self.say("grades", &[]));
        if credit.grades.is_empty() {
            return self.paragraph(self.say("no-grades", &[]));
        }
        let rows = credit.grades.iter().map(|grade| self.grade(grade)).collect();
        let unconfirmed: Vec<String> =
            credit.grades.iter().filter(|one| !one.confirmed).map(|one| self.name(&one.name)).collect();
        let remarks = if unconfirmed.is_empty() {
            Vec::new()
        } else {
            vec![self.say("unconfirmed", &[("names", &self.listed(&unconfirmed))])]
        };
        let points = credit.scope != Scope::Public;
        let columns: &[&str] =
            if points { &["scheme", "grade", "since", "points"] } else { &["scheme", "grade", "since"] };
        let caption = self.say("grades", &[]);
        self.table(&caption, columns, rows, remarks);
        for grade in credit.grades.iter().filter(|grade| grade.history.len() > 1) {
            let rows = grade.history.iter().map(|(day, grade)| {
                vec![date_title(self.lang, *day), grade.clone().unwrap_or_else(|| self.say("no-grade", &[]))]
            });
            let rows = rows.collect();
            let caption = self.say("history", &[("scheme", &self.name(&grade.name))]);
            self.table(&caption, &["since", "grade"], rows, Vec::new());
        }
    }

    fn grade(&self, grade: &GradeShown) -> Vec<String> {
        let word = match (&grade.grade, &grade.grade_name) {
            (Some(code), Some(name)) if self.name(name) != *code => {
                self.say("grade-named", &[("code", code), ("name", &self.name(name))])
            }
            (Some(code), _) => code.clone(),
            (None, _) => self.say("no-grade", &[]),
        };
        let since = grade.since.map(|day| date_title(self.lang, day)).unwrap_or_default();
        let mut row = vec![self.name(&grade.name), word, since];
        if self.credit.scope != Scope::Public {
            row.push(grade.points.clone().unwrap_or_default());
        }
        row
    }

    fn section(&mut self, section: &Section) {
        let name = self.name(&section.name);
        self.heading(1, &name);
        let rows = section.statements.iter().map(|one| self.statement(one)).collect();
        let caption = self.say("section", &[("name", &name), ("n", &section.statements.len().to_string())]);
        self.table(&caption, &["day", "kind", "facts", "source", "standing", "entry"], rows, Vec::new());
    }

    fn statement(&self, one: &Shown) -> Vec<String> {
        let fact = |label: &Words, value: &Words| {
            self.say("fact", &[("label", self.one(label)), ("value", self.one(value))])
        };
        let mut facts: Vec<String> = one.facts.iter().map(|one| fact(&one.label, &one.value)).collect();
        facts.extend(one.via.as_ref().map(|code| self.say("via", &[("code", code)])));
        let standing = match one.objection {
            Objection::Stands => "stands",
            Objection::Doubted => "doubted",
            Objection::Confirmed => "upheld",
            Objection::Struck => "struck",
        };
        let mut stands = self.say("standing", &[("standing", standing)]);
        if one.ended {
            stands = self.listed(&[stands, self.say("ended", &[])]);
        }
        vec![
            date_title(self.lang, one.day),
            self.name(&one.name),
            self.listed(&facts),
            one.source.clone().unwrap_or_default(),
            stands,
            one.entry.to_string(),
        ]
    }

    fn sources(&mut self) {
        if self.credit.sources.is_empty() {
            return self.paragraph(self.say("nothing", &[]));
        }
        self.heading(1, &self.say("sources", &[]));
        let rows = self.credit.sources.iter().map(|(name, n)| vec![name.clone(), n.to_string()]).collect();
        let caption = self.say("sources", &[]);
        self.table(&caption, &["source", "count"], rows, Vec::new());
    }

    /// What a reader must know, and how the report is checked.
    fn front(&mut self) {
        self.heading(1, &self.say("front", &[]));
        let mut items: Vec<Vec<Inline>> =
            self.credit.front.iter().map(|node| vec![Inline::Text(node.sentence(self.lang))]).collect();
        items.push(vec![Inline::Text(self.say("check", &[("code", &self.credit.code)]))]);
        self.blocks.push(Block::List { ordered: true, items });
    }

    fn name(&self, words: &Words) -> String {
        self.one(words).to_owned()
    }

    fn one<'w>(&self, words: &'w Words) -> &'w str {
        words.get(self.lang)
    }
}

#[cfg(test)]
mod tests;
