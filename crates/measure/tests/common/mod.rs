//! A small catalog and ledger leaves for the tests of this crate.
#![allow(dead_code)]

use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use zhiheng_base::{Decimal, Period, RegionCode};
use zhiheng_catalog::{Catalog, load_texts};
use zhiheng_measure::{Address, Engine, EngineOptions, Measure, Memory};

const HEAD: &str = r#"basis = ["a rule"]
owner = "office"
since = 2000-01-01
"#;

const LISTS: &str = "";

const RECORDS: &str = r#"
[record.batch]
name = { zh = "批次", en = "Batch" }
HEAD
key = ["no"]
date = "sampled_on"
region = "place"
accept = "good"
[record.batch.fields]
no = { type = "text", zh = "编号", en = "Number" }
sampled_on = { type = "date", zh = "日期", en = "Day" }
place = { type = "region", zh = "地区", en = "Region" }
product = { type = "code", optional = true, zh = "产品", en = "Product", list = [ { code = "flour", zh = "面粉", en = "Flour" }, { code = "oil", zh = "油", en = "Oil" }, { code = "steel", zh = "钢", en = "Steel" } ] }
industry = { type = "code", optional = true, zh = "行业", en = "Industry", list = [ { code = "13", zh = "农副", en = "Food" }, { code = "31", zh = "钢铁", en = "Steel" }, { code = "39", zh = "电子", en = "Electronics" } ] }
conclusion = { type = "code", optional = true, zh = "结论", en = "Conclusion", list = [ { code = "conform", zh = "合格", en = "Conforming" }, { code = "nonconform", zh = "不合格", en = "Non-conforming" }, { code = "pending", zh = "未定", en = "Pending" } ] }
amount = { type = "decimal", scale = 2, optional = true, zh = "金额", en = "Amount" }
design = { type = "decimal", scale = 3, optional = true, zh = "权数", en = "Weight" }
quantity = { type = "integer", optional = true, zh = "数量", en = "Quantity" }
sealed = { type = "bool", optional = true, zh = "封样", en = "Sealed" }
producer = { type = "text", optional = true, zh = "生产者", en = "Producer" }
failed_items = { type = "text", many = true, optional = true, zh = "不合格项目", en = "Failed items" }

[record.certificate]
name = { zh = "证书", en = "Certificate" }
HEAD
key = ["no"]
valid = { from = "issued_on", until = "expires_on" }
region = "place"
[record.certificate.fields]
no = { type = "text", zh = "编号", en = "Number" }
issued_on = { type = "date", zh = "发证", en = "Issued" }
expires_on = { type = "date", future = true, optional = true, zh = "到期", en = "Expires" }
place = { type = "region", zh = "地区", en = "Region" }
holder = { type = "text", zh = "持有人", en = "Holder" }

[record.figure]
name = { zh = "数字", en = "Figure" }
HEAD
key = ["place", "day"]
date = "day"
region = "place"
[record.figure.fields]
place = { type = "region", zh = "地区", en = "Region" }
day = { type = "date", zh = "日期", en = "Day" }
tons = { type = "decimal", scale = 2, zh = "吨", en = "Tons" }

[record.output]
name = { zh = "产值", en = "Output" }
HEAD
key = ["place", "industry", "day"]
date = "day"
region = "place"
[record.output.fields]
place = { type = "region", zh = "地区", en = "Region" }
day = { type = "date", zh = "日期", en = "Day" }
industry = { type = "code", zh = "行业", en = "Industry", list = [ { code = "13", zh = "农副", en = "Food" }, { code = "31", zh = "钢铁", en = "Steel" }, { code = "39", zh = "电子", en = "Electronics" } ] }
value = { type = "decimal", scale = 1, zh = "产值", en = "Output" }
"#;

const INDICATORS: &str = r#"
[indicator.rate]
name = { zh = "合格率", en = "Pass rate" }
HEAD
kind = "proportion"
of = "t.batch"
top = "conclusion = 'conform'"
bottom = "conclusion IN ('conform', 'nonconform')"
by = ["product", "industry", "sealed", "quantity", "producer"]
unit = "percent"
better = "higher"
interval = { method = "wilson", level = 0.95 }
small = { below = 30, then = "flag" }
round = { rule = "gbt8170", digits = 1 }
[[indicator.rate.break]]
on = 2015-02-01
says = { zh = "新规范", en = "new rules" }
[[indicator.rate.target]]
region = "621100"
period = "2013"
at_least = 85.9
basis = "plan"

