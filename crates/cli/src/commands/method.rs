//! `zhiheng method`: list, show, run. Statistics by name over a CSV file, explained by the methods' own guide.

use std::io::Read;
use std::path::Path;

use serde_json::{Map, Value, json};
use zhiheng_base::{Diagnostic, Lang, Place};
use zhiheng_methods::Refusal;
use zhiheng_methods::run::{
    Cell, Column, Fault, Frame, Holds, Method, Options, Sheet, Wrong, guides, method, methods,
};

use crate::args::{Format, MethodVerb};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, json as print_json, line};

/// Longest file that is read, in bytes: a table is held in memory with every cell as text.
const BYTES_MAX: u64 = 256 << 20;

/// Runs a verb of `method`.
pub(crate) fn run(context: &Context, verb: MethodVerb) -> Outcome {
    let guide = Guide::read(context.lang)?;
    match verb {
        MethodVerb::List { family } => list(context, &guide, family.as_deref()),
        MethodVerb::Show { id } => show(context, &guide, find(&id)?),
        MethodVerb::Run { id, data, options, sheet } => {
            compute(context, &guide, find(&id)?, &data, &options, sheet.as_deref())
        }
    }
}

/// What people read about the methods, in one language.
struct Guide {
    methods: toml::Table,
    lang: &'static str,
}

impl Guide {
    fn read(lang: Lang) -> Result<Guide, Failure> {
        let mut methods = toml::Table::new();
        for guide in guides() {
            let guide: toml::Table = guide.parse().map_err(|error| anyhow::anyhow!("guide: {error}"))?;
            methods.extend(guide);
        }
        Ok(Guide { methods, lang: if lang == Lang::En { "en" } else { "zh" } })
    }

    /// The text of a part of a method, or of an entry of that part; empty if there is none.
    fn text(&self, id: &str, part: &str, entry: Option<&str>) -> &str {
        let value = self.methods.get(id).and_then(|guide| guide.get(part));
        let value = match entry {
            Some(entry) => value.and_then(|part| part.get(entry)),
            None => value,
        };
        // Formulas and sources are the same in every language.
        let said = value.and_then(|value| value.get(self.lang)).or(value);
        said.and_then(toml::Value::as_str).unwrap_or_default()
    }

    /// The heading of a column of the answer: what its text says before it goes into detail.
    fn heading<'a>(&'a self, id: &str, column: &'a str) -> &'a str {
        let text = [self.text(id, "result", Some(column)), self.text(id, "columns", Some(column))];
        let text = text.into_iter().find(|text| !text.is_empty()).unwrap_or(column);
        let detail = ['\u{ff0c}', '\u{ff1b}', '\u{ff1a}', '\u{ff08}', ',', ';', ':', '('];
        text.split(detail).next().unwrap_or(text).trim()
    }
}

/// The method called `id`; else that there is none, with the nearest ones.
fn find(id: &str) -> Result<&'static Method, Diagnostic> {
    method(id).map_err(|_| {
        let parts: Vec<&str> = id.split('.').filter(|part| part.len() > 2).collect();
        let near: Vec<&str> = methods()
            .map(|method| method.id)
            .filter(|known| parts.iter().any(|part| known.contains(part)))
            .take(8)
            .collect();
        Diagnostic::error("ZH7060").arg("id", id).arg("near", near.join(", "))
    })
}

fn list(context: &Context, guide: &Guide, family: Option<&str>) -> Outcome {
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("id", title("cli-id"), false),
        ("name", title("cli-name"), false),
        ("answers", title("cli-answers"), false),
    ]);
    for method in methods() {
        if family.is_none_or(|family| method.id.split('.').next() == Some(family)) {
            listing.row(vec![
                method.id.into(),
                guide.text(method.id, "name", None).into(),
                guide.text(method.id, "answers", None).into(),
            ]);
        }
    }
    Ok(listing.print(context.format())?)
}

