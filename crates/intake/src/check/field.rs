//! One field's rules, prepared once per file.

use zhiheng_base::words::{Lang, say};
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::model::{Field, FieldType};
use zhiheng_catalog::{Catalog, PRODUCTS};

use super::code::CodeIndex;
use super::date::Day;
use super::number::{Exact, Whole};
use super::region::RegionCheck;
use super::typed::Typed;
use super::{enterprise, standard};
use crate::problem::quoted;
use crate::read::Kind;
use crate::text::{code_point, forbidden, half_width, has_full_width, look_alike};

/// Longest id of a subject or product, in characters.
const ID: usize = 120;

enum Rule<'c> {
    Text { max: usize },
    Whole(Whole),
    Exact(Exact),
    Day(Day),
    Bool { yes: Vec<String>, no: Vec<String> },
    Code(CodeIndex),
    Region(Box<RegionCheck<'c>>),
    Enterprise { last: String },
    Product(Option<CodeIndex>),
    Standard { last: Option<(String, Typed<'static>)> },
    Subject,
}

/// A field of a record type, ready to judge cells.
pub struct FieldCheck<'c> {
    rule: Rule<'c>,
}

impl<'c> FieldCheck<'c> {
    /// Prepares `field` for a file read on `today`; `form` is the source's form of dates.
    pub fn new(catalog: &'c Catalog, field: &Field, today: Date, form: Option<&str>) -> FieldCheck<'c> {
        let rule = match &field.kind {
            FieldType::Text { max } => Rule::Text { max: *max as usize },
            FieldType::Integer { min, max } => Rule::Whole(Whole { min: *min, max: *max }),
            FieldType::Decimal { min, max, scale, .. } => {
                Rule::Exact(Exact { min: *min, max: *max, scale: *scale, money: false })
            }
            FieldType::Money => Rule::Exact(Exact { min: None, max: None, scale: 2, money: true }),
            FieldType::Date { future } => {
                Rule::Day(Day { future: *future, today, form: form.map(str::to_owned) })
            }
            FieldType::Bool => Rule::Bool { yes: words("intake-yes"), no: words("intake-no") },
            FieldType::Code { list } => Rule::Code(CodeIndex::new(list, catalog.lists.get(list))),
            FieldType::Region { at_least } => {
                Rule::Region(Box::new(RegionCheck::new(&catalog.regions, *at_least)))
            }
            FieldType::Enterprise => Rule::Enterprise { last: String::new() },
            FieldType::Product => {
                Rule::Product(catalog.lists.get(PRODUCTS).map(|list| CodeIndex::new(PRODUCTS, Some(list))))
            }
            FieldType::Standard => Rule::Standard { last: None },
            FieldType::Subject { .. } => Rule::Subject,
        };
        FieldCheck { rule }
    }

    /// Judges the text of a cell that is not empty. A warning comes back through `flag`.
    pub fn check<'t>(
        &mut self,
        kind: Kind,
        text: &'t str,
        flag: &mut Option<Diagnostic>,
    ) -> Result<Typed<'t>, Diagnostic> {
        match kind {
            Kind::Fault => return Err(Diagnostic::error("ZH3112").arg("value", quoted(text))),
            Kind::Nested => return Err(Diagnostic::error("ZH3113")),
            _ => {}
        }
        if let Some(c) = forbidden(text) {
            return Err(Diagnostic::error("ZH3225")
                .arg("value", quoted(text))
                .arg("character", code_point(c)));
        }
        match &mut self.rule {
            Rule::Text { max } => {
                exact_number(kind, text)?;
                // A character takes at least one byte, so short texts need not be counted.
                if text.len() > *max {
                    let length = text.chars().count();
                    if length > *max {
                        return Err(Diagnostic::error("ZH3202")
                            .arg("value", quoted(text))
                            .arg("length", length)
                            .arg("max", *max));
                    }
                }
                if let Some((letter, twin)) = look_alike(text) {
                    *flag = Some(
                        Diagnostic::warning("ZH3221")
                            .arg("value", quoted(text))
                            .arg("letter", letter)
                            .arg("character", code_point(letter))
                            .arg("twin", twin),
                    );
                }
                Ok(Typed::Text(text))
            }
            Rule::Whole(rule) => rule.check(kind, text),
            Rule::Exact(rule) => rule.check(kind, text),
            Rule::Day(rule) => rule.check(kind, text),
            Rule::Bool { yes, no } => {
                let said = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
                if said(yes) {
                    Ok(Typed::Bool(true))
                } else if said(no) {
                    Ok(Typed::Bool(false))
                } else {
                    Err(Diagnostic::error("ZH3211").arg("value", quoted(text)))
                }
            }
            Rule::Code(index) => index.check(text),
            Rule::Region(rule) => {
                exact_number(kind, text)?;
                rule.check(text)
            }
            Rule::Enterprise { last } => {
                exact_number(kind, text)?;
                if last != text {
                    *flag = enterprise::judge(text)?;
                    if flag.is_none() {
                        last.clear();
                        last.push_str(text);
                    }
                }
                Ok(Typed::Text(text))
            }
            Rule::Product(index) => {
                exact_number(kind, text)?;
                if let Some(code) = index.as_mut().and_then(|index| index.find(text)) {
                    return Ok(Typed::Shared(code));
                }
                if enterprise::is_gtin_like(text) {
                    enterprise::judge_gtin(text)?;
                    return Ok(Typed::Text(text));
                }
                match index {
                    Some(index) => Err(index.unknown("ZH3218", text)),
                    None => identifier(text),
                }
            }
            Rule::Standard { last } => {
                if let Some((before, typed)) = last
                    && before == text
                {
                    return Ok(typed.clone());
                }
                let typed = standard::check(text)?;
                *last = Some((text.to_owned(), typed.clone()));
                Ok(typed)
            }
            Rule::Subject => {
                exact_number(kind, text)?;
                identifier(text)
            }
        }
    }

    /// What is wrong with a region on a day.
    pub(super) fn region_on(&mut self, code: RegionCode, date: Date) -> Option<Diagnostic> {
        match &mut self.rule {
            Rule::Region(rule) => rule.on(code, date),
            _ => None,
        }
    }
}

/// A workbook's number with more than fifteen digits is not what was typed.
fn exact_number(kind: Kind, text: &str) -> Result<(), Diagnostic> {
    if kind == Kind::Inexact { Err(Diagnostic::error("ZH3224").arg("value", quoted(text))) } else { Ok(()) }
}

fn identifier(text: &str) -> Result<Typed<'_>, Diagnostic> {
    if has_full_width(text) {
        return Err(Diagnostic::error("ZH3222")
            .arg("value", quoted(text))
            .arg("suggestion", half_width(text)));
    }
    let length = text.chars().count();
    if length > ID {
        return Err(Diagnostic::error("ZH3202")
            .arg("value", quoted(text))
            .arg("length", length)
            .arg("max", ID));
    }
    Ok(Typed::Text(text))
}

/// The words of both languages that mean yes or no.
fn words(id: &str) -> Vec<String> {
    [Lang::Zh, Lang::En]
        .iter()
        .flat_map(|&lang| {
            say(lang, id, &[]).split(',').map(|word| word.trim().to_owned()).collect::<Vec<_>>()
        })
        .collect()
}
