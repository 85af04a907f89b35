//! Every method that runs by name is explained in both languages, and its example gives what it says.

use toml::{Table, Value};
use zhiheng_methods::run::{Cell, Frame, Holds, Method, Options, guides, methods};

fn texts(at: &str, value: Option<&Value>) {
    for lang in ["zh", "en"] {
        let text = value.and_then(|value| value.get(lang)).and_then(Value::as_str).unwrap_or_default();
        assert!(!text.trim().is_empty(), "{at} says nothing in {lang}");
    }
}

fn table<'a>(at: &str, guide: &'a Table, name: &str) -> &'a Table {
    guide.get(name).and_then(Value::as_table).unwrap_or_else(|| panic!("{at} has no {name}"))
}

/// The table and the options of a method's example.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) options: Vec<(String, String)>,
}

impl Question {
    fn of(id: &str, guide: &Table) -> Self {
        let example = table(id, guide, "example");
        let data = example.get("data").and_then(Value::as_str).expect("data");
        let mut lines =
            data.trim().lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = lines.next().expect("a header");
        let given = example.get("options").and_then(Value::as_table).cloned().unwrap_or_default();
        let options = given.into_iter().map(|(name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (name, text)
        });
        Self { header, rows: lines.collect(), options: options.collect() }
    }

    pub(crate) fn frame(&self) -> Frame {
        Frame::new(&self.header, self.rows.iter().cloned())
    }

    pub(crate) fn options(&self) -> Options {
        Options::new(self.options.iter().cloned())
    }
}

/// Every method with its example.
pub(crate) fn questions() -> impl Iterator<Item = (&'static Method, Question)> {
    let all = guides().flat_map(|guide| guide.parse::<Table>().expect("TOML"));
    let all: std::collections::BTreeMap<String, Value> = all.collect();
    methods().map(move |method| {
        let guide = all.get(method.id).and_then(Value::as_table).expect("explained");
        (method, Question::of(method.id, guide))
    })
}

/// Runs the example and compares the first row of the first sheet.
fn example(id: &str, guide: &Table) {
    let method = zhiheng_methods::run::method(id).expect("listed");
    let question = Question::of(id, guide);
    let (frame, options) = (question.frame(), question.options());
    let (example, header) = (table(id, guide, "example"), &question.header);
    let answer = method.run(&frame, &options).unwrap_or_else(|refusal| panic!("{id}: {refusal}"));
    let sheet = answer.sheets.first().expect("a sheet");
    let row = sheet.rows.first().expect("a row");
    let within = example.get("within").and_then(Value::as_float).unwrap_or(1e-9);
    let expect = table(id, example, "expect");
    assert!(!expect.is_empty(), "{id} expects nothing");
    for (column, expected) in expect {
        let at = sheet.columns.iter().position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("{id}: no column {column} in {:?}", sheet.columns));
        let same = match (&row[at], expected) {
            (Cell::Real(found), Value::Float(expected)) => {
                (found - expected).abs() <= within * expected.abs().max(1.0)
            }
            (Cell::Count(found), Value::Integer(expected)) => found == expected,
            (Cell::Text(found), Value::String(expected)) => found == expected,
            (Cell::Flag(found), Value::Boolean(expected)) => found == expected,
            _ => false,
        };
        assert!(same, "{id}: {column} is {:?}, the guide says {expected}", row[at]);
    }
    for sheet in &answer.sheets {
        for row in &sheet.rows {
            assert_eq!(row.len(), sheet.columns.len(), "{id}: {}", sheet.name);
        }
        for column in &sheet.columns {
            let explained = table(id, guide, "result").contains_key(column);
            let given = header.contains(column);
            assert!(explained || given, "{id}: the guide does not explain {column}");
        }
    }
}

#[test]
fn every_method_is_explained() {
    let mut all = Table::new();
    for guide in guides() {
        let guide: Table = guide.parse().unwrap_or_else(|error| panic!("{error}"));
        for (id, value) in guide {
            assert!(all.insert(id.clone(), value).is_none(), "{id} twice");
        }
    }
    for method in methods() {
        let guide = table(method.id, &all, method.id);
        for part in ["name", "answers", "avoid"] {
            texts(&format!("{} {part}", method.id), guide.get(part));
        }
        for part in ["formula", "source"] {
            assert!(guide.get(part).is_some_and(Value::is_str), "{} has no {part}", method.id);
        }
        for column in method.columns {
            let name = if column.holds == Holds::TheRest { "*" } else { column.name };
            texts(&format!("{} column {name}", method.id), table(method.id, guide, "columns").get(name));
        }
        for option in method.options {
            texts(
                &format!("{} option {}", method.id, option.name),
                table(method.id, guide, "options").get(option.name),
            );
        }
        example(method.id, guide);
    }
    for id in all.keys() {
        assert!(methods().any(|method| method.id == id), "the guide explains {id}, which does not run");
    }
}

#[test]
fn a_wrong_table_is_refused() {
    let method = zhiheng_methods::run::method("proportion.interval").expect("listed");
    let frame = |text: &str| {
        Frame::new(&["x".into(), "n".into()], [text.split(',').map(str::to_owned).collect::<Vec<_>>()])
    };
    let none = Options::default();
    let said = |frame: Frame, options: &Options| method.run(&frame, options).unwrap_err().to_string();
    assert_eq!(said(frame("1.5,3"), &none), "x, row 0: \"1.5\" is not a count");
    assert_eq!(said(Frame::new(&["x".into()], [["1".to_owned()]]), &none), "no column n; there are x");
    let options = Options::new([("method".to_owned(), "wils".to_owned())]);
    assert!(said(frame("1,3"), &options).starts_with("no value method=wils; there are wilson,"));
    let options = Options::new([("levl".to_owned(), "0.9".to_owned())]);
    assert_eq!(said(frame("1,3"), &options), "no option levl; there are method, level");
}