fn show(context: &Context, guide: &Guide, method: &Method) -> Outcome {
    let id = method.id;
    let facts = ["answers", "formula", "source", "avoid"];
    let columns = method.columns.iter().map(|column| {
        let text = guide.text(id, "columns", Some(title(column)));
        (title(column), json!({ "holds": holds(column.holds), "optional": column.optional, "text": text }))
    });
    let options = method.options.iter().map(|option| {
        let text = guide.text(id, "options", Some(option.name));
        (option.name, json!({ "default": option.default, "values": option.values, "text": text }))
    });
    if matches!(context.format(), Format::Json | Format::Jsonl) {
        let pairs = |entries: Vec<(&str, Value)>| -> Value {
            entries.into_iter().map(|(name, entry)| (name.to_owned(), entry)).collect::<Map<_, _>>().into()
        };
        let mut shown = Map::new();
        shown.insert("id".to_owned(), id.into());
        shown.insert("name".to_owned(), guide.text(id, "name", None).into());
        for fact in facts {
            shown.insert(fact.to_owned(), guide.text(id, fact, None).into());
        }
        shown.insert("columns".to_owned(), pairs(columns.collect()));
        shown.insert("options".to_owned(), pairs(options.collect()));
        return Ok(print_json(&shown)?);
    }
    line(&format!("{id}  {}", guide.text(id, "name", None)))?;
    for fact in facts {
        line(&format!("{}: {}", context.say(&format!("cli-{fact}"), &[]), guide.text(id, fact, None)))?;
    }
    line(&format!("\n{}", context.say("cli-columns", &[])))?;
    for column in method.columns {
        let optional = if column.optional { "?" } else { "" };
        let text = guide.text(id, "columns", Some(title(column)));
        line(&format!("  {}{optional} ({})  {text}", title(column), holds(column.holds)))?;
    }
    if !method.options.is_empty() {
        line(&format!("\n{}", context.say("cli-options", &[])))?;
    }
    for option in method.options {
        let text = guide.text(id, "options", Some(option.name));
        let values =
            if option.values.is_empty() { String::new() } else { format!(" [{}]", option.values.join(", ")) };
        line(&format!("  {}={}{values}  {text}", option.name, option.default))?;
    }
    let example = guide.methods.get(id).and_then(|guide| guide.get("example"));
    let data = example.and_then(|example| example.get("data")).and_then(toml::Value::as_str);
    if let Some(data) = data {
        line(&format!("\n{}", context.say("cli-example", &[])))?;
        let lines: Vec<&str> = data.trim().lines().collect();
        for row in lines.iter().take(6) {
            line(&format!("  {row}"))?;
        }
        if lines.len() > 6 {
            line("  \u{2026}")?;
        }
    }
    Ok(())
}

/// A column's title; all columns without one of their own are `*`.
fn title(column: &Column) -> &'static str {
    if column.holds == Holds::TheRest { "*" } else { column.name }
}

/// What a column holds, as a word of the interface.
fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::Counts => "counts",
        Holds::Numbers => "numbers",
        Holds::Names => "names",
        Holds::Dates => "dates",
        Holds::TheRest => "the rest",
    }
}

fn compute(
    context: &Context,
    guide: &Guide,
    method: &Method,
    data: &Path,
    options: &[String],
    sheet: Option<&str>,
) -> Outcome {
    let options: Vec<(String, String)> = options
        .iter()
        .map(|text| match text.split_once('=') {
            Some((name, value)) => Ok((name.trim().to_owned(), value.to_owned())),
            None => Err(Diagnostic::error("ZH7063").arg("text", text)),
        })
        .collect::<Result<_, _>>()?;
    let file = data.display().to_string();
    let bytes = read(data).map_err(|why| {
        Diagnostic::error("ZH7061").arg("file", &file).arg("why", why).at(Place::File(file.clone()))
    })?;
    let frame = Frame::from_csv(&bytes).map_err(|fault| misread(&file, &fault))?;
    let answer =
        method.run(&frame, &Options::new(options)).map_err(|refusal| refused(&file, method, &refusal))?;
    let format = context.format();
    let for_people = matches!(format, Format::Table | Format::Md);
    let names: Vec<&str> = answer.sheets.iter().map(|sheet| sheet.name).collect();
    let wanted: Vec<&Sheet> = match sheet {
        Some(name) => answer.sheets.iter().filter(|sheet| sheet.name == name).collect(),
        None if for_people => answer.sheets.iter().collect(),
        // One table is all that fits into a file for machines; the others are named.
        None => answer.sheets.iter().take(1).collect(),
    };
    if wanted.is_empty() {
        let name = sheet.unwrap_or_default();
        return Err(Diagnostic::error("ZH7065").arg("name", name).arg("known", names.join(", ")).into());
    }
    for (i, &sheet) in wanted.iter().enumerate() {
        if wanted.len() > 1 {
            line(&format!("{}[{}]", if i > 0 { "\n" } else { "" }, sheet.name))?;
            if format == Format::Md {
                line("")?;
            }
        }
        listing(guide, method, sheet, for_people).print(format)?;
    }
    if sheet.is_none() && wanted.len() < names.len() {
        context.note(&context.say("cli-more-sheets", &[("names", &names[1..].join(", "))]));
    }
    Ok(())
}

