//! One row → one draft, or the reasons why not.

use sha2::{Digest, Sha256};
use zhiheng_base::draft::PersonalValue;
use zhiheng_base::{Date, Diagnostic, RegionCode, canonical};
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{Field, RecordType};
use zhiheng_catalog::{Catalog, Value};

use super::commit::commit;
use super::field::FieldCheck;
use super::seen::Seen;
use super::typed::Typed;
use crate::map::Plan;
use crate::problem::{Site, name_cell};
use crate::read::{Kind, RowBuf};
use crate::worker::Within;

/// Separators of several values in one cell: semicolons and the enumeration comma.
const SEPARATORS: [char; 3] = [';', '\u{ff1b}', '\u{3001}'];

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A draft stands in the [`Kept`].
    Kept,
    /// Refused; the problems say why.
    Refused,
    /// Left out by the source's rule with this index.
    LeftOut(usize),
}

/// A draft in reused buffers.
#[derive(Debug, Default)]
pub struct Kept {
    /// Hash of the natural key.
    pub key: [u8; 32],
    /// Canonical JSON of the fields.
    pub data: Vec<u8>,
    /// Personal values.
    pub personal: Vec<PersonalValue>,
}

struct Column<'c> {
    field: &'c Field,
    check: FieldCheck<'c>,
    /// Place in [`Cells`], if a check reads it.
    cell: Option<usize>,
    /// `"id":` as it stands in JSON.
    prefix: Vec<u8>,
    rule: String,
}

/// Values that the record's checks read.
struct Cells {
    names: Vec<String>,
    values: Vec<Value>,
}

impl Row for Cells {
    fn value(&self, name: &str) -> Value {
        self.names.iter().position(|known| known == name).map_or(Value::Null, |at| self.values[at].clone())
    }
}

/// A record type's rules, ready to judge rows.
pub struct RowCheck<'c> {
    record: &'c RecordType,
    columns: Vec<Column<'c>>,
    /// Indices of fields in the order of their ids.
    order: Vec<usize>,
    key: Vec<usize>,
    date: Option<usize>,
    cells: Cells,
    seen: Seen,
    today: Date,
    record_bytes: usize,
    /// JSON of each field's value, one after another, and where each lies.
    json: Vec<u8>,
    spans: Vec<(usize, usize)>,
    keys: Vec<u8>,
    key_spans: Vec<(usize, usize)>,
    key_bytes: Vec<u8>,
    regions: Vec<(usize, RegionCode)>,
    secret: Vec<u8>,
    /// The field of the record's region.
    region: Option<usize>,
    within: Option<Within>,
}

