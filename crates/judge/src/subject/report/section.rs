//! Statements by section: what a scope may see, with names in both languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zhiheng_base::words::say;
use zhiheng_base::{Date, Lang, RegionCode, Words};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::formula::Value;
use zhiheng_catalog::model::{CodeList, Field, FieldType, RecordType};

use super::super::file::{CreditFile, Entry};
use super::{Scope, mask};

/// Fields with a part of their own in a report; `docs/reference/subject-schemes.md` lists them.
const KIND: &str = "kind";
const HOLDER: &str = "holder";
const NAME: &str = "holder_name";
const PUBLICITY: &str = "publicity";
const PUBLIC_UNTIL: &str = "public_until";
const OBJECTION: &str = "objection";
const SOURCE: &str = "source";
const UNTIL: &str = "until_day";

/// A section of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Code of the section in the list of kinds.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// Statements, the latest first.
    pub statements: Vec<Shown>,
}

/// A statement as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Number of its ledger entry.
    pub entry: u64,
    /// Code of its kind.
    pub kind: String,
    /// Name of its kind.
    pub name: Words,
    /// Its day.
    pub day: Date,
    /// Whether it stands, is doubted, or does not count.
    pub objection: Objection,
    /// Whether its validity has ended.
    pub ended: bool,
    /// Its other fields in the order of the record type.
    pub facts: Vec<Fact>,
    /// Source.
    pub source: Option<String>,
    /// The code under which it was recorded, if that is not the holder's.
    pub via: Option<String>,
}

/// What an objection has done to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objection {
    /// No objection.
    Stands,
    /// Under objection.
    Doubted,
    /// The objection was rejected.
    Confirmed,
    /// The objection was upheld: it does not count.
    Struck,
}

/// A field of a statement as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Field.
    pub field: String,
    /// Its name.
    pub label: Words,
    /// Value in both languages.
    pub value: Words,
}

/// Sections with what a scope may see, in the order of the code list; empty ones are left out.
pub(super) fn sections(
    catalog: &Catalog,
    record: &RecordType,
    file: &CreditFile,
    scope: Scope,
    day: Date,
) -> Vec<Section> {
    let list = record.field(KIND).and_then(|field| match &field.kind {
        FieldType::Code { list } => catalog.lists.get(list),
        _ => None,
    });
    let Some(list) = list else { return Vec::new() };
    let mut by_section: BTreeMap<&str, Vec<Shown>> = BTreeMap::new();
    for entry in file.entries.iter().filter(|entry| may_see(entry, record, scope, day)) {
        let Some(kind) = entry.text(KIND).and_then(|code| list.items.iter().find(|item| item.code == code))
        else {
            continue;
        };
        let section = kind.parent.as_deref().unwrap_or(&kind.code);
        if let Some(shown) = shown(catalog, record, entry, &kind.name, scope, day) {
            by_section.entry(section).or_default().push(shown);
        }
    }
    (list.items.iter())
        .filter_map(|item| {
            let mut statements = by_section.remove(item.code.as_str())?;
            statements.sort_by(|a, b| b.day.cmp(&a.day).then(b.entry.cmp(&a.entry)));
            Some(Section { id: item.code.clone(), name: item.name.clone(), statements })
        })
        .collect()
}

/// Whether a scope may see a statement. Without a publicity it is for authorities.
fn may_see(entry: &Entry, record: &RecordType, scope: Scope, day: Date) -> bool {
    if entry.date(record.date_field()).is_none_or(|on| on > day) {
        return false;
    }
    let publicity = entry.text(PUBLICITY);
    match scope {
        Scope::Authority => true,
        Scope::Own => matches!(publicity, Some("public" | "self")),
        Scope::Public => {
            let over = entry.date(PUBLIC_UNTIL).is_some_and(|until| until < day);
            publicity == Some("public") && !over && objection(entry) != Objection::Struck
        }
    }
}