/// The bytes of a file, or of standard input for `-`; or why there are none.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let took = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(BYTES_MAX + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(BYTES_MAX + 1).read_to_end(&mut bytes))
    };
    took.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > BYTES_MAX { Err(format!("> {BYTES_MAX} B")) } else { Ok(bytes) }
}

fn listing(guide: &Guide, method: &Method, sheet: &Sheet, for_people: bool) -> Listing {
    // A column is one of numbers when no cell of it is text.
    let is_number = |at: usize| sheet.rows.iter().all(|row| !matches!(row.get(at), Some(Cell::Text(_))));
    let columns = sheet.columns.iter().enumerate();
    let mut listing =
        Listing::new(columns.map(|(at, id)| (id.as_str(), guide.heading(method.id, id), is_number(at))));
    for row in &sheet.rows {
        listing.row(row.iter().map(|cell| value(cell, for_people)).collect());
    }
    listing
}

/// A cell for the printer; people get six significant digits, machines all of them.
fn value(cell: &Cell, for_people: bool) -> Value {
    match cell {
        Cell::Text(text) => text.as_str().into(),
        Cell::Count(count) => (*count).into(),
        Cell::Flag(flag) => (*flag).into(),
        Cell::Missing => Value::Null,
        Cell::Real(real) if !real.is_finite() => real.to_string().into(),
        Cell::Real(real) if for_people => {
            format!("{real:.5e}").parse::<f64>().map_or(Value::Null, Value::from)
        }
        Cell::Real(real) => (*real).into(),
    }
}

/// What is wrong with a CSV file.
fn misread(file: &str, fault: &Fault) -> Diagnostic {
    let (found, needed) = match fault.what {
        Wrong::Cells { found, needed } => (found, needed),
        _ => (0, 0),
    };
    let at = Place::Cell { file: file.to_owned(), sheet: None, row: fault.row, column: fault.column.clone() };
    Diagnostic::error("ZH7062")
        .arg("what", fault.what.word())
        .arg("row", fault.row)
        .arg("column", fault.column.as_deref().unwrap_or_default())
        .arg("found", found)
        .arg("needed", needed)
        .at(at)
}

/// Why a method gives no answer, with the cell where it is one's fault. Rows of a refusal count from 0 without
/// the header.
fn refused(file: &str, method: &Method, refusal: &Refusal) -> Diagnostic {
    let parts = refusal.parts();
    let [(_, kind), (_, what), ..] = &parts;
    let place = match refusal.row() {
        Some(row) => {
            // An argument of the method is not always the name of a column.
            let is_column = kind == "cell" || method.columns.iter().any(|column| column.name == *what);
            let column = is_column.then(|| what.clone());
            Place::Cell { file: file.to_owned(), sheet: None, row: row as u64 + 2, column }
        }
        None => Place::File(file.to_owned()),
    };
    let diagnostic = Diagnostic::error("ZH7064").arg("id", method.id).at(place);
    parts.into_iter().fold(diagnostic, |diagnostic, (name, value)| diagnostic.arg(name, value))
}
