//! Record types: fields with their types, natural key, date, region, checks.

use zhiheng_base::{Decimal, Diagnostic, Level, PeriodKind};

use super::definitions::{Kind, Raw, World, failed, is_name};
use super::node::Node;
use super::{head, keys};
use crate::formula::{Formula, Scope, ValueType};
use crate::model::{Accept, Check, Field, FieldType, HandIn, RecordKind, RecordType};
use crate::suggest::{listed, nearest};

/// Longest text where the field does not say.
const TEXT_MAX: u32 = 200;
/// Digits after the point where the field does not say.
const SCALE: u32 = 6;

/// Reads all record types.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    for raw in world.of_kind(Kind::Record) {
        let good = raw.node.check(&keys::RECORD, &format!("record {}", raw.id), problems);
        let before = problems.len();
        let record = if good { record(&raw, world, problems) } else { None };
        match record {
            Some(record) if !failed(&problems[before..]) && !world.broken.contains(&raw.id) => {
                world.records.insert(raw.id.clone(), record);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
    // Subjects are other record types, so they are looked up when all are read.
    let mut lost = Vec::new();
    for (id, record) in &world.records {
        for field in &record.fields {
            let FieldType::Subject { of } = &field.kind else { continue };
            let raw = &world.raws[id];
            let at =
                || raw.node.sub("fields").and_then(|fields| fields.sub(&field.id)).map(|node| node.at("of"));
            if !world.refers(Kind::Record, of, id, || at().unwrap_or_default(), problems) {
                lost.push(id.clone());
            }
        }
    }
    for id in lost {
        world.records.remove(&id);
        world.broken.insert(id);
    }
}

fn record(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<RecordType> {
    let node = &raw.node;
    let head = head::read(raw, problems)?;
    let fields = fields(raw, world, problems);
    let keys = keys_of(node, &fields, problems);
    let kind = kind(node, &fields, problems);
    let region = node.text("region").and_then(|id| {
        let field = field_named(node, "region", id, &fields, problems)?;
        let wrong = !matches!(field.kind, FieldType::Region { .. }) || field.many;
        if wrong {
            problems.push(node.wrong("region", "ZH2204").arg("field", id));
        } else if field.optional {
            problems.push(node.wrong("region", "ZH2210").arg("field", id));
        }
        (!wrong).then(|| id.to_owned())
    });
    let scope = Scope::of_fields(&raw.id, &fields, &world.lists);
    let checks = node.subs("check").iter().filter_map(|check| self::check(check, &scope, problems)).collect();
    let accept = if node.text("accept") == Some("good") { Accept::Good } else { Accept::All };
    let hand_in = node.sub("hand_in").and_then(|duty| hand_in(node, &duty, region.as_deref(), problems));
    Some(RecordType { head, kind: kind?, key: keys, region, fields, checks, accept, hand_in })
}

/// Who hands in, which a record without a region cannot say.
fn hand_in(
    node: &Node<'_>,
    duty: &Node<'_>,
    region: Option<&str>,
    problems: &mut Vec<Diagnostic>,
) -> Option<HandIn> {
    if region.is_none() {
        problems.push(node.wrong("hand_in", "ZH2218"));
        return None;
    }
    Some(HandIn {
        every: PeriodKind::parse(duty.text("every")?).ok()?,
        by: duty.text("by").and_then(Level::parse)?,
        days: duty.whole("days").and_then(|days| u32::try_from(days).ok())?,
    })
}

fn check(node: &Node<'_>, scope: &Scope<'_>, problems: &mut Vec<Diagnostic>) -> Option<Check> {
    Some(Check {
        must: formula(node, "must", scope, &[ValueType::Bool], problems)?,
        says: node.words("says")?,
        warn: node.truth("warn").unwrap_or(false),
        line: node.origin().line,
    })
}

/// The formula under `key`, of one of the `wanted` types. Every problem points inside the formula's text.
pub(super) fn formula(
    node: &Node<'_>,
    key: &str,
    scope: &Scope<'_>,
    wanted: &[ValueType],
    problems: &mut Vec<Diagnostic>,
) -> Option<Formula> {
    let text = node.text(key)?;
    match Formula::parse(text, scope) {
        Ok(formula) if wanted.contains(&formula.value_type) => Some(formula),
        Ok(formula) => {
            let word = if wanted.contains(&ValueType::Decimal) { "number" } else { wanted[0].word() };
            let diagnostic = Diagnostic::error("ZH2315")
                .arg("key", key)
                .arg("wanted", word)
                .arg("found", formula.value_type.word());
            problems.push(diagnostic.at(node.at_inside(key, 0..text.len())));
            None
        }
        Err(found) => {
            for problem in found {
                let place = node.at_inside(key, problem.range);
                problems.push(problem.diagnostic.at(place));
            }
            None
        }
    }
}

/// The field called `id`, or an error at `key`.
pub(super) fn field_named<'f>(
    node: &Node<'_>,
    key: &str,
    id: &str,
    fields: &'f [Field],
    problems: &mut Vec<Diagnostic>,
) -> Option<&'f Field> {
    let found = fields.iter().find(|field| field.id == id);
    if found.is_none() {
        problems.push(no_field(key, id, fields).at(node.at(key)));
    }
    found
}

