//! What the ledger knew of enterprises at a size: statements in their versions of then, sorted by holder.

use std::borrow::Cow;

use futures::StreamExt;
use serde::Deserialize;
use serde_json::Value as Json;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::formula::{Row, Value};
use zhiheng_catalog::model::{RecordType, SubjectScheme};
use zhiheng_judge::subject::file::{Files, files};
use zhiheng_judge::subject::identity::Alias;
use zhiheng_judge::subject::{CreditFile, Entry, Identity, Match, Rules, SubjectVerdict, verdict};
use zhiheng_record::Ledger;

use crate::row::{Fields, record_type};
use crate::trouble::Trouble;

/// Record type of what is known of enterprises.
pub const STATEMENT: &str = "credit.statement";

/// Record type of aliases that a person has confirmed.
const ALIAS: &str = "credit.alias";
/// Record type of what objections came to.
const DISPUTE: &str = "credit.dispute";

/// What a leaf is about; most are of other types, and what they hold is passed over.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    of: Option<Cow<'a, str>>,
}

impl Head<'_> {
    fn is_record(&self) -> bool {
        matches!(self.kind.as_deref(), Some("record" | "correct"))
    }
}

/// What the ledger knew.
#[derive(Debug)]
pub struct Known {
    /// Number of entries.
    pub size: u64,
    /// Codes and aliases.
    pub identity: Identity,
    /// Statements by holder.
    pub files: Files,
}

impl Known {
    /// Reads statements of type `of` and aliases, merged as of `day`. One pass over the entries: a credit file needs every field,
    /// which the lake keeps apart by column, and most entries are passed over by their head.
    ///
    /// Errors: ZH7030 for an unknown type, those of the ledger.
    pub async fn read(
        ledger: &Ledger,
        catalog: &Catalog,
        of: &str,
        day: Date,
        as_of: Option<u64>,
    ) -> Result<Known, Trouble> {
        let record = record_type(catalog, of)?;
        let alias = catalog.records.get(ALIAS);
        let objection = catalog.records.get(DISPUTE);
        let (mut entries, mut aliases, mut objections) = (Vec::new(), Vec::new(), Vec::new());
        let size = ledger.size().await?;
        let size = as_of.map_or(size, |as_of| as_of.min(size));
        let superseded = ledger.superseded(size).await?;
        {
            let mut leaves = std::pin::pin!(ledger.leaves(0..size));
            while let Some(bundle) = leaves.next().await {
                let (first, bundle) = bundle?;
                for (index, leaf) in (first..).zip(bundle) {
                    if superseded.binary_search_by_key(&index, |pair| pair.0).is_ok() {
                        continue;
                    }
                    let head: Head<'_> = serde_json::from_slice(&leaf)?;
                    let record = match head.of.as_deref().filter(|_| head.is_record()) {
                        Some(own) if own == of => Some(record),
                        Some(ALIAS) => alias,
                        Some(DISPUTE) => objection,
                        _ => None,
                    };
                    let Some(record) = record else { continue };
                    let leaf: Json = serde_json::from_slice(&leaf)?;
                    let Some(data) = leaf["data"].as_object() else { continue };
                    let own = entry(record, index, &Fields { record, data });
                    match record.head.id.as_str() {
                        ALIAS => aliases.extend(self::alias(&own)),
                        DISPUTE => objections.push(own),
                        _ => entries.push(own),
                    }
                }
            }
        }
        let holder = holder_field(catalog, of);
        object(holder, record, &mut entries, &objections);
        let codes: Vec<String> = (entries.iter())
            .filter_map(|one| text(one, holder))
            .chain(aliases.iter().map(|alias| alias.holder.clone()))
            .collect();
        let identity = Identity::new(codes.iter().map(String::as_str), aliases);
        let files = files(&identity, holder, entries, day);
        Ok(Known { size, identity, files })
    }
}

/// The field that names the holder, as the schemes over this type say.
fn holder_field<'c>(catalog: &'c Catalog, of: &str) -> &'c str {
    let scheme = catalog.subject_schemes.values().find(|scheme| scheme.of == of);
    scheme.map_or("holder", |scheme| scheme.holder.as_str())
}

fn entry(record: &RecordType, index: u64, row: &Fields<'_>) -> Entry {
    let values = record.fields.iter().map(|field| (field.id.clone(), row.value(&field.id)));
    Entry { entry: index, values: values.filter(|(_, value)| *value != Value::Null).collect(), via: None }
}