[indicator.bad_rate]
name = { zh = "不合格率", en = "Failure rate" }
HEAD
kind = "proportion"
of = "t.batch"
where = "product <> 'oil'"
top = "conclusion = 'nonconform'"
bottom = "conclusion IN ('conform', 'nonconform')"
by = ["product"]
unit = "percent"
better = "lower"
interval = { method = "clopper-pearson", level = 0.9 }
small = { below = 3, then = "suppress" }
round = { rule = "half-up", digits = 2 }

[indicator.batches]
name = { zh = "批次数", en = "Batches" }
HEAD
kind = "count"
of = "t.batch"
by = ["product"]
unit = { zh = "批次", en = "batches" }
better = "neither"
round = { rule = "gbt8170", digits = 0 }

[indicator.producers]
name = { zh = "企业合格率", en = "Enterprise pass rate" }
HEAD
kind = "proportion"
of = "t.batch"
top = "conclusion = 'conform'"
bottom = "conclusion IN ('conform', 'nonconform')"
distinct = "producer"
by = ["product"]
unit = "percent"
better = "higher"
round = { rule = "gbt8170", digits = 1 }

[indicator.amount]
name = { zh = "金额", en = "Amount" }
HEAD
kind = "sum"
of = "t.batch"
value = "amount"
by = ["product"]
unit = { zh = "元", en = "yuan" }
better = "higher"
round = { rule = "gbt8170", digits = 2 }

[indicator.mean_amount]
name = { zh = "平均金额", en = "Mean amount" }
HEAD
kind = "mean"
of = "t.batch"
value = "amount"
by = ["product"]
unit = { zh = "元", en = "yuan" }
better = "higher"
interval = { method = "student-t", level = 0.95 }
round = { rule = "gbt8170", digits = 2 }

[indicator.unit_price]
name = { zh = "单价", en = "Unit price" }
HEAD
kind = "ratio"
of = "t.batch"
top = "amount"
bottom = "quantity * 1.5"
by = ["product"]
unit = { zh = "元", en = "yuan" }
better = "neither"
round = { rule = "gbt8170", digits = 3 }

[indicator.design_rate]
name = { zh = "加权合格率", en = "Design-weighted rate" }
HEAD
kind = "proportion"
of = "t.batch"
top = "conclusion = 'conform'"
bottom = "conclusion IN ('conform', 'nonconform')"
weight = "design"
by = ["product"]
unit = "percent"
better = "higher"
round = { rule = "gbt8170", digits = 1 }

[indicator.output_rate]
name = { zh = "产值加权合格率", en = "Output-weighted rate" }
HEAD
kind = "proportion"
of = "t.batch"
top = "conclusion = 'conform'"
bottom = "conclusion IN ('conform', 'nonconform')"
weights = { record = "t.output", value = "value", cell = "industry", coverage_below = 0.9 }
by = ["industry"]
unit = "percent"
better = "higher"
interval = { method = "wilson", level = 0.95 }
round = { rule = "gbt8170", digits = 2 }

[indicator.comparable_rate]
name = { zh = "可比合格率", en = "Comparable rate" }
HEAD
kind = "comparable"
follows = "t.rate"
cell = ["product", "region"]
from = "year-before"

[indicator.rate_change]
name = { zh = "合格率变化", en = "Change of the rate" }
HEAD
kind = "change"
of = "t.rate"
from = "year-before"
as = "points"
unit = "points"
better = "higher"
round = { rule = "gbt8170", digits = 1 }

[indicator.amount_change]
name = { zh = "金额增长", en = "Growth of the amount" }
HEAD
kind = "change"
of = "t.amount"
from = "previous"
as = "percent"
unit = "percent"
better = "higher"
round = { rule = "gbt8170", digits = 1 }

[indicator.certificates]
name = { zh = "有效证书", en = "Valid certificates" }
HEAD
kind = "register"
of = "t.certificate"
unit = { zh = "张", en = "certificates" }
better = "higher"
round = { rule = "gbt8170", digits = 0 }

[indicator.holders]
name = { zh = "持证企业", en = "Certified enterprises" }
HEAD
kind = "register"
of = "t.certificate"
distinct = "holder"
unit = { zh = "家", en = "enterprises" }
better = "higher"
round = { rule = "gbt8170", digits = 0 }

[indicator.tons]
name = { zh = "减排量", en = "Tons" }
HEAD
kind = "reported"
of = "t.figure"
value = "tons"
unit = { zh = "吨", en = "t" }
better = "higher"
round = { rule = "gbt8170", digits = 2 }

