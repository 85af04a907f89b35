//! What the rows of a return come to: counts by place, counts by code, sums of figures; and which of them lie far from the
//! others. Shown beside the period before, so that somebody sees a return that lost half its rows before it is sent.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{FieldType, RecordType};
use zhiheng_methods::truth::outlier::{Quartiles, tukey};

/// Longest code list that is counted code by code.
const CODES_MAX: usize = 8;
/// Values of one field that are kept for the fences.
const VALUES_MAX: usize = 50_000;
/// Values of one field below which nothing is called far from the others.
const VALUES_LEAST: usize = 12;
/// Interquartile ranges from the quartiles: far out in Tukey's words.
const FENCE: f64 = 3.0;
/// Outliers that are named.
const OUTLIERS_MAX: usize = 20;

/// What rows come to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows.
    pub rows: u64,
    /// Rows by region as written.
    pub places: BTreeMap<String, u64>,
    /// Rows by code, of fields with a short list.
    pub codes: BTreeMap<String, BTreeMap<String, u64>>,
    /// Sums of figures.
    pub sums: BTreeMap<String, Sum>,
    /// Figures with their rows, for the fences.
    #[serde(skip)]
    values: BTreeMap<String, Vec<(u64, Decimal)>>,
}

/// A sum.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    /// Rows that have the figure.
    pub n: u64,
    /// Their sum; `None` if it has too many digits.
    pub sum: Option<Decimal>,
}

/// A value far from the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlier {
    /// Row of the file.
    pub row: u64,
    /// Field.
    pub field: String,
    /// Value.
    pub value: Decimal,
    /// Below or above which the others lie, rounded.
    pub low: String,
    /// As `low`.
    pub high: String,
}

/// What is added up of a record type.
#[derive(Clone, Debug)]
pub struct Counted {
    region: Option<String>,
    codes: Vec<String>,
    figures: Vec<String>,
}

impl Counted {
    /// Of this type: its region, its short code lists, its figures. Whatever stands in the key is a number and no figure.
    pub fn of(catalog: &Catalog, record: &RecordType) -> Counted {
        let own = |wanted: &dyn Fn(&FieldType) -> bool| -> Vec<String> {
            (record.fields.iter())
                .filter(|field| !field.many && !field.personal && !record.key.contains(&field.id))
                .filter(|field| wanted(&field.kind))
                .map(|field| field.id.clone())
                .collect()
        };
        let short = |kind: &FieldType| match kind {
            FieldType::Code { list } => {
                catalog.lists.get(list).is_some_and(|list| list.items.len() <= CODES_MAX)
            }
            _ => false,
        };
        let figure = |kind: &FieldType| {
            matches!(kind, FieldType::Integer { .. } | FieldType::Decimal { .. } | FieldType::Money)
        };
        Counted { region: record.region.clone(), codes: own(&short), figures: own(&figure) }
    }
}

impl Totals {
    /// Adds the record at a row.
    pub fn add(&mut self, counted: &Counted, row: u64, data: &Map<String, Json>) {
        let text = |field: &String| data.get(field).and_then(Json::as_str);
        self.rows += 1;
        if let Some(place) = counted.region.as_ref().and_then(text) {
            *self.places.entry(place.to_owned()).or_default() += 1;
        }
        for field in &counted.codes {
            if let Some(code) = text(field) {
                *self.codes.entry(field.clone()).or_default().entry(code.to_owned()).or_default() += 1;
            }
        }
        for field in &counted.figures {
            let value = match data.get(field) {
                Some(Json::String(text)) => text.parse::<Decimal>().ok(),
                Some(Json::Number(number)) => number.as_i64().map(Decimal::from),
                _ => None,
            };
            let Some(value) = value else { continue };
            let first = Sum { n: 0, sum: Some(Decimal::ZERO) };
            let sum = self.sums.entry(field.clone()).or_insert(first);
            sum.n += 1;
            sum.sum = sum.sum.and_then(|before| before.checked_add(value));
            let values = self.values.entry(field.clone()).or_default();
            if values.len() < VALUES_MAX {
                values.push((row, value));
            }
        }
    }

    /// The values that lie far from the others: beyond three times the interquartile range from the quartiles of these rows and
    /// those of the period before together.
    pub fn outliers(&self, before: &Totals) -> Vec<Outlier> {
        let mut found = Vec::new();
        for (field, values) in &self.values {
            let old = before.values.get(field).map(Vec::as_slice).unwrap_or_default();
            let numbers: Vec<f64> =
                values.iter().chain(old).filter_map(|(_, value)| value.to_f64()).collect();
            if numbers.len() < VALUES_LEAST || numbers.len() != values.len() + old.len() {
                continue;
            }
            let Ok(fences) = tukey(&numbers, FENCE, Quartiles::Interpolated) else { continue };
            let beyond = fences.rows.iter().filter_map(|at| values.get(*at));
            found.extend(beyond.map(|(row, value)| Outlier {
                row: *row,
                field: field.clone(),
                value: *value,
                low: format!("{:.2}", fences.low),
                high: format!("{:.2}", fences.high),
            }));
        }
        found.truncate(OUTLIERS_MAX);
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(price: &str, code: &str) -> Map<String, Json> {
        let value = json!({ "price": price, "conclusion": code, "sampled_in": "621122" });
        value.as_object().unwrap().clone()
    }

    #[test]
    fn rows_are_counted_summed_and_the_far_one_is_named() {
        let counted = Counted {
            region: Some("sampled_in".into()),
            codes: vec!["conclusion".into()],
            figures: vec!["price".into()],
        };
        let mut totals = Totals::default();
        for n in 1..=11 {
            totals.add(&counted, n, &row(&format!("{n}.50"), "conform"));
        }
        totals.add(&counted, 12, &row("950.00", "nonconform"));
        assert_eq!(totals.places["621122"], 12);
        assert_eq!(
            totals.codes["conclusion"],
            BTreeMap::from([("conform".into(), 11), ("nonconform".into(), 1)])
        );
        // (1 + … + 11) + 11 × 0.5 + 950 = 66 + 5.5 + 950
        assert_eq!(totals.sums["price"], Sum { n: 12, sum: Some("1021.50".parse().unwrap()) });
        // Quartiles (type 7) of 1.5 … 11.5, 950: 4.25 and 9.75; fences 4.25 − 16.5 and 9.75 + 16.5.
        let outliers = totals.outliers(&Totals::default());
        assert_eq!(outliers.len(), 1);
        assert_eq!(
            (outliers[0].row, outliers[0].low.as_str(), outliers[0].high.as_str()),
            (12, "-12.25", "26.25")
        );
        // Among many such values of the period before it is nothing special.
        let mut before = Totals::default();
        for n in 1..=40 {
            before.add(&counted, n, &row(&format!("{}", n * 40), "conform"));
        }
        assert!(totals.outliers(&before).is_empty());
    }
}
