//! A small catalog, figures and schemes for the tests.

use zhiheng_base::{Decimal, Lang, RegionCode};
use zhiheng_catalog::{Catalog, Loaded, load_texts};
use zhiheng_judge::{Figure, Figures, Verdict, judge};

const HEAD: &str = "basis = [\"a rule\"]\nowner = \"office\"\nsince = 2013-01-01\n";

const RECORDS: &str = "[record.r]\nname = { zh = \"记录\", en = \"Record\" }\nHEADkey = [\"no\"]\ndate = \"day\"\n[record.r.fields]\n\
    no = { type = \"text\", zh = \"号\", en = \"Number\" }\nday = { type = \"date\", zh = \"日\", en = \"Day\" }\n";

/// Indicators a to e and incidents, and a scheme with these items.
pub(crate) fn catalog(items: &str) -> Catalog {
    let loaded = load(items);
    let said: Vec<String> = loaded.problems.iter().map(|problem| problem.message(Lang::En)).collect();
    assert!(loaded.catalog.schemes.contains_key("t.s"), "{said:#?}");
    loaded.catalog
}

pub(crate) fn load(items: &str) -> Loaded {
    let indicator = |id: &str| {
        format!(
            "[indicator.{id}]\nname = {{ zh = \"指标\", en = \"Indicator {id}\" }}\n{HEAD}kind = \"count\"\nof = \"t.r\"\n\
             unit = {{ zh = \"个\", en = \"n\" }}\nbetter = \"higher\"\nround = {{ rule = \"gbt8170\", digits = 0 }}\n"
        )
    };
    let indicators: String = ["a", "b", "c", "d", "e", "incidents"].map(indicator).concat();
    let scheme = format!(
        "[scheme.s]\nname = {{ zh = \"考核\", en = \"Assessment\" }}\n{HEAD}assesses = \"county\"\nfull = 100\n\
         round = {{ rule = \"gbt8170\", digits = 1 }}\nmissing = \"open\"\nbands = [\n\
         {{ grade = \"A\", name = {{ zh = \"优\", en = \"A\" }}, from = 90 }},\n\
         {{ grade = \"B\", name = {{ zh = \"良\", en = \"B\" }}, from = 80 }},\n\
         {{ grade = \"C\", name = {{ zh = \"中\", en = \"C\" }}, from = 60 }},\n\
         {{ grade = \"D\", name = {{ zh = \"差\", en = \"D\" }}, from = 0 }} ]\n{items}\n\
         [[scheme.s.veto]]\nmeasure = \"t.incidents\"\ngrade = \"D\"\nsays = {{ zh = \"事件\", en = \"an incident\" }}\n"
    );
    let files = [
        ("t/README.md", "# t"),
        ("t/indicators.toml", indicators.as_str()),
        ("t/records.toml", &RECORDS.replace("HEAD", HEAD)),
        ("t/scheme.toml", &scheme),
    ];
    load_texts(&files)
}

pub(crate) fn item(id: &str, points: &str, measure: &str, score: &str) -> String {
    format!(
        "[[scheme.s.item]]\nid = \"{id}\"\nname = {{ zh = \"项\", en = \"Item {id}\" }}\npoints = {points}\nmeasure = \"t.{measure}\"\n\
         score = {score}\n"
    )
}

pub(crate) fn decimal(text: &str) -> Decimal {
    zhiheng_base::exact::parse_decimal(text).unwrap()
}

pub(crate) fn region(at: usize) -> RegionCode {
    RegionCode::parse(&format!("6211{:02}", 21 + at)).unwrap()
}

/// Figures of several places: one row per indicator, blank for no data.
pub(crate) fn figures(rows: &[(&str, &[&str])]) -> Figures {
    let mut figures = Figures::default();
    for (indicator, values) in rows {
        for (at, value) in values.iter().enumerate() {
            let value = (!value.is_empty()).then(|| decimal(value));
            let address = format!("t.{indicator}/{}/2013", region(at));
            figures.add(
                &format!("t.{indicator}"),
                region(at),
                Figure { address, value, ..Figure::default() },
            );
        }
    }
    figures
}

pub(crate) fn verdicts(catalog: &Catalog, figures: &Figures, n: usize) -> Vec<Verdict> {
    let places: Vec<RegionCode> = (0..n).map(region).collect();
    judge(&catalog.schemes["t.s"], &places, figures)
}
