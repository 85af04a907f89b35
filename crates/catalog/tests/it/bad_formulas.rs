//! Formulas that must be refused, fast and with a sentence that helps.

use std::time::{Duration, Instant};

use zhiheng_base::Lang;
use zhiheng_base::render::{Options, render};
use zhiheng_catalog::formula::{Formula, Scope, ValueType};
use zhiheng_catalog::model::CodeList;

fn list() -> CodeList {
    let files = [(
        "t/lists.toml",
        "[list.c]\nname = { zh = \"结论\", en = \"c\" }\nbasis = [\"b\"]\nowner = \"o\"\nsince = 2010-01-01\nitems = [{ code = \"conform\", zh = \"合格\", en = \"ok\" }, { code = \"nonconform\", zh = \"不合格\", en = \"not ok\" }]\n",
    )];
    zhiheng_catalog::load_texts(&files).catalog.lists.remove("t.c").expect("the list is good")
}

fn refused(text: &str, lang: Lang) -> String {
    let list = list();
    let scope = Scope::new("sampling.batch")
        .with_codes("conclusion", &list)
        .with("sampled_on", ValueType::Date)
        .with("amount", ValueType::Decimal)
        .with("pieces", ValueType::Integer)
        .with("sealed", ValueType::Bool)
        .with("standard", ValueType::Text)
        .with("items", ValueType::Texts);
    match Formula::parse(text, &scope) {
        Ok(formula) => panic!("{text} passed as {formula}"),
        Err(problems) => problems
            .into_iter()
            .map(|one| render(&one.placed("formula", text), lang, &Options::default()))
            .collect(),
    }
}

const BAD: &[&str] = &[
    "",
    "concluson = 'conform'",
    "nothing = 'conform'",
    "conclusion = 'confrom'",
    "conclusion = '合格'",
    "conclusion IN ('conform', 'failed')",
    "conclusion = \"conform\"",
    "conclusion = 1",
    "conclusion > sampled_on",
    "sampled_on >= '2013-13-01'",
    "sampled_on = DATE '2013-02-30'",
    "sampled_on - 1 > 0",
    "amount AND sealed",
    "NOT amount",
    "amount = NULL",
    "sealed > TRUE",
    "items = 'lead'",
    "contains(standard, 'x')",
    "contains(items)",
    "lenght(standard) > 3",
    "sum(amount) > 3",
    "round(amount, pieces) > 3",
    "amount = 1e9",
    "amount = 99999999999999999999",
    "CASE WHEN sealed THEN 1 ELSE 'x' END = 1",
    "CASE conclusion WHEN 'conform' THEN TRUE END",
    "conclusion = 'conform' sealed",
    "conclusion = ",
    "(conclusion = 'conform'",
    "conclusion = 'conform",
    "sealed; DROP TABLE x",
    "sealed -- yes",
    "sealed /* yes */",
    "COPY x TO '/etc/passwd'",
    "SELECT 1",
    "amount IN (SELECT 1)",
    "EXISTS (SELECT 1)",
    "amount > (SELECT 1)",
    "CAST(amount AS INT) > 1",
    "amount::int > 1",
    "row_number() OVER () > 1",
    "amount > ANY(items)",
    "standard LIKE standard",
    "standard || 'x' = 'y'",
    "INTERVAL '1' DAY = 1",
    "sampled_on >\n  '2013/01/01' AND\n  concluson = 'x'",
];

#[test]
fn refused_in_chinese_and_english() {
    let text = |lang| {
        let shown = BAD.iter().map(|bad| match bad.len() {
            0 => String::from("── \n") + &refused(bad, lang),
            _ => format!("── {}\n{}", bad.replace('\n', "\\n"), refused(bad, lang)),
        });
        shown.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!("formulas_zh", text(Lang::Zh));
    insta::assert_snapshot!("formulas_en", text(Lang::En));
}

#[test]
fn deep_and_long_formulas_end_quickly() {
    let started = Instant::now();
    let deep = [
        format!("{}sealed{}", "(".repeat(10_000), ")".repeat(10_000)),
        format!("{}sealed{}", "(".repeat(3_000), ")".repeat(3_000)),
        format!("{}sealed{}", "(".repeat(65), ")".repeat(65)),
        "NOT ".repeat(2_000) + "sealed",
        "- ".repeat(2_000) + "amount = 1",
        "CASE WHEN ".repeat(500) + "sealed",
        "coalesce(".repeat(500) + "sealed",
        "sealed AND ".repeat(600) + "sealed",
    ];
    for text in &deep {
        let shown = refused(text, Lang::En);
        assert!(["ZH2701", "ZH2702", "ZH2703"].iter().any(|code| shown.contains(code)), "{shown}");
    }
    // Refused by size of what it would grow into, not by what it is.
    let mut doubled = "amount".to_owned();
    for _ in 0..12 {
        doubled = format!("CASE WHEN {doubled} BETWEEN 1 AND 2 THEN 1.0 ELSE 2.0 END");
    }
    refused(&format!("{doubled} = 1"), Lang::En);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn what_is_within_the_limits_passes() {
    let started = Instant::now();
    let scope = Scope::new("x").with("sealed", ValueType::Bool).with("amount", ValueType::Decimal);
    let good = [
        format!("{}sealed{}", "(".repeat(64), ")".repeat(64)),
        "NOT ".repeat(64) + "sealed",
        "sealed AND ".repeat(499) + "sealed",
        "coalesce(".repeat(64) + "amount" + &")".repeat(64) + " = 1",
        "CASE WHEN sealed THEN ".repeat(60) + "1" + &" END".repeat(60) + " = 1",
    ];
    for text in &good {
        if let Err(problems) = Formula::parse(text, &scope) {
            panic!("{text}: {problems:?}");
        }
    }
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
