//! The plan of a mapping: which column feeds which field, found once, used for every row.

use std::borrow::Cow;
use std::collections::HashMap;

use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::{ColumnFrom, FileFormat, RecordType, Source};

use crate::problem::{Site, quoted};
use crate::read::{Head, Kind, RowBuf, Wanted};
use crate::text::{fold_header, nearest, shown};

/// Longest title that messages repeat, in characters.
const TITLE: usize = 80;

/// A column that is looked for.
#[derive(Clone, Debug)]
struct Slot {
    /// Titles that mean it, folded, best first.
    names: Vec<String>,
    /// Whether a file without it is refused.
    required: bool,
    /// Where it was found.
    index: Option<usize>,
    /// For messages: both languages, or the source's own header.
    zh: String,
    en: String,
}

/// Where a field's text comes from. Numbers are indices of slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// One column.
    Slot(usize),
    /// Several columns, joined with a separator; empty ones are passed over.
    Join(Vec<usize>, String),
    /// The same text in every row.
    Constant(String),
    /// The row number in the file.
    RowNumber,
    /// Nothing fills it.
    Missing,
}

/// How one field is filled.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Where from.
    pub origin: Origin,
    /// `strptime` format of dates, if the source declares one.
    pub date: Option<String>,
    /// Separators of several values; empty means the usual ones.
    pub split: Option<String>,
    map: HashMap<String, String>,
    otherwise: Option<String>,
    empty: Option<String>,
    nulls: Vec<String>,
}

impl Binding {
    fn plain(origin: Origin) -> Binding {
        Binding {
            origin,
            date: None,
            split: None,
            map: HashMap::new(),
            otherwise: None,
            empty: None,
            nulls: Vec::new(),
        }
    }
}

/// A rule that leaves rows out.
#[derive(Clone, Debug)]
struct LeaveOut {
    slot: usize,
    is: Vec<String>,
}

/// A record type's columns in one file.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One per field of the record type, in its order.
    pub bindings: Vec<Binding>,
    slots: Vec<Slot>,
    leave_out: Vec<LeaveOut>,
    wanted: Wanted,
    titles: Vec<String>,
    declared: bool,
}

impl Plan {
    /// The plan for `record`, by titles or as `source` declares.
    pub fn new(record: &RecordType, source: Option<&Source>) -> Plan {
        let mut plan = Plan {
            bindings: Vec::new(),
            slots: Vec::new(),
            leave_out: Vec::new(),
            wanted: Wanted::default(),
            titles: Vec::new(),
            declared: source.is_some(),
        };
        match source {
            None => plan.by_title(record),
            Some(source) => plan.declared(record, source),
        }
        plan.wanted.columns = plan.slots.iter().map(|slot| (slot.names.clone(), slot.required)).collect();
        plan
    }

    fn by_title(&mut self, record: &RecordType) {
        for field in &record.fields {
            let mut names =
                vec![fold_header(&field.id), fold_header(&field.name.zh), fold_header(&field.name.en)];
            names.extend(field.also.iter().map(|name| fold_header(name)));
            names.retain(|name| !name.is_empty());
            self.bindings.push(Binding::plain(Origin::Slot(self.slots.len())));
            self.slots.push(Slot {
                names,
                required: !field.optional,
                index: None,
                zh: field.name.zh.clone(),
                en: field.name.en.clone(),
            });
        }
    }

    fn slot(&mut self, header: &str) -> usize {
        let folded = fold_header(header);
        if let Some(at) = self.slots.iter().position(|slot| slot.names[0] == folded) {
            return at;
        }
        self.slots.push(Slot {
            names: vec![folded],
            required: true,
            index: None,
            zh: header.to_owned(),
            en: header.to_owned(),
        });
        self.slots.len() - 1
    }

    fn declared(&mut self, record: &RecordType, source: &Source) {
        for field in &record.fields {
            let Some(column) = source.columns.iter().find(|column| column.to == field.id) else {
                self.bindings.push(Binding::plain(Origin::Missing));
                continue;
            };
            let origin = match &column.from {
                ColumnFrom::Header(header) => Origin::Slot(self.slot(header)),
                ColumnFrom::Join(headers, with) => {
                    Origin::Join(headers.iter().map(|header| self.slot(header)).collect(), with.clone())
                }
                ColumnFrom::Constant(text) => Origin::Constant(text.clone()),
                ColumnFrom::RowNumber => Origin::RowNumber,
            };
            self.bindings.push(Binding {
                origin,
                date: column.date.clone(),
                split: column.split.clone(),
                map: column.map.iter().cloned().collect(),
                otherwise: column.otherwise.clone(),
                empty: column.empty.clone(),
                nulls: column.nulls.clone(),
            });
        }
        for rule in &source.leave_out {
            let slot = self.slot(&rule.column);
            self.leave_out.push(LeaveOut { slot, is: rule.is.clone() });
        }
    }

    /// Titles to look for in the first rows.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Titles of the file, by column.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// The column of a field, if one column feeds it.
    pub fn column_of(&self, field: usize) -> Option<usize> {
        match &self.bindings.get(field)?.origin {
            Origin::Slot(slot) => self.slots[*slot].index,
            Origin::Join(slots, _) => slots.iter().find_map(|&slot| self.slots[slot].index),
            _ => None,
        }
    }

