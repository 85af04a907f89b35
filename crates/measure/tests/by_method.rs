//! Samples by design and figures of methods: against R, against hand calculation, and for what they say when they cannot answer.

mod common;

use std::sync::Arc;

use common::{at, engine_with, leaf, record, value};
use serde_json::json;
use zhiheng_catalog::{Catalog, load_texts};
use zhiheng_measure::{Address, Area, Flag, Query, RowsRequest};
use zhiheng_methods::run::{self, Cell, Frame, Options};

const HEAD: &str = "basis = [\"a rule\"]\nowner = \"office\"\nsince = 2000-01-01\nbetter = \"higher\"\n\
                    round = { rule = \"gbt8170\", digits = 4 }\n";

const RECORDS: &str = r#"
[record.answer]
name = { zh = "答卷", en = "Answer" }
basis = ["a rule"]
owner = "office"
since = 2000-01-01
key = ["no"]
date = "day"
region = "place"
[record.answer.fields]
no = { type = "text", zh = "编号", en = "Number" }
day = { type = "date", zh = "日期", en = "Day" }
place = { type = "region", zh = "地区", en = "Region" }
kind = { type = "text", optional = true, zh = "类", en = "Kind" }
stratum = { type = "text", optional = true, zh = "层", en = "Stratum" }
point = { type = "text", optional = true, zh = "点", en = "Point" }
points_in_stratum = { type = "integer", optional = true, zh = "点数", en = "Points" }
weight = { type = "decimal", scale = 3, optional = true, zh = "权数", en = "Weight" }
mark = { type = "integer", optional = true, zh = "分", en = "Mark" }
second = { type = "integer", optional = true, zh = "分二", en = "Second mark" }
"#;