pub(super) fn no_field(key: &str, id: &str, fields: &[Field]) -> Diagnostic {
    let names = || fields.iter().map(|field| field.id.as_str());
    let near = nearest(id, names());
    let code = if near.is_some() { "ZH2201" } else { "ZH2214" };
    Diagnostic::error(code)
        .arg("key", key)
        .arg("field", id)
        .arg("near", near.unwrap_or_default())
        .arg("all", listed(names()))
}

fn keys_of(node: &Node<'_>, fields: &[Field], problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let keys = node.texts("key");
    for (i, id) in keys.iter().enumerate() {
        match fields.iter().find(|field| field.id == *id) {
            None => problems.push(no_field("key", id, fields).at(node.at_item("key", i))),
            Some(field) if field.optional || field.many || field.personal => {
                let diagnostic = Diagnostic::error("ZH2202").arg("field", id);
                problems.push(diagnostic.at(node.at_item("key", i)));
            }
            Some(_) if keys[..i].contains(id) => {
                let diagnostic = Diagnostic::error("ZH2215").arg("field", id);
                problems.push(diagnostic.at(node.at_item("key", i)));
            }
            Some(_) => {}
        }
    }
    keys
}

fn kind(node: &Node<'_>, fields: &[Field], problems: &mut Vec<Diagnostic>) -> Option<RecordKind> {
    match (node.text("date"), node.sub("valid")) {
        (Some(date), None) => {
            date_field(node, "date", fields, true, problems)?;
            Some(RecordKind::Observation { date: date.to_owned() })
        }
        (None, Some(valid)) => {
            let from = date_field(&valid, "from", fields, true, problems);
            let until = date_field(&valid, "until", fields, false, problems);
            Some(RecordKind::Register { from: from?, until: until? })
        }
        (Some(_), Some(_)) => {
            problems.push(
                Diagnostic::error("ZH2014")
                    .arg("first", "date")
                    .arg("second", "valid")
                    .at(node.at_key("valid")),
            );
            None
        }
        (None, None) => {
            problems.push(Diagnostic::error("ZH2205").at(node.place()));
            None
        }
    }
}