fn objection(entry: &Entry) -> Objection {
    match entry.text(OBJECTION) {
        Some("raised") => Objection::Doubted,
        Some("rejected") => Objection::Confirmed,
        Some("upheld") => Objection::Struck,
        _ => Objection::Stands,
    }
}

fn shown(
    catalog: &Catalog,
    record: &RecordType,
    entry: &Entry,
    name: &Words,
    scope: Scope,
    day: Date,
) -> Option<Shown> {
    let apart = [KIND, HOLDER, PUBLICITY, PUBLIC_UNTIL, OBJECTION, SOURCE, record.date_field()];
    let public = scope == Scope::Public;
    let facts = (record.fields.iter())
        .filter(|field| !apart.contains(&field.id.as_str()) && !(public && field.personal))
        .filter_map(|field| {
            let value = value(catalog, field, entry.values.get(&field.id)?, public)?;
            Some(Fact { field: field.id.clone(), label: field.name.clone(), value })
        })
        .collect();
    let hide = |text: &str| if public { mask::mask(text) } else { text.to_owned() };
    Some(Shown {
        entry: entry.entry,
        kind: entry.text(KIND)?.to_owned(),
        name: name.clone(),
        day: entry.date(record.date_field())?,
        objection: objection(entry),
        ended: entry.date(UNTIL).is_some_and(|until| until < day),
        facts,
        source: entry.text(SOURCE).map(hide),
        via: entry.via.clone(),
    })
}

/// A value as people read it.
fn value(catalog: &Catalog, field: &Field, value: &Value, public: bool) -> Option<Words> {
    let same = |text: String| Words::new(text.clone(), text);
    let in_list = |list: &CodeList, code: &str| {
        list.items.iter().find(|item| item.code == code).map(|item| item.name.clone())
    };
    Some(match (value, &field.kind) {
        (Value::Null, _) => return None,
        (Value::Text(code), FieldType::Code { list }) => {
            catalog.lists.get(list).and_then(|list| in_list(list, code)).unwrap_or_else(|| same(code.clone()))
        }
        (Value::Text(code), FieldType::Region { .. }) => {
            let name = RegionCode::parse(code).ok().and_then(|region| catalog.regions.full_name(region));
            same(name.unwrap_or_else(|| code.clone()))
        }
        (Value::Text(text), _) => same(if public { mask::mask(text) } else { text.clone() }),
        (Value::Texts(texts), _) => {
            same(if public { mask::mask(&texts.join("; ")) } else { texts.join("; ") })
        }
        (Value::Bool(truth), _) => {
            let id = if *truth { "show-yes" } else { "show-no" };
            Words::new(say(Lang::Zh, id, &[]), say(Lang::En, id, &[]))
        }
        (Value::Integer(whole), _) => same(whole.to_string()),
        (Value::Decimal(exact), _) => same(exact.to_string()),
        (Value::Date(date), _) => same(date.to_string()),
    })
}

/// The name as last recorded by the day.
pub(super) fn name(file: &CreditFile, date: &str, day: Date) -> Option<String> {
    let own = file.entries.iter().filter(|one| one.via.is_none());
    let named = own.filter_map(|one| Some((one.date(date)?, one.entry, one.text(NAME)?)));
    let named = named.filter(|(on, ..)| *on <= day);
    named.max().map(|(.., name)| name.to_owned())
}

/// Other codes that the statements shown were recorded under.
pub(super) fn other_codes<'s>(file: &CreditFile, shown: impl Iterator<Item = &'s Shown>) -> Vec<String> {
    let seen: Vec<&str> = shown.filter_map(|one| one.via.as_deref()).collect();
    file.other_codes().into_iter().filter(|code| seen.contains(code)).map(str::to_owned).collect()
}

/// Sources with the number of statements of each, in order.
pub(super) fn sources<'s>(shown: impl Iterator<Item = &'s Shown>) -> Vec<(String, u32)> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for source in shown.filter_map(|one| one.source.clone()) {
        *counts.entry(source).or_default() += 1;
    }
    counts.into_iter().collect()
}
