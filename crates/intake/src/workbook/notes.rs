//! What a template says about a field: its help, its form and limits, an example.

use zhiheng_base::Lang;
use zhiheng_base::words::say;
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Field, FieldType};

/// Form and limits of a field in one sentence.
pub(super) fn form(field: &Field, lang: Lang) -> String {
    let dots = || "\u{2026}".to_owned();
    let sentence = |id: &str, args: &[(&str, &str)]| say(lang, id, args);
    let text = match &field.kind {
        FieldType::Text { max } => sentence("intake-form-text", &[("max", &max.to_string())]),
        FieldType::Integer { min, max } => sentence(
            "intake-form-integer",
            &[
                ("min", &min.map_or_else(dots, |min| min.to_string())),
                ("max", &max.map_or_else(dots, |max| max.to_string())),
            ],
        ),
        FieldType::Decimal { min, max, scale, unit } => sentence(
            "intake-form-decimal",
            &[
                ("min", &min.map_or_else(dots, |min| min.to_string())),
                ("max", &max.map_or_else(dots, |max| max.to_string())),
                ("scale", &scale.to_string()),
                ("unit", unit.as_deref().unwrap_or("-")),
            ],
        ),
        FieldType::Money => sentence("intake-form-money", &[]),
        FieldType::Date { future: false } => sentence("intake-form-date", &[]),
        FieldType::Date { future: true } => sentence("intake-form-date-future", &[]),
        FieldType::Bool => sentence("intake-form-bool", &[]),
        FieldType::Code { .. } => sentence("intake-form-code", &[]),
        FieldType::Region { at_least } => sentence("intake-form-region", &[("level", &at_least.title(lang))]),
        FieldType::Enterprise => sentence("intake-form-enterprise", &[]),
        FieldType::Product => sentence("intake-form-product", &[]),
        FieldType::Standard => sentence("intake-form-standard", &[]),
        FieldType::Subject { of } => sentence("intake-form-subject", &[("of", of)]),
    };
    if field.many { format!("{text}{}", sentence("intake-form-many", &[])) } else { text }
}

/// The whole note of a header cell.
pub(super) fn note(field: &Field, lang: Lang) -> String {
    let mut lines = Vec::new();
    let need = if field.optional { "intake-optional" } else { "intake-required" };
    lines.push(say(lang, need, &[]));
    if let Some(says) = &field.says {
        lines.push(says.get(lang).to_owned());
    }
    lines.push(form(field, lang));
    if let Some(example) = &field.example {
        lines.push(say(lang, "intake-example", &[("example", example)]));
    }
    if field.personal {
        lines.push(say(lang, "intake-personal", &[]));
    }
    lines.join("\n")
}

/// Choices of a field in `lang`, if it has a closed list.
pub(super) fn choices(catalog: &Catalog, field: &Field, lang: Lang) -> Option<Vec<String>> {
    match &field.kind {
        FieldType::Code { list } if !field.many => {
            let list = catalog.lists.get(list)?;
            Some(list.items.iter().map(|item| item.name.get(lang).to_owned()).collect())
        }
        FieldType::Bool => {
            let first = |id| say(lang, id, &[]).split(',').next().unwrap_or_default().trim().to_owned();
            Some(vec![first("intake-yes"), first("intake-no")])
        }
        _ => None,
    }
}
