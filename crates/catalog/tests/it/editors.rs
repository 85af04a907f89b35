//! The schemas for editors say the same as the checker.

use zhiheng_base::Lang;
use zhiheng_catalog::schema::KINDS;
use zhiheng_catalog::{entries, load, schema, show};

#[test]
fn every_file_has_a_schema_in_both_languages() {
    for kind in KINDS {
        let text = schema(kind).expect("a schema").to_string();
        assert!(text.contains("draft/2020-12"), "{kind}");
        assert!(!text.contains('«'), "{kind}: a key without words: {}", &text[text.find('«').unwrap_or(0)..]);
        assert!(!text.contains("null,") || kind != "lists", "{kind}");
    }
    assert!(schema("nothing").is_none());
}

#[test]
fn references_lead_somewhere() {
    for kind in KINDS {
        let schema = schema(kind).expect("a schema");
        let text = schema.to_string();
        for reference in text.split("\"#/$defs/").skip(1) {
            let name = reference.split('"').next().unwrap_or_default();
            assert!(schema["$defs"][name].is_object(), "{kind}: {name}");
        }
    }
}

#[test]
fn every_shipped_definition_can_be_shown() {
    let catalog = load(&[]).catalog;
    for id in entries(&catalog).into_iter().map(|entry| entry.id) {
        for lang in [Lang::Zh, Lang::En] {
            let shown = show(&catalog, id, lang).expect("a known id");
            let text = format!("{shown:?}");
            assert!(!text.contains('«'), "{id}: {text}");
            assert!(
                shown
                    .tables
                    .iter()
                    .all(|table| table.rows.iter().all(|row| row.len() == table.columns.len()))
            );
        }
    }
    assert!(show(&catalog, "no.such", Lang::Zh).is_none());
}