fn text(entry: &Entry, field: &str) -> Option<String> {
    match entry.values.get(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// Puts what the objections came to over the statements that they meet, in order: the last one counts.
fn object(holder: &str, record: &RecordType, entries: &mut [Entry], objections: &[Entry]) {
    let date = record.date_field();
    for objection in objections {
        let meets = |entry: &Entry| {
            [(holder, "holder"), ("kind", "kind"), ("number", "number"), (date, "statement_day")].iter().all(
                |(own, of)| entry.values.get(*own).is_some_and(|own| objection.values.get(*of) == Some(own)),
            )
        };
        let Some(outcome) = objection.values.get("outcome") else { continue };
        for entry in entries.iter_mut().filter(|entry| meets(entry)) {
            entry.values.insert("objection".to_owned(), outcome.clone());
        }
    }
}

fn alias(entry: &Entry) -> Option<Alias> {
    let date = |field: &str| match entry.values.get(field) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    };
    Some(Alias {
        entry: entry.entry,
        alias: text(entry, "alias")?,
        holder: text(entry, "holder")?,
        since: date("since_day")?,
        until: date("until_day"),
    })
}

/// Puts personal values in the place of their commitments, or takes them out; erased ones are gone.
///
/// Errors: those of the ledger.
pub async fn personal(
    ledger: &Ledger,
    record: &RecordType,
    file: &mut CreditFile,
    wanted: bool,
) -> Result<(), Trouble> {
    for field in record.fields.iter().filter(|field| field.personal) {
        for entry in &mut file.entries {
            let Some(value) = entry.values.remove(&field.id) else { continue };
            if value == Value::Null || !wanted {
                continue;
            }
            if let Some(text) = ledger.personal(entry.entry, &field.id).await? {
                entry.values.insert(field.id.clone(), Value::Text(text));
            }
        }
    }
    Ok(())
}

/// The scheme over enterprises with this id.
///
/// Errors: ZH7090 with the known ones if there is none.
pub fn scheme<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c SubjectScheme, Diagnostic> {
    catalog.subject_schemes.get(id).ok_or_else(|| {
        let known: Vec<&str> = catalog.subject_schemes.keys().map(String::as_str).collect();
        Diagnostic::error("ZH7090").arg("id", id).arg("known", known.join(", "))
    })
}

/// The holder that a code or name leads to.
///
/// Errors: ZH7093 if it leads to several, ZH7091 if nothing is known of it.
pub fn holder(known: &Known, text: &str, day: Date) -> Result<String, Diagnostic> {
    let found = match known.identity.find(text, day)? {
        Match::Same { holder, .. } => holder,
        Match::Several(several) => {
            return Err(Diagnostic::error("ZH7093").arg("text", text).arg("several", several.join(", ")));
        }
        Match::Unknown => text.trim().to_owned(),
    };
    match known.files.files.contains_key(&found) {
        true => Ok(found),
        false => Err(Diagnostic::error("ZH7091").arg("text", text)),
    }
}

/// The verdict of a scheme on a holder.
pub fn graded(scheme: &SubjectScheme, known: &Known, holder: &str, day: Date) -> SubjectVerdict {
    let mut rules = Rules::new(scheme);
    let file = known.files.files.get(holder);
    let statements = file.map(|file| file.statements(&mut rules)).unwrap_or_default();
    verdict(&rules, holder, &statements, day)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use zhiheng_judge::subject::Entry;

    use super::*;

    #[test]
    fn an_objection_marks_its_statement_alone_and_the_last_one_counts() {
        let catalog = zhiheng_catalog::load(&[]).catalog;
        let record = &catalog.records["credit.statement"];
        let day = |text: &str| Value::Date(text.parse().unwrap());
        let text = |text: &str| Value::Text(text.to_owned());
        let entry = |entry, pairs: &[(&str, Value)]| Entry {
            entry,
            values: pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect::<BTreeMap<_, _>>(),
            via: None,
        };
        let statement = |n, number: &str, on: &str| {
            entry(
                n,
                &[
                    ("holder", text("A")),
                    ("kind", text("penalty")),
                    ("number", text(number)),
                    ("on_day", day(on)),
                ],
            )
        };
        let objection = |n, number: &str, outcome: &str| {
            entry(
                n,
                &[
                    ("holder", text("A")),
                    ("kind", text("penalty")),
                    ("number", text(number)),
                    ("statement_day", day("2024-05-06")),
                    ("outcome", text(outcome)),
                ],
            )
        };
        let mut all = [
            statement(1, "5", "2024-05-06"),
            statement(2, "6", "2024-05-06"),
            statement(3, "5", "2024-05-07"),
        ];
        object("holder", record, &mut all, &[objection(4, "5", "raised"), objection(5, "5", "upheld")]);
        let told: Vec<Option<Value>> = all.iter().map(|one| one.values.get("objection").cloned()).collect();
        assert_eq!(told, [Some(text("upheld")), None, None]);
    }
}
