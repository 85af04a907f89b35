//! One definition for people: facts, tables and examples in one language, for the command, pages and documents.

use serde::Serialize;
use zhiheng_base::Lang;
use zhiheng_base::words::say;

use crate::load::Catalog;
use crate::model::{Example, ExampleCase, Expected, Field, FieldType, Given, Head, RowOutcome};

mod definition;
mod other;
mod procedure;
mod subject_scheme;

/// A definition as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// `list`, `record`, `indicator`, `source`, `report`, `scheme`, `procedure`, `clock`, `letter`.
    pub kind: String,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Facts in order: label and text.
    pub facts: Vec<(String, String)>,
    /// Tables: fields, codes, checks, targets, examples.
    pub tables: Vec<ShownTable>,
}

/// A table of a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownTable {
    /// Title.
    pub title: String,
    /// Column titles.
    pub columns: Vec<String>,
    /// Rows, as many cells as columns.
    pub rows: Vec<Vec<String>>,
}

/// The definition with this id, or `None`.
pub fn show(catalog: &Catalog, id: &str, lang: Lang) -> Option<Shown> {
    if let Some(shown) = other::show(catalog, id, lang) {
        return Some(shown);
    }
    let mut page = Page::new(lang);
    let (kind, head) = definition::write(catalog, id, &mut page)?;
    page.examples(catalog, id);
    let mut facts = page.head(head);
    facts.append(&mut page.facts);
    let name = head.name.get(lang).to_owned();
    Some(Shown { kind: kind.to_owned(), id: id.to_owned(), name, facts, tables: page.tables })
}

/// A page in the making.
struct Page {
    lang: Lang,
    facts: Vec<(String, String)>,
    tables: Vec<ShownTable>,
}

impl Page {
    fn new(lang: Lang) -> Page {
        Page { lang, facts: Vec::new(), tables: Vec::new() }
    }

    fn say(&self, id: &str) -> String {
        say(self.lang, id, &[])
    }

    fn yes_no(&self, truth: bool) -> String {
        self.say(if truth { "show-yes" } else { "show-no" })
    }

    fn fact(&mut self, label: &str, text: impl ToString) {
        let label = self.say(&format!("show-{label}"));
        self.facts.push((label, text.to_string()));
    }

    fn table(&mut self, title: &str, columns: &[&str], rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        let columns = columns.iter().map(|column| self.say(&format!("show-{column}"))).collect();
        self.tables.push(ShownTable { title: self.say(&format!("show-{title}")), columns, rows });
    }

    fn field_table(&mut self, fields: &[Field]) {
        let rows = fields
            .iter()
            .map(|field| {
                let name = field.name.get(self.lang).to_owned();
                vec![field.id.clone(), name, self.field_type(&field.kind), self.yes_no(!field.optional)]
            })
            .collect();
        self.table("fields", &["field", "name", "type", "required"], rows);
    }

    fn head(&self, head: &Head) -> Vec<(String, String)> {
        let mut facts = Page::new(self.lang);
        for basis in &head.basis {
            facts.fact("basis", basis);
        }
        facts.fact("owner", &head.owner);
        facts.fact("since", head.since);
        if let Some(until) = head.until {
            facts.fact("until", until);
        }
        if !head.confirmed {
            facts.fact("confirmed", self.say("show-to-be-confirmed"));
        }
        if let Some(says) = &head.says {
            facts.fact("says", says.get(self.lang));
        }
        facts.fact("origin", format!("{}:{}", head.origin.file, head.origin.line));
        facts.facts
    }

    fn examples(&mut self, catalog: &Catalog, id: &str) {
        let rows: Vec<Vec<String>> = catalog
            .examples
            .iter()
            .filter(|example| example.of == id)
            .map(|example| self.example(example).to_vec())
            .collect();
        self.table("examples", &["given", "expect"], rows);
    }

    fn example(&self, example: &Example) -> [String; 2] {
        match &example.case {
            ExampleCase::Record { row, outcome } => {
                let given: Vec<String> = row.iter().map(|(id, text)| format!("{id}={text}")).collect();
                let expect = match outcome {
                    RowOutcome::Kept => self.say("show-kept"),
                    RowOutcome::Refused(field) => format!("{}: {field}", self.say("show-refused")),
                    RowOutcome::Flagged(field) => format!("{}: {field}", self.say("show-flagged")),
                };
                [given.join(", "), expect]
            }
            ExampleCase::Indicator { given, expect, .. } => {
                let given: Vec<String> = given.iter().map(|one| self.given(one)).collect();
                [given.join("; "), self.expected(expect)]
            }
        }
    }

    fn given(&self, given: &Given) -> String {
        let (text, before) = match given {
            Given::Rows { record, count, fields, again, before } => {
                let times = again.map_or_else(String::new, |(_, times)| format!("{times} × "));
                let mut parts = vec![format!("{times}{count} ×")];
                parts.extend(record.clone());
                parts.extend(fields.iter().map(|(id, value)| format!("{id}={}", plain(value))));
                (parts.join(" "), before)
            }
            Given::Measure { of, value, before } => (format!("{of}={value}"), before),
        };
        if *before { format!("{} {text}", self.say("show-before")) } else { text }
    }

    fn expected(&self, expect: &Expected) -> String {
        let mut text = expect.value.clone().unwrap_or_else(|| self.say("no-data"));
        if let (Some(top), Some(bottom)) = (expect.top, expect.bottom) {
            text = format!("{text} ({top}/{bottom})");
        }
        if let (Some(low), Some(high)) = (&expect.low, &expect.high) {
            text = format!("{text} [{low}–{high}]");
        }
        text
    }

    /// A field's type with its limits, in words.
    fn field_type(&self, kind: &FieldType) -> String {
        let (word, detail) = match kind {
            FieldType::Text { max } => ("text", format!("≤ {max}")),
            FieldType::Integer { min, max } => ("integer", limits(min.as_ref(), max.as_ref())),
            FieldType::Decimal { min, max, unit, .. } => {
                let unit = unit.as_deref().unwrap_or_default();
                ("decimal", format!("{} {unit}", limits(min.as_ref(), max.as_ref())).trim().to_owned())
            }
            FieldType::Money => ("money", String::new()),
            FieldType::Date { .. } => ("date", String::new()),
            FieldType::Bool => ("bool", String::new()),
            FieldType::Code { list } => ("code", list.clone()),
            FieldType::Region { at_least } => ("region", at_least.title(self.lang)),
            FieldType::Enterprise => ("enterprise", String::new()),
            FieldType::Product => ("product", String::new()),
            FieldType::Standard => ("standard", String::new()),
            FieldType::Subject { of } => ("subject", of.clone()),
        };
        let word = self.say(&format!("field-type-{word}"));
        if detail.is_empty() { word } else { format!("{word} ({detail})") }
    }
}

fn limits<T: ToString>(min: Option<&T>, max: Option<&T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{}–{}", min.to_string(), max.to_string()),
        (Some(min), None) => format!("≥ {}", min.to_string()),
        (None, Some(max)) => format!("≤ {}", max.to_string()),
        (None, None) => String::new(),
    }
}

fn plain(value: &crate::Value) -> String {
    use crate::Value;
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(whole) => whole.to_string(),
        Value::Decimal(exact) => exact.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text.clone(),
        Value::Texts(texts) => texts.join(";"),
    }
}