impl<'c> RowCheck<'c> {
    /// Prepares `record` for a file read on `today`.
    pub fn new(
        catalog: &'c Catalog,
        record: &'c RecordType,
        plan: &Plan,
        today: Date,
        record_bytes: usize,
    ) -> RowCheck<'c> {
        let mut names: Vec<String> =
            record.checks.iter().flat_map(|check| check.must.names.iter().cloned()).collect();
        names.sort_unstable();
        names.dedup();
        let columns: Vec<Column<'c>> = record
            .fields
            .iter()
            .zip(&plan.bindings)
            .map(|(field, binding)| {
                let mut prefix = Vec::new();
                canonical::write_text(&mut prefix, &field.id);
                prefix.push(b':');
                Column {
                    field,
                    check: FieldCheck::new(catalog, field, today, binding.date.as_deref()),
                    cell: names.iter().position(|name| *name == field.id),
                    prefix,
                    rule: format!(
                        "{}.{} ({}:{})",
                        record.head.id, field.id, record.head.origin.file, field.line
                    ),
                }
            })
            .collect();
        let mut order: Vec<usize> = (0..columns.len()).collect();
        // Ids are ASCII, where the order of UTF-16 code units is that of bytes.
        order.sort_by_key(|&at| &record.fields[at].id);
        let place = |id: &str| record.fields.iter().position(|field| field.id == id);
        let count = columns.len();
        RowCheck {
            record,
            columns,
            order,
            key: record.key.iter().filter_map(|id| place(id)).collect(),
            date: place(record.date_field()),
            cells: Cells { values: vec![Value::Null; names.len()], names },
            seen: Seen::default(),
            today,
            record_bytes,
            json: Vec::new(),
            spans: vec![(0, 0); count],
            keys: Vec::new(),
            key_spans: vec![(0, 0); count],
            key_bytes: Vec::new(),
            regions: Vec::new(),
            secret: Vec::new(),
            region: record.region.as_deref().and_then(place),
            within: None,
        }
    }

    /// The same for one unit's return for one period.
    #[must_use]
    pub fn within(self, within: Option<Within>) -> RowCheck<'c> {
        RowCheck { within, ..self }
    }

    /// Judges `row`. Problems (warnings of kept rows too) are added to `problems`.
    pub fn judge(
        &mut self,
        plan: &Plan,
        row: &RowBuf,
        site: &Site,
        kept: &mut Kept,
        problems: &mut Vec<Diagnostic>,
    ) -> Verdict {
        if let Some(rule) = plan.left_out(row) {
            return Verdict::LeftOut(rule);
        }
        let before = problems.len();
        self.json.clear();
        self.keys.clear();
        self.regions.clear();
        kept.personal.clear();
        let mut date = None;
        for at in 0..self.columns.len() {
            self.fill(at, plan, row, site, kept, &mut date, problems);
        }
        for at in 0..self.regions.len() {
            let (field, code) = self.regions[at];
            if let Some(problem) = self.columns[field].check.region_on(code, date.unwrap_or(self.today)) {
                let problem = self.placed(problem, field, plan, row, site);
                problems.push(problem);
            }
        }
        self.belongs(date, plan, row, site, problems);
        let refused = |problems: &[Diagnostic]| problems[before..].iter().any(Diagnostic::is_error);
        if refused(problems) {
            return Verdict::Refused;
        }
        self.cross_check(plan, row, site, problems);
        if refused(problems) {
            return Verdict::Refused;
        }
        self.write(kept);
        if kept.data.len() > self.record_bytes {
            let problem = site.row_error("ZH3303", row.number);
            problems.push(problem.arg("bytes", kept.data.len()).arg("limit", self.record_bytes));
            return Verdict::Refused;
        }
        if let Some(earlier) = self.seen.note(&kept.key, row.number) {
            problems.push(self.repeated(earlier, plan, row, site));
            return Verdict::Refused;
        }
        Verdict::Kept
    }

    #[allow(clippy::too_many_arguments)] // Split borrows of one row's state.
    fn fill(
        &mut self,
        at: usize,
        plan: &Plan,
        row: &RowBuf,
        site: &Site,
        kept: &mut Kept,
        date: &mut Option<Date>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let start = self.json.len();
        let column = &mut self.columns[at];
        let (kind, text) = plan.text(at, row);
        let mut value = Value::Null;
        let mut problem = None;
        let mut flag = None;
        let key_start = self.keys.len();
        if kind == Kind::Empty {
            if !column.field.optional {
                problem = Some(Diagnostic::error("ZH3201"));
            }
        } else if column.field.many || kind == Kind::List {
            let split = plan.bindings[at].split.as_deref();
            match several(column, kind, &text, split, &mut self.json, &mut flag) {
                Ok(found) => value = found,
                Err(found) => problem = Some(found),
            }
            if column.field.many && self.json.len() == start && problem.is_none() && !column.field.optional {
                problem = Some(Diagnostic::error("ZH3201"));
            }
            if self.key.contains(&at) && self.json.len() > start {
                self.keys.extend_from_slice(&self.json[start..]);
            }
        } else {
            match column.check.check(kind, &text, &mut flag) {
                Ok(typed) => {
                    typed.write_json(&mut self.json);
                    if self.key.contains(&at) {
                        typed.write_text(&mut self.keys);
                    }
                    if self.date == Some(at)
                        && let Typed::Date(day) = typed
                    {
                        *date = Some(day);
                    }
                    if let Typed::Region(code, _) = typed {
                        self.regions.push((at, code));
                    }
                    if column.cell.is_some() {
                        value = typed.to_value();
                    }
                    if column.field.personal {
                        self.secret.clear();
                        typed.write_text(&mut self.secret);
                    }
                }
                Err(found) => problem = Some(found),
            }
        }
        if let Some(cell) = self.columns[at].cell {
            self.cells.values[cell] = value;
        }
        if self.columns[at].field.personal && self.json.len() > start {
            if self.columns[at].field.many {
                self.secret.clear();
                self.secret.extend_from_slice(&self.json[start..]);
            }
            match commit(&self.columns[at].field.id, &self.secret) {
                Ok((commitment, personal)) => {
                    self.json.truncate(start);
                    canonical::write_text(&mut self.json, &commitment);
                    kept.personal.push(personal);
                }
                Err(found) => problem = Some(found),
            }
        }
        self.spans[at] = (start, self.json.len());
        self.key_spans[at] = (key_start, self.keys.len());
        for found in problem.into_iter().chain(flag) {
            let placed = self.placed(found, at, plan, row, site);
            problems.push(placed);
        }
    }

    /// A row of another unit or another period is not this return's.
    fn belongs(
        &self,
        day: Option<Date>,
        plan: &Plan,
        row: &RowBuf,
        site: &Site,
        problems: &mut Vec<Diagnostic>,
    ) {
        let Some(within) = self.within else { return };
        let region = self.regions.iter().find(|(at, _)| Some(*at) == self.region).map(|(_, code)| *code);
        let found = [(self.region, within.region_problem(region)), (self.date, within.day_problem(day))];
        for (at, problem) in found {
            problems.extend(at.zip(problem).map(|(at, problem)| self.placed(problem, at, plan, row, site)));
        }
    }

    /// A problem of one field, with its names, cell and rule.
    fn placed(&self, problem: Diagnostic, at: usize, plan: &Plan, row: &RowBuf, site: &Site) -> Diagnostic {
        let column = &self.columns[at];
        let problem = problem
            .arg("field", &column.field.id)
            .arg("field_zh", &column.field.name.zh)
            .arg("field_en", &column.field.name.en)
            .arg("row", row.number)
            .rule(column.rule.clone());
        match plan.column_of(at) {
            Some(index) => {
                let title = plan.titles().get(index).filter(|title| !title.is_empty());
                let title = title.map_or(column.field.id.as_str(), String::as_str);
                let problem = problem.at(site.cell(row.number, Some(title)));
                name_cell(problem, index, row.number)
            }
            None => problem.at(site.cell(row.number, Some(&column.field.id))),
        }
    }

    fn cross_check(&self, plan: &Plan, row: &RowBuf, site: &Site, problems: &mut Vec<Diagnostic>) {
        for check in &self.record.checks {
            if check.must.holds(&self.cells) != Some(false) {
                continue;
            }
            let code = if check.warn { Diagnostic::warning("ZH3302") } else { Diagnostic::error("ZH3301") };
            let blamed = check
                .must
                .names
                .iter()
                .find_map(|name| self.columns.iter().position(|column| column.field.id == *name));
            let problem = code.arg("says_zh", &check.says.zh).arg("says_en", &check.says.en);
            let problem = match blamed {
                Some(at) => self.placed(problem, at, plan, row, site),
                None => problem.arg("row", row.number).at(site.cell(row.number, None)),
            };
            problems.push(
                problem.rule(format!(
                    "{} ({}:{})",
                    self.record.head.id, self.record.head.origin.file, check.line
                )),
            );
        }
    }

    fn repeated(&self, earlier: u64, plan: &Plan, row: &RowBuf, site: &Site) -> Diagnostic {
        let names = |zh: bool| -> String {
            let fields = self.key.iter().map(|&at| &self.record.fields[at].name);
            fields
                .map(|name| if zh { name.zh.as_str() } else { name.en.as_str() })
                .collect::<Vec<_>>()
                .join(" + ")
        };
        let problem = Diagnostic::error("ZH3304")
            .arg("earlier", earlier)
            .arg("key_zh", names(true))
            .arg("key_en", names(false));
        match self.key.first() {
            Some(&at) => self.placed(problem, at, plan, row, site),
            None => problem.at(site.cell(row.number, None)),
        }
    }

    fn write(&mut self, kept: &mut Kept) {
        kept.data.clear();
        kept.data.push(b'{');
        for &at in &self.order {
            let (start, end) = self.spans[at];
            if start == end {
                continue;
            }
            if kept.data.len() > 1 {
                kept.data.push(b',');
            }
            kept.data.extend_from_slice(&self.columns[at].prefix);
            kept.data.extend_from_slice(&self.json[start..end]);
        }
        kept.data.push(b'}');
        // The layout of canonical::key_bytes, in a buffer that is kept.
        self.key_bytes.clear();
        self.key_bytes.extend_from_slice(self.record.head.id.as_bytes());
        self.key_bytes.push(0);
        for &at in &self.key {
            let (start, end) = self.key_spans[at];
            self.key_bytes.extend_from_slice(&((end - start) as u64).to_be_bytes());
            self.key_bytes.extend_from_slice(&self.keys[start..end]);
        }
        kept.key = Sha256::digest(&self.key_bytes).into();
    }
}

