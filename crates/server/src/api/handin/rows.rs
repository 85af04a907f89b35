//! Rows given as JSON → the table that becomes a file like any other.

use serde_json::{Map, Value as Json};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::RecordType;
use zhiheng_desk::handin::table::{ROWS_MAX, Table};

/// Between several values of one cell.
const BETWEEN: &str = "; ";

/// The table of rows: fields of the record type in their order, then names that it does not know, which the check tells.
///
/// # Errors
///
/// ZH7315 too many rows, ZH7574 none, or a value that is no text, number, truth or list of texts.
pub(crate) fn table(rows: &[Map<String, Json>], record: &RecordType) -> Result<Table, Diagnostic> {
    if rows.is_empty() {
        return Err(Diagnostic::error("ZH7574").arg("detail", "rows: []"));
    }
    if rows.len() > ROWS_MAX {
        return Err(Diagnostic::error("ZH7315").arg("n", rows.len()).arg("most", ROWS_MAX));
    }
    let given = |id: &str| rows.iter().any(|row| row.contains_key(id));
    let known = record.fields.iter().map(|field| field.id.clone());
    let mut titles: Vec<String> = known.filter(|id| given(id)).collect();
    for name in rows.iter().flat_map(Map::keys) {
        if !titles.contains(name) {
            titles.push(name.clone());
        }
    }
    let mut cells = Vec::with_capacity(rows.len());
    for (n, row) in rows.iter().enumerate() {
        let cell = |title: &String| {
            text(row.get(title))
                .ok_or_else(|| Diagnostic::error("ZH7574").arg("detail", format!("rows[{n}].{title}")))
        };
        cells.push(titles.iter().map(cell).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(Table { titles, rows: cells })
}

/// What stands in a cell; `None` for what is no value of a record.
fn text(value: Option<&Json>) -> Option<String> {
    Some(match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        Some(Json::Bool(truth)) => truth.to_string(),
        Some(Json::Array(items)) => items.iter().map(Json::as_str).collect::<Option<Vec<_>>>()?.join(BETWEEN),
        Some(Json::Object(_)) => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value as Json, json};

    use super::table;

    #[test]
    fn rows_become_a_table_in_the_order_of_the_form() {
        let record = zhiheng_catalog::load(&[]).catalog.records["sampling.batch"].clone();
        let rows = |value: Json| -> Vec<Map<String, Json>> {
            value
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| row.as_object().expect("a row").clone())
                .collect()
        };
        let made = rows(json!([
            { "sample_no": "2", "task": "T", "price": 12.50, "unknown": true },
            { "task": "T", "sample_no": 3, "failed_items": ["灰分", "水分"], "price": null },
        ]));
        let made = table(&made, &record).expect("a table");
        assert_eq!(made.titles, ["task", "sample_no", "price", "failed_items", "unknown"]);
        assert_eq!(made.rows[0], ["T", "2", "12.5", "", "true"]);
        assert_eq!(made.rows[1], ["T", "3", "", "灰分; 水分", ""]);
        let code = |value: Json| table(&rows(value), &record).expect_err("refused").code;
        assert_eq!(code(json!([])), "ZH7574");
        assert_eq!(code(json!([{ "task": { "a": 1 } }])), "ZH7574");
        assert_eq!(code(json!([{ "task": [1] }])), "ZH7574");
        assert_eq!(code(Json::Array(vec![json!({ "task": "T" }); 5001])), "ZH7315");
    }
}