fn date_field(
    node: &Node<'_>,
    key: &str,
    fields: &[Field],
    required: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<String> {
    let id = node.text(key)?;
    let field = field_named(node, key, id, fields, problems)?;
    if !matches!(field.kind, FieldType::Date { .. }) || field.many {
        problems.push(node.wrong(key, "ZH2203").arg("field", id));
        return None;
    }
    if required && field.optional {
        problems.push(node.wrong(key, "ZH2210").arg("field", id));
        return None;
    }
    Some(id.to_owned())
}

/// The fields of a record type or the sheet of a procedure.
pub(super) fn fields(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Field> {
    let Some(table) = raw.node.sub("fields") else { return Vec::new() };
    let mut fields: Vec<Field> = Vec::new();
    for (id, span, value) in table.entries() {
        let Some(inner) = value.get_ref().as_table() else { continue };
        let place = raw.node.file.place(span.clone());
        if !is_name(id, '_') {
            problems.push(Diagnostic::error("ZH2007").arg("id", id).at(place));
            continue;
        }
        if is_reserved(id) {
            problems.push(Diagnostic::error("ZH2206").arg("id", id).at(place));
            continue;
        }
        let node = Node::new(raw.node.file, inner, span);
        let Some(field) = field(&node, id, &raw.id, world, problems) else { continue };
        for title in [&field.name.zh, &field.name.en, &field.id].into_iter().chain(&field.also) {
            let taken = fields.iter().find(|other| other.answers_to(title));
            if let Some(other) = taken {
                let diagnostic = Diagnostic::error("ZH2216").arg("title", title).arg("other", &other.id);
                problems.push(diagnostic.at(node.place()));
            }
        }
        fields.push(field);
    }
    fields
}

impl Field {
    /// Whether a column with this title fills the field: its id, either name, or another title.
    pub fn answers_to(&self, title: &str) -> bool {
        self.id == title
            || self.name.zh == title
            || self.name.en.eq_ignore_ascii_case(title)
            || self.also.iter().any(|also| also == title)
    }
}

/// Words of the formula language itself; the parser would take some of them for names.
const WORDS: [&str; 15] = [
    "and", "between", "case", "else", "end", "false", "in", "is", "like", "not", "null", "or", "then",
    "true", "when",
];

/// Whether formulas cannot use `id` as a name, because SQL reads it otherwise.
fn is_reserved(id: &str) -> bool {
    if WORDS.contains(&id) {
        return true;
    }
    let scope = Scope::new("").with(id, ValueType::Integer);
    ["{} IS NULL", "1 + {}", "coalesce({}, 1)", "CASE WHEN {} = 1 THEN {} ELSE {} END"].iter().any(|form| {
        Formula::parse(&form.replace("{}", id), &scope).map_or(true, |formula| formula.names != [id])
    })
}

fn field(
    node: &Node<'_>,
    id: &str,
    record: &str,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Field> {
    let word = node.text("type")?;
    let own = keys::FIELD_TYPES.iter().find(|(name, _)| *name == word).map(|(_, own)| *own)?;
    for (_, foreign) in keys::FIELD_TYPES {
        for key in foreign.iter().filter(|key| !own.contains(key)) {
            // A key stands in several types' lists; report it once.
            let first = keys::FIELD_TYPES.iter().find(|(_, keys)| keys.contains(key)).map(|(_, keys)| *keys);
            if node.value(key).is_some() && first == Some(*foreign) {
                let diagnostic = Diagnostic::error("ZH2208")
                    .arg("key", key)
                    .arg("type", word)
                    .arg("all", listed(own.iter().copied()));
                problems.push(diagnostic.at(node.at_key(key)));
            }
        }
    }
    let kind = field_type(node, word, id, record, world, problems)?;
    let many = node.truth("many").unwrap_or(false);
    let lists_well = matches!(
        kind,
        FieldType::Text { .. }
            | FieldType::Code { .. }
            | FieldType::Enterprise
            | FieldType::Product
            | FieldType::Standard
    );
    if many && !lists_well {
        problems.push(node.wrong("many", "ZH2209").arg("type", word));
    }
    Some(Field {
        id: id.to_owned(),
        name: node.own_words()?,
        also: node.texts("also"),
        kind,
        optional: node.truth("optional").unwrap_or(false),
        many,
        personal: node.truth("personal").unwrap_or(false),
        says: node.words("says"),
        example: node.owned("example"),
        line: node.origin().line,
    })
}

fn field_type(
    node: &Node<'_>,
    word: &str,
    id: &str,
    record: &str,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<FieldType> {
    let (min, max) = (node.number("min"), node.number("max"));
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        problems.push(node.wrong("max", "ZH2207").arg("min", min).arg("max", max));
    }
    let mut whole = |key: &str, limit: Option<Decimal>| {
        limit.and_then(|limit| {
            let whole = i64::try_from(limit).ok().filter(|whole| Decimal::from(*whole) == limit);
            if whole.is_none() {
                problems.push(node.wrong(key, "ZH2217").arg("key", key).arg("value", limit));
            }
            whole
        })
    };
    Some(match word {
        "text" => {
            let max = whole("max", max).unwrap_or(i64::from(TEXT_MAX));
            match u32::try_from(max) {
                Ok(max @ 1..=10_000) => FieldType::Text { max },
                _ => {
                    let diagnostic = node.wrong("max", "ZH2015").arg("key", "max").arg("value", max);
                    problems.push(diagnostic.arg("min", 1).arg("max", 10_000));
                    return None;
                }
            }
        }
        "integer" => FieldType::Integer { min: whole("min", min), max: whole("max", max) },
        "decimal" => FieldType::Decimal {
            min,
            max,
            scale: node.whole("scale").and_then(|scale| u32::try_from(scale).ok()).unwrap_or(SCALE),
            unit: unit(node, world, problems),
        },
        "money" => FieldType::Money,
        "date" => FieldType::Date { future: node.truth("future").unwrap_or(false) },
        "bool" => FieldType::Bool,
        "code" => FieldType::Code { list: code_list(node, id, record, world, problems)? },
        "region" => FieldType::Region {
            at_least: node.text("at_least").and_then(Level::parse).unwrap_or(Level::Village),
        },
        "enterprise" => FieldType::Enterprise,
        "product" => FieldType::Product,
        "standard" => FieldType::Standard,
        "subject" => match node.owned("of") {
            Some(of) => FieldType::Subject { of },
            None => {
                let diagnostic =
                    Diagnostic::error("ZH2003").arg("key", "of").arg("of", format!("field {id}"));
                problems.push(diagnostic.arg("sample", "of = \"…\"").at(node.place()));
                return None;
            }
        },
        _ => return None,
    })
}

fn code_list(
    node: &Node<'_>,
    id: &str,
    record: &str,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<String> {
    match node.value("list") {
        None => {
            let diagnostic = Diagnostic::error("ZH2003").arg("key", "list").arg("of", format!("field {id}"));
            problems.push(diagnostic.arg("sample", "list = \"…\"").at(node.place()));
            None
        }
        Some(value) if value.get_ref().is_array() => {
            let list = format!("{record}.{id}");
            world.lists.contains_key(&list).then_some(list)
        }
        Some(_) => {
            let list = node.text("list")?;
            let good = world.refers(Kind::List, list, record, || node.at("list"), problems);
            good.then(|| list.to_owned())
        }
    }
}

/// A unit is a code of `base.unit`, where that list is loaded.
fn unit(node: &Node<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let unit = node.text("unit")?;
    if let Some(units) = world.lists.get("base.unit")
        && units.items.iter().all(|item| item.code != unit)
    {
        let codes = || units.items.iter().map(|item| item.code.as_str());
        let near = units.find(unit).map(|item| item.code.as_str()).or_else(|| nearest(unit, codes()));
        let code = if near.is_some() { "ZH2024" } else { "ZH2029" };
        let diagnostic = node.wrong("unit", code).arg("unit", unit).arg("near", near.unwrap_or_default());
        problems.push(diagnostic.arg("all", listed(codes())));
    }
    Some(unit.to_owned())
}