[indicator.per_certificate]
name = { zh = "每证批次", en = "Batches per certificate" }
HEAD
kind = "derived"
formula = "t.batches / t.certificates"
unit = { zh = "批次", en = "batches" }
better = "neither"
round = { rule = "gbt8170", digits = 2 }
"#;

/// The catalog of the tests.
pub(crate) fn catalog() -> Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    Arc::clone(CATALOG.get_or_init(|| catalog_with(INDICATORS)))
}

/// The same with other indicators.
pub(crate) fn catalog_with(indicators: &str) -> Arc<Catalog> {
    let records = RECORDS.replace("HEAD", HEAD);
    let indicators = indicators.replace("HEAD", HEAD);
    let loaded = load_texts(&[
        ("t/lists.toml", LISTS),
        ("t/records.toml", &records),
        ("t/indicators.toml", &indicators),
    ]);
    let errors: Vec<String> = loaded
        .problems
        .iter()
        .filter(|problem| problem.is_error())
        .map(|problem| format!("{:?} {}", problem.at, problem.message(zhiheng_base::Lang::En)))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut catalog = loaded.catalog;
    // Fields with several values are counted once for each value.
    for id in ["t.rate", "t.batches"] {
        if let Some(indicator) = catalog.indicators.get_mut(id) {
            indicator.by.push("failed_items".to_owned());
        }
    }
    Arc::new(catalog)
}

/// Text of the indicators, for catalogs that differ in one of them.
pub(crate) fn indicators() -> &'static str {
    INDICATORS
}

/// A leaf that records fields.
pub(crate) fn record(of: &str, data: Value) -> Vec<u8> {
    leaf("record", of, data, None, None)
}

/// Any leaf.
pub(crate) fn leaf(
    kind: &str,
    of: &str,
    data: Value,
    corrects: Option<u64>,
    provenance: Option<&str>,
) -> Vec<u8> {
    let mut entry = json!({ "at": "2014-01-01T00:00:00Z", "by": "office", "data": data, "kind": kind,
        "of": of, "v": 1 });
    if let Some(corrects) = corrects {
        entry["corrects"] = corrects.into();
    }
    if let Some(provenance) = provenance {
        entry["provenance"] = provenance.into();
    }
    entry.to_string().into_bytes()
}

/// `n` batches alike.
pub(crate) fn batches(n: usize, day: &str, place: &str, conclusion: &str) -> Vec<Vec<u8>> {
    let data = json!({ "no": "x", "sampled_on": day, "place": place, "conclusion": conclusion });
    vec![record("t.batch", data); n]
}

/// `k` conforming of `n` batches with more fields.
pub(crate) fn sample(k: usize, n: usize, day: &str, place: &str, more: &Value) -> Vec<Vec<u8>> {
    (0..n)
        .map(|at| {
            let conclusion = if at < k { "conform" } else { "nonconform" };
            let mut data = json!({ "no": "x", "sampled_on": day, "place": place, "conclusion": conclusion });
            for (name, value) in more.as_object().into_iter().flatten() {
                data[name] = value.clone();
            }
            record("t.batch", data)
        })
        .collect()
}

/// An engine over leaves, in a temporary folder that lives as long as the pair.
pub(crate) async fn engine(leaves: Vec<Vec<u8>>) -> (Engine, tempfile::TempDir) {
    engine_with(leaves, catalog(), 2).await
}

/// The same with another catalog and number of threads.
pub(crate) async fn engine_with(
    leaves: Vec<Vec<u8>>,
    catalog: Arc<Catalog>,
    threads: usize,
) -> (Engine, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let options = EngineOptions { threads, ..EngineOptions::default() };
    let mut engine = Engine::open(dir.path(), catalog, &options).unwrap();
    engine.refresh(&Memory { leaves }).await.unwrap();
    (engine, dir)
}

/// The measure at an address.
pub(crate) async fn at(engine: &Engine, address: &str) -> Measure {
    engine.measure(&address.parse::<Address>().unwrap()).await.unwrap()
}

/// The printed value at an address.
pub(crate) async fn value(engine: &Engine, address: &str) -> Option<String> {
    at(engine, address).await.value
}

/// A decimal.
pub(crate) fn decimal(text: &str) -> Decimal {
    zhiheng_base::exact::parse_decimal(text).unwrap()
}

/// A region.
pub(crate) fn region(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

/// A period.
pub(crate) fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}