    /// Finds the columns of `head`; what is missing or double comes back as problems, columns that nothing
    /// uses as a note.
    pub fn bind(&mut self, head: &Head, site: &Site) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut unused = Vec::new();
        self.titles.clear();
        for (index, title) in head.columns.iter().enumerate() {
            self.titles.push(shown(title, TITLE));
            match self.take(index, title) {
                Taken::Unused if !title.is_empty() => unused.push(title.as_str()),
                Taken::Double(slot) => {
                    let slot = &self.slots[slot];
                    let first = slot.index.and_then(|at| head.columns.get(at)).cloned().unwrap_or_default();
                    problems.push(
                        site.file_error("ZH3007")
                            .arg("field_zh", &slot.zh)
                            .arg("field_en", &slot.en)
                            .arg("first", quoted(&first))
                            .arg("second", quoted(title)),
                    );
                }
                _ => {}
            }
        }
        if matches!(head.format, FileFormat::Json | FileFormat::Jsonl) {
            // Names appear as objects do; a required field that is absent is an empty cell of its row.
            return problems;
        }
        for slot in self.slots.iter().filter(|slot| slot.required && slot.index.is_none()) {
            let near = slot.names.iter().find_map(|name| {
                let folded: Vec<String> = unused.iter().map(|title| fold_header(title)).collect();
                let near = nearest(name, folded.iter().map(String::as_str))?.to_owned();
                folded.iter().position(|title| *title == near).map(|at| unused[at])
            });
            let code = if self.declared { "ZH3015" } else { "ZH3004" };
            problems.push(
                site.file_error(code)
                    .arg("field_zh", &slot.zh)
                    .arg("field_en", &slot.en)
                    .arg("row", head.header_row)
                    .arg("nearest", near.map_or("none".to_owned(), quoted)),
            );
        }
        if !unused.is_empty() && !self.declared {
            let listed: Vec<String> = unused.iter().take(10).map(|title| quoted(title)).collect();
            let mut note =
                site.file_error("ZH3006").arg("count", unused.len()).arg("columns", listed.join(", "));
            note.severity = zhiheng_base::Severity::Note;
            problems.push(note);
        }
        problems
    }

    /// A column that appeared later.
    pub fn add_column(&mut self, title: &str) {
        let index = self.titles.len();
        self.titles.push(shown(title, TITLE));
        self.take(index, title);
    }

    fn take(&mut self, index: usize, title: &str) -> Taken {
        let folded = fold_header(title);
        let best = self
            .slots
            .iter()
            .enumerate()
            .filter_map(|(at, slot)| Some((slot.names.iter().position(|name| *name == folded)?, at)))
            .min();
        match best {
            None => Taken::Unused,
            Some((_, at)) if self.slots[at].index.is_some() => Taken::Double(at),
            Some((_, at)) => {
                self.slots[at].index = Some(index);
                Taken::Used
            }
        }
    }

    /// The rule by which a row is left out, if any.
    pub fn left_out(&self, row: &RowBuf) -> Option<usize> {
        self.leave_out.iter().position(|rule| {
            let text = self.slots[rule.slot].index.map_or("", |at| row.cell(at).1.trim());
            rule.is.iter().any(|is| is == text)
        })
    }

    /// Kind and text of a field in a row, trimmed and with the source's replacements applied.
    #[inline]
    pub fn text<'r>(&'r self, field: usize, row: &'r RowBuf) -> (Kind, Cow<'r, str>) {
        let binding = &self.bindings[field];
        let (mut kind, mut text) = match &binding.origin {
            Origin::Slot(slot) => match self.slots[*slot].index {
                Some(index) => {
                    let (kind, text) = row.cell(index);
                    (kind, Cow::Borrowed(text.trim()))
                }
                None => (Kind::Empty, Cow::Borrowed("")),
            },
            Origin::Join(slots, with) => {
                let parts: Vec<&str> = slots
                    .iter()
                    .filter_map(|&slot| self.slots[slot].index)
                    .map(|index| row.cell(index).1.trim())
                    .filter(|part| !part.is_empty())
                    .collect();
                (Kind::Text, Cow::Owned(parts.join(with)))
            }
            Origin::Constant(text) => (Kind::Text, Cow::Borrowed(text.as_str())),
            Origin::RowNumber => (Kind::Number, Cow::Owned(row.number.to_string())),
            Origin::Missing => (Kind::Empty, Cow::Borrowed("")),
        };
        if self.declared {
            if binding.nulls.iter().any(|null| *null == text) {
                text = Cow::Borrowed("");
            }
            if text.is_empty() {
                if let Some(instead) = &binding.empty {
                    (kind, text) = (Kind::Text, Cow::Borrowed(instead.as_str()));
                }
            } else if let Some(mapped) = binding.map.get(text.as_ref()) {
                (kind, text) = (Kind::Text, Cow::Borrowed(mapped.as_str()));
            } else if let Some(otherwise) = &binding.otherwise {
                (kind, text) = (Kind::Text, Cow::Borrowed(otherwise.as_str()));
            }
        }
        if text.is_empty() && !matches!(kind, Kind::Nested | Kind::Fault) {
            kind = Kind::Empty;
        }
        (kind, text)
    }
}

enum Taken {
    Used,
    Unused,
    Double(usize),
}
