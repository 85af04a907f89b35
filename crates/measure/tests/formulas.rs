//! Both back-ends of formulas over the same rows: the catalog's evaluator and the query engine.

mod common;

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use zhiheng_catalog::formula::{Row, Scope};
use zhiheng_catalog::{Formula, Value};
use zhiheng_measure::{Area, Query};

/// Boolean formulas; each becomes the base of a proportion.
const FORMULAS: &[&str] = &[
    "conclusion = 'conform'",
    "conclusion <> 'conform' OR product = 'oil'",
    "NOT (conclusion = 'conform' AND sealed)",
    "conclusion IN ('conform', 'pending')",
    "conclusion NOT IN ('conform', 'pending') AND amount >= 0",
    "amount > 1.5 OR quantity < 3",
    "amount = quantity",
    "quantity BETWEEN 2 AND 4",
    "amount IS NULL OR failed_items IS NOT NULL",
    "amount * quantity > 10",
    "amount / quantity > 0.3333",
    "quantity / (quantity - 2) >= 1",
    "-amount < 1 AND abs(amount) > 0.5",
    "round(amount, 1) = 0.2",
    "producer LIKE 'a%' OR producer LIKE '_b%'",
    "length(producer) = 2 OR upper(producer) = 'A'",
    "starts_with(producer, 'a')",
    "contains(failed_items, 'lead') OR count(failed_items) = 0",
    "CASE WHEN sealed THEN amount > 1 WHEN quantity = 1 THEN TRUE ELSE FALSE END",
    "coalesce(amount, 0) = 0",
    "year(sampled_on) = 2013 AND quarter(sampled_on) = 2",
    "sampled_on > DATE '2013-05-01'",
    "days_between(DATE '2013-01-01', sampled_on) > 100",
    "least(amount, quantity) < 1 AND greatest(amount, 2) = 2",
    "TRUE",
];

fn some_row() -> impl Strategy<Value = Json> {
    let code = |values: &'static [&'static str]| prop::option::of(prop::sample::select(values));
    (
        code(&["conform", "nonconform", "pending"]),
        code(&["flour", "oil", "steel"]),
        prop::option::of(-300_i64..300),
        prop::option::of(0_i64..6),
        prop::option::of(any::<bool>()),
        code(&["a", "ab", "bb", "A", "", "质量"]),
        prop::option::of(prop::collection::vec(prop::sample::select(vec!["lead", "taste", "\"x\\"]), 0..3)),
        prop::sample::select(vec!["2013-04-30", "2013-05-01", "2013-05-02", "2013-08-01"]),
    )
        .prop_map(|(conclusion, product, cents, quantity, sealed, producer, items, day)| {
            let mut data = json!({ "no": "x", "sampled_on": day, "place": "621122" });
            let mut set = |name: &str, value: Option<Json>| {
                if let Some(value) = value {
                    data[name] = value;
                }
            };
            set("conclusion", conclusion.map(Json::from));
            set("product", product.map(Json::from));
            set(
                "amount",
                cents.map(|cents| {
                    let sign = if cents < 0 { "-" } else { "" };
                    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100).into()
                }),
            );
            set("quantity", quantity.map(Json::from));
            set("sealed", sealed.map(Json::from));
            set("producer", producer.map(Json::from));
            set("failed_items", items.map(Json::from));
            data
        })
}

/// A row as the catalog sees it.
struct Fields(BTreeMap<String, Value>);

impl Row for Fields {
    fn value(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or(Value::Null)
    }
}

fn fields(data: &Json) -> Fields {
    let value = |name: &str, value: &Json| match (name, value) {
        ("amount", Json::String(text)) => Value::Decimal(common::decimal(text)),
        ("sampled_on", Json::String(text)) => Value::Date(text.parse().unwrap()),
        (_, Json::String(text)) => Value::Text(text.clone()),
        (_, Json::Bool(truth)) => Value::Bool(*truth),
        (_, Json::Number(number)) => Value::Integer(number.as_i64().unwrap()),
        (_, Json::Array(items)) if items.is_empty() => Value::Null,
        (_, Json::Array(items)) => {
            Value::Texts(items.iter().map(|item| item.as_str().unwrap().to_owned()).collect())
        }
        _ => Value::Null,
    };
    Fields(data.as_object().unwrap().iter().map(|(name, json)| (name.clone(), value(name, json))).collect())
}

fn catalog() -> std::sync::Arc<zhiheng_catalog::Catalog> {
    let indicators: String = FORMULAS
        .iter()
        .enumerate()
        .map(|(at, formula)| {
            format!(
                r#"
[indicator.f{at}]
name = {{ zh = "率", en = "Rate" }}
HEAD
kind = "proportion"
of = "t.batch"
top = "TRUE"
bottom = """{formula}"""
by = ["product"]
unit = "percent"
better = "higher"
round = {{ rule = "gbt8170", digits = 1 }}
"#
            )
        })
        .collect();
    common::catalog_with(&indicators)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn both_back_ends_agree(rows in prop::collection::vec(some_row(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        runtime.block_on(async {
            let catalog = catalog();
            let leaves = rows.iter().map(|data| common::record("t.batch", data.clone())).collect();
            let (engine, _dir) = common::engine_with(leaves, std::sync::Arc::clone(&catalog), 2).await;
            let scope = Scope::of_record(&catalog.records["t.batch"], &catalog.lists);
            for (at, text) in FORMULAS.iter().enumerate() {
                let formula = Formula::parse(text, &scope).unwrap();
                let mut want = [0_u64; 3];
                for data in &rows {
                    want[match formula.holds(&fields(data)) {
                        Some(true) => 0,
                        Some(false) => 1,
                        None => 2,
                    }] += 1;
                }
                // From the roll-up and from the lake.
                for period in ["2013", "2013-01-01..2013-12-30"] {
                    let query = Query::new(format!("t.f{at}"), Area::One(common::region("621122")), vec![common::period(period)]);
                    let found = engine.table(&query).await.unwrap().remove(0);
                    let count = |reason: &str| {
                        found.excluded.iter().find(|one| one.reason == reason).map_or(0, |one| one.records)
                    };
                    assert_eq!([found.records, count("bottom"), count("unknown")], want, "{text} {period}");
                }
            }
        });
    }
}