/// Splits a cell into values; writes them as a JSON array unless there are none.
fn several(
    column: &mut Column<'_>,
    kind: Kind,
    text: &str,
    split: Option<&str>,
    json: &mut Vec<u8>,
    flag: &mut Option<Diagnostic>,
) -> Result<Value, Diagnostic> {
    let parts: Vec<&str> = match (kind, split) {
        (Kind::List, _) => text.split('\u{1f}').collect(),
        (_, Some(separator)) if !separator.is_empty() => text.split(separator).collect(),
        _ => text.split(SEPARATORS).collect(),
    };
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let one = if kind == Kind::List { Kind::Text } else { kind };
    if !column.field.many {
        return match parts.as_slice() {
            [] => Ok(Value::Null),
            [only] => {
                let typed = column.check.check(one, only, flag)?;
                typed.write_json(json);
                Ok(typed.to_value())
            }
            _ => Err(Diagnostic::error("ZH3223").arg("count", parts.len())),
        };
    }
    if parts.is_empty() {
        return Ok(Value::Null);
    }
    let mut texts = Vec::with_capacity(parts.len());
    let start = json.len();
    json.push(b'[');
    for part in parts {
        if json.len() > start + 1 {
            json.push(b',');
        }
        match column.check.check(one, part, flag) {
            Ok(typed) => {
                typed.write_json(json);
                let mut text = Vec::new();
                typed.write_text(&mut text);
                texts.push(String::from_utf8(text).unwrap_or_default());
            }
            Err(problem) => {
                json.truncate(start);
                return Err(problem);
            }
        }
    }
    json.push(b']');
    Ok(Value::Texts(texts))
}