/// A catalog of one record type and these indicators; `HEAD` stands for what all share.
fn catalog(indicators: &str) -> Arc<Catalog> {
    let indicators = indicators.replace("HEAD", HEAD);
    let loaded = load_texts(&[("s/records.toml", RECORDS), ("s/indicators.toml", &indicators)]);
    let errors: Vec<String> = loaded
        .problems
        .iter()
        .filter(|it| it.is_error())
        .map(|it| it.message(zhiheng_base::Lang::En))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    Arc::new(loaded.catalog)
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn intervals_by_design_equal_r() {
    let one = |method: &str, name: &str| {
        format!(
            "[indicator.{name}]\nname = {{ zh = \"满意率\", en = \"Satisfied\" }}\nHEAD\nkind = \"proportion\"\n\
             of = \"s.answer\"\ntop = \"mark >= 7\"\nbottom = \"mark IS NOT NULL\"\nweight = \"weight\"\n\
             design = {{ strata = \"stratum\", cluster = \"point\", population = \"points_in_stratum\", \
             lonely = \"adjust\" }}\nunit = \"percent\"\ninterval = {{ method = \"{method}\", level = 0.9 }}\n"
        )
    };
    let names = [
        ("xlogit", "logit"),
        ("beta", "beta"),
        ("asin", "asin"),
        ("mean", "mean"),
        ("likelihood", "likelihood"),
    ];
    let indicators: String = names.iter().map(|(name, method)| one(method, name)).collect();
    let leaves = rows("design.csv")
        .iter()
        .map(|row| {
            let mut data = json!({ "no": row[0], "day": "2013-09-20", "place": row[1], "stratum": row[2],
                "point": row[3], "points_in_stratum": row[4].parse::<i64>().unwrap(), "weight": row[5] });
            if !row[6].is_empty() {
                data["mark"] = row[6].parse::<i64>().unwrap().into();
            }
            record("s.answer", data)
        })
        .collect();
    let (engine, _dir) = engine_with(leaves, catalog(&indicators), 2).await;
    for row in rows("expected_design.csv") {
        let measure = at(&engine, &format!("s.{}/{}/2013", row[1], row[0])).await;
        let number = |at: usize| row[at].parse::<f64>().unwrap() * 100.0;
        let (low, high) = measure.limits.unwrap_or_else(|| panic!("{row:?}: {:?}", measure.refusal));
        // R fits the likelihood's share to eight digits and interpolates its limits between five points to each side.
        let (exact, within) = if row[1] == "likelihood" { (1e-6, 0.2) } else { (1e-9, 1e-8) };
        assert!((measure.number.unwrap() - number(2)).abs() < exact, "{row:?} {:?}", measure.number);
        assert!(
            (low - number(3)).abs() < within && (high - number(4)).abs() < within,
            "{row:?} {low} {high}"
        );
        assert!(measure.weighted);
    }
    // A table of counties gives each the limits that it has alone.
    let below = Area::Below(common::region("621100"), zhiheng_base::Level::County);
    let table = engine.table(&Query::new("s.beta", below, vec![common::period("2013")])).await.unwrap();
    let counted: Vec<_> = table.iter().filter(|measure| measure.records > 0).collect();
    assert_eq!(counted.len(), 3);
    for measure in counted {
        let alone = at(&engine, &measure.address.to_string()).await;
        assert_eq!((measure.limits, &measure.value), (alone.limits, &alone.value));
    }
}

#[tokio::test]
async fn a_sample_without_variance_says_so() {
    let indicators = "[indicator.rate]\nname = { zh = \"率\", en = \"Rate\" }\nHEAD\nkind = \"proportion\"\nof = \"s.answer\"\n\
        top = \"mark >= 7\"\nbottom = \"mark IS NOT NULL\"\nweight = \"weight\"\ndesign = { strata = \"stratum\", cluster = \"point\" }\n\
        unit = \"percent\"\ninterval = { method = \"logit\", level = 0.95 }\n";
    let answer = |no: &str, stratum: &str, point: &str, mark: i64| {
        record(
            "s.answer",
            json!({ "no": no, "day": "2013-09-20", "place": "621122", "stratum": stratum, "point": point,
            "weight": "2", "mark": mark }),
        )
    };
    // The second stratum has one point: nothing can be said of its variance.
    let leaves = vec![
        answer("1", "a", "1", 8),
        answer("2", "a", "2", 3),
        answer("3", "b", "3", 9),
        answer("4", "b", "3", 2),
    ];
    let (engine, _dir) = engine_with(leaves, catalog(indicators), 1).await;
    let measure = at(&engine, "s.rate/621122/2013").await;
    assert_eq!((measure.value.as_deref(), measure.limits), (Some("50.0000"), None));
    assert!(measure.has(Flag::NoInterval));
    assert!(measure.refusal["said"].contains("stratum"), "{:?}", measure.refusal);
}

const INDEX: &str = r#"
[indicator.index]
name = { zh = "指数", en = "Index" }
HEAD
kind = "latent"
of = "s.answer"
where = "kind <> 'test'"
by = ["kind"]
method = "pls.index"
columns = { a = "mark", b = "second" }
options = { model = "Q = a; S = b; S ~ Q", level = 0.9 }
answer = { find = { construct = "S" }, value = "index", low = "low", high = "high", also = ["n"] }
unit = { zh = "分", en = "points" }
"#;

fn answers(place: &str, kind: &str, marks: &[(i64, i64)]) -> Vec<Vec<u8>> {
    let row = |(at, (mark, second)): (usize, &(i64, i64))| {
        record(
            "s.answer",
            json!({ "no": format!("{place}{kind}{at}"), "day": "2013-05-02", "place": place,
            "kind": kind, "mark": mark, "second": second }),
        )
    };
    marks.iter().enumerate().map(row).collect()
}

#[tokio::test]
async fn a_latent_quality_is_what_the_method_makes_of_the_records() {
    let (here, there) = ([(7, 8), (5, 5), (9, 8), (4, 6), (8, 7)], [(3, 4), (5, 4), (6, 6), (2, 3)]);
    let mut leaves = answers("621122", "x", &here);
    leaves.extend(answers("621123", "x", &there));
    leaves.extend(answers("621122", "test", &[(1, 1)]));
    let withdrawn = leaves.len() as u64;
    leaves.extend(answers("621122", "y", &[(10, 10)]));
    leaves.push(leaf("withdraw", "s.answer", json!({}), Some(withdrawn), None));
    let (engine, _dir) = engine_with(leaves, catalog(INDEX), 2).await;

    let alone = |marks: &[(i64, i64)]| {
        let header = ["a".to_owned(), "b".to_owned()];
        let frame = Frame::new(&header, marks.iter().map(|(a, b)| [a.to_string(), b.to_string()]));
        let options =
            [("model", "Q = a; S = b; S ~ Q"), ("level", "0.9")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let answer = run::method("pls.index").unwrap().run(&frame, &Options::new(options)).unwrap();
        let sheet = &answer.sheets[0];
        ["index", "low", "high"].map(|name| {
            match sheet.rows[1][sheet.columns.iter().position(|column| column == name).unwrap()] {
                Cell::Real(value) => value,
                _ => f64::NAN,
            }
        })
    };
    for (place, marks) in
        [("621122", here.to_vec()), ("621123", there.to_vec()), ("621100", [&here[..], &there].concat())]
    {
        let [index, low, high] = alone(&marks);
        let measure = at(&engine, &format!("s.index/{place}/2013")).await;
        assert!((measure.number.unwrap() - index).abs() < 1e-9, "{place}");
        assert_eq!(measure.limits, Some((low, high)), "{place}");
        assert_eq!(measure.records, marks.len() as u64);
        assert_eq!(measure.interval.as_deref(), Some("pls.index 90 %"));
        assert_eq!(measure.beside, [("n".to_owned(), marks.len().to_string())]);
    }
    let excluded = at(&engine, "s.index/621122/2013").await.excluded;
    let reasons: Vec<(&str, u64)> = excluded.iter().map(|one| (one.reason.as_str(), one.records)).collect();
    assert_eq!(reasons, [("filter", 1), ("withdrawn", 1)]);
    let rows = engine
        .rows(&"s.index/621122/2013".parse::<Address>().unwrap(), RowsRequest::default())
        .await
        .unwrap();
    assert_eq!(rows.rows.len(), here.len());
    // Split by kind, and for one kind: the same.
    let split = engine
        .table(
            &Query::new("s.index", Area::One(common::region("621100")), vec![common::period("2013")])
                .by("kind"),
        )
        .await
        .unwrap();
    assert_eq!(split.len(), 1);
    assert_eq!(split[0].value, value(&engine, "s.index/621100/2013;kind=x").await);
    // Nothing to compute from: the figure says why, and explains it.
    let none = at(&engine, "s.index/621122/2012").await;
    assert!(none.value.is_none() && none.refusal.is_empty());
    let explained = engine.explain(&"s.index/621122/2013".parse::<Address>().unwrap()).await.unwrap();
    let lines = explained.root.lines(zhiheng_base::Lang::En).join("\n");
    for part in ["pls.index", "5 rows", "column a: mark", "model = Q = a; S = b; S ~ Q"] {
        assert!(lines.contains(part), "{part} is not in\n{lines}");
    }
}

#[tokio::test]
async fn a_method_that_refuses_leaves_the_reason() {
    let (engine, _dir) =
        engine_with(answers("621122", "x", &[(5, 5), (5, 5), (5, 5)]), catalog(INDEX), 1).await;
    let measure = at(&engine, "s.index/621122/2013").await;
    assert!(measure.value.is_none() && measure.has(Flag::Refused), "{measure:?}");
    assert_eq!(measure.refusal["id"], "pls.index");
    let explained = engine.explain(&"s.index/621122/2013".parse::<Address>().unwrap()).await.unwrap();
    for (lang, part) in [(zhiheng_base::Lang::En, "gives no figure"), (zhiheng_base::Lang::Zh, "给不出结果")]
    {
        assert!(explained.root.lines(lang).join("\n").contains(part));
    }
}

const CHART: &str = r#"
[indicator.rate]
name = { zh = "率", en = "Rate" }
HEAD
kind = "proportion"
of = "s.answer"
top = "mark >= 7"
bottom = "mark IS NOT NULL"
unit = "percent"
[indicator.chart]
name = { zh = "图", en = "Chart" }
HEAD
kind = "spc"
steps = { of = "month", before = 6 }
method = "spc.p"
columns = { x = { of = "s.rate", take = "bottom - top" }, n = { of = "s.rate", take = "bottom" }, base = { take = "base" } }
answer = { find = { sample = "@step" }, value = "value", centre = "centre", low = "low", high = "high", scale = 100, alarm = ["beyond"] }
unit = { zh = "个月", en = "months" }
[indicator.area]
name = { zh = "小区域", en = "Area" }
HEAD
kind = "small-area"
among = "siblings"
method = "small_area.fay_herriot"
columns = { area = { take = "region" }, y = "s.rate", variance = { of = "s.rate", take = "records * 0 + 25" } }
options = { method = "moments" }
answer = { find = { area = "@region" }, value = "estimate", low = "low", high = "high", also = ["own_share"] }
unit = "percent"
"#;

/// `bad` of 100 answers below 7 on a day.
fn month(place: &str, day: &str, bad: usize) -> Vec<Vec<u8>> {
    (0..100)
        .map(|at| {
            record(
                "s.answer",
                json!({ "no": format!("{place}{day}{at}"), "day": day, "place": place,
                "mark": if at < bad { 5 } else { 9 } }),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_chart_counts_the_steps_outside_its_limits() {
    // Half a year without April to say what is usual, then three months, the last far out.
    let mut leaves = Vec::new();
    for (day, bad) in [
        ("2013-01-05", 10),
        ("2013-02-05", 12),
        ("2013-03-05", 8),
        ("2013-05-05", 9),
        ("2013-06-05", 11),
        ("2013-07-05", 10),
        ("2013-08-05", 14),
        ("2013-09-05", 30),
    ] {
        leaves.extend(month("621122", day, bad));
    }
    let (engine, _dir) = engine_with(leaves, catalog(CHART), 2).await;
    let measure = at(&engine, "s.chart/621122/2013Q3").await;
    assert_eq!((measure.value.as_deref(), measure.cells), (Some("1.0000"), Some(8)));
    assert_eq!(measure.records, 300);
    let centre = 10.0;
    let half = 3.0 * (0.1_f64 * 0.9 / 100.0).sqrt() * 100.0;
    let periods: Vec<&str> = measure.steps.iter().map(|step| step.period.as_str()).collect();
    assert_eq!(periods, (1..=9).map(|month| format!("2013-0{month}")).collect::<Vec<_>>());
    for (step, bad) in measure.steps.iter().zip([
        Some(10),
        Some(12),
        Some(8),
        None,
        Some(9),
        Some(11),
        Some(10),
        Some(14),
        Some(30),
    ]) {
        let same = step.value.zip(bad).is_none_or(|(value, bad)| (value - f64::from(bad)).abs() < 1e-9);
        assert!(same && step.value.is_some() == bad.is_some(), "{}: {:?}", step.period, step.value);
        assert_eq!(step.base, step.period.as_str() < "2013-07");
        assert_eq!(step.alarm, bad == Some(30));
        if bad.is_some() {
            let near = |found: Option<f64>, wanted: f64| (found.unwrap() - wanted).abs() < 1e-9;
            assert!(
                near(step.centre, centre) && near(step.low, centre - half) && near(step.high, centre + half)
            );
        }
    }
    // A month of its own, and a place without any record.
    assert_eq!(value(&engine, "s.chart/621122/2013-09").await.as_deref(), Some("1.0000"));
    assert_eq!(value(&engine, "s.chart/621122/2013-08").await.as_deref(), Some("0.0000"));
    let none = at(&engine, "s.chart/621123/2013Q3").await;
    assert!(none.value.is_none() && none.has(Flag::Refused));
}

#[tokio::test]
async fn places_are_judged_among_their_like() {
    // 80, 90 and 100 % with a variance of 25: between variance 75, so 3/4 of each stays its own.
    let mut leaves = month("621121", "2013-01-05", 20);
    leaves.extend(month("621122", "2013-01-05", 10));
    leaves.extend(month("621123", "2013-01-05", 0));
    // Another city is no sibling of these counties.
    leaves.extend(month("620102", "2013-01-05", 70));
    let (engine, _dir) = engine_with(leaves, catalog(CHART), 2).await;
    for (place, estimate) in [("621121", 82.5), ("621122", 90.0), ("621123", 97.5)] {
        let measure = at(&engine, &format!("s.area/{place}/2013")).await;
        assert!((measure.number.unwrap() - estimate).abs() < 1e-9, "{place}: {:?}", measure.number);
        assert_eq!((measure.cells, measure.records), (Some(3), 100));
        assert_eq!(measure.beside, [("own_share".to_owned(), "0.75".to_owned())]);
        assert!(measure.limits.unwrap().0 < estimate && estimate < measure.limits.unwrap().1);
    }
    let below = Area::Below(common::region("621100"), zhiheng_base::Level::County);
    let table = engine.table(&Query::new("s.area", below, vec![common::period("2013")])).await.unwrap();
    let found: Vec<String> = table.iter().filter_map(|measure| measure.value.clone()).collect();
    assert_eq!(found, ["82.5000", "90.0000", "97.5000"]);
    // The rows stand behind the rates that it is made of.
    let error = engine
        .rows(&"s.area/621122/2013".parse::<Address>().unwrap(), RowsRequest::default())
        .await
        .unwrap_err();
    assert_eq!(error.code, "ZH5008");
}
