//! Times grades and how sure they are, for 3,000 places and 120 items, so that `cargo xtask bench judge` can say whether the goals are
//! met. The data are made from a fixed rule; it prints seconds of the computation alone as lines of JSON.
#![expect(clippy::print_stdout, reason = "its output is the seconds")]

use std::time::Instant;

use zhiheng_base::{Decimal, Lang, RegionCode, Regions};
use zhiheng_catalog::load_texts;
use zhiheng_catalog::model::Scheme;
use zhiheng_judge::{Draws, Figure, Figures, Given, Spread, explain, judge, robust};

const PLACES: usize = 3000;
const ITEMS: usize = 120;
const RUNS: usize = 3;
/// Ways to score; every tenth item is ranked.
const SCORES: [&str; 10] = [
    "{ stepped = { target = 90, step = 0.5, each = 0.1, begun = true } }",
    "{ target_ratio = { target = 99 } }",
    "{ between = { best = 100, worst = 60 } }",
    "{ levels = [{ from = 90, points = 1 }, { from = 80, points = 0.6 }, { from = 70, points = 0.3 }] }",
    "{ binary = { at_least = 85 } }",
    "{ checklist = { each = 0.01 } }",
    "{ change = { better = 1, same = 0.8, worse = 0.4, within = 80 } }",
    "{ stepped = { target = 95, step = 1, each = 0.05 } }",
    "{ between = { best = 60, worst = 100 } }",
    "{ rank = [{ top = 0.3, points = 1 }, { top = 0.6, points = 0.5 }] }",
];

fn main() {
    let Some(scheme) = scheme() else {
        println!("{{\"error\": \"the scheme of the bench does not load\"}}");
        return;
    };
    let places: Vec<RegionCode> = (0..PLACES).filter_map(place).collect();
    let figures = figures(&scheme, &places);
    let regions = Regions::default();
    let mut verdicts = Vec::new();
    timed("judge", || verdicts = judge(&scheme, &places, &figures));
    timed("explain", || {
        let verdicts = judge(&scheme, &places, &figures);
        let lines = verdicts.iter().map(|one| explain(&scheme, one, &regions, Lang::Zh));
        std::hint::black_box(lines.collect::<Vec<_>>());
    });
    timed("robust", || {
        std::hint::black_box(robust(&scheme, &places, &figures, &Given::default(), Draws::default()).is_ok());
    });
}

/// The median and all seconds of some runs.
fn timed(what: &str, mut work: impl FnMut()) {
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    println!("{}", serde_json::json!({ "what": what, "seconds": seconds, "median": seconds[RUNS / 2] }));
}

fn place(at: usize) -> Option<RegionCode> {
    RegionCode::parse(&format!("{:02}{:02}{:02}", 11 + at / 900, 1 + at / 90 % 10, 1 + at % 90)).ok()
}

fn scheme() -> Option<Scheme> {
    let head = "basis = [\"a rule\"]\nowner = \"office\"\nsince = 2013-01-01\n";
    let mut indicators = String::new();
    let mut scheme = format!(
        "[scheme.s]\nname = {{ zh = \"s\", en = \"s\" }}\n{head}assesses = \"county\"\nfull = {ITEMS}\n\
         round = {{ rule = \"gbt8170\", digits = 1 }}\nmissing = \"redistribute\"\nweights = {{ within = 0.1 }}\nbands = [\n\
         {{ grade = \"A\", name = {{ zh = \"A\", en = \"A\" }}, from = 90 }},\n\
         {{ grade = \"B\", name = {{ zh = \"B\", en = \"B\" }}, from = 70 }},\n\
         {{ grade = \"C\", name = {{ zh = \"C\", en = \"C\" }}, from = 0 }} ]\n"
    );
    for at in 0..ITEMS {
        indicators += &format!(
            "[indicator.i{at}]\nname = {{ zh = \"i\", en = \"i\" }}\n{head}kind = \"count\"\nof = \"t.r\"\n\
             unit = {{ zh = \"n\", en = \"n\" }}\nbetter = \"higher\"\nround = {{ rule = \"gbt8170\", digits = 0 }}\n"
        );
        scheme += &format!(
            "[[scheme.s.item]]\nid = \"i{at}\"\nname = {{ zh = \"i\", en = \"i\" }}\npoints = 1\nmeasure = \"t.i{at}\"\nscore = {}\n",
            SCORES[at % SCORES.len()]
        );
    }
    let records = format!(
        "[record.r]\nname = {{ zh = \"r\", en = \"r\" }}\n{head}key = [\"no\"]\ndate = \"day\"\n[record.r.fields]\n\
         no = {{ type = \"text\", zh = \"n\", en = \"n\" }}\nday = {{ type = \"date\", zh = \"d\", en = \"d\" }}\n"
    );
    let files = [
        ("t/README.md", "# t"),
        ("t/records.toml", records.as_str()),
        ("t/indicators.toml", indicators.as_str()),
        ("t/scheme.toml", scheme.as_str()),
    ];
    load_texts(&files).catalog.schemes.remove("t.s")
}

/// Figures from 70 to 100 with standard errors of 0.5 to 3; every fortieth is missing.
fn figures(scheme: &Scheme, places: &[RegionCode]) -> Figures {
    let mut figures = Figures::default();
    for (i, item) in scheme.items.iter().enumerate() {
        for (at, &place) in places.iter().enumerate() {
            let mixed = (at * 7919 + i * 104_729) % 3001;
            let value = (mixed % 40 != 0).then(|| Decimal::new(7000 + mixed as i64, 2));
            let spread = Spread::normal(0.5 + (mixed % 26) as f64 / 10.0).map(|one| one.within(0.0, 100.0));
            let measure = item.measure.as_deref().unwrap_or_default();
            let address = format!("{measure}/{place}/2013");
            let shown = value.map(|value| value.to_string()).unwrap_or_default();
            figures.add(measure, place, Figure { address, value, shown, spread, ..Figure::default() });
        }
    }
    figures
}
