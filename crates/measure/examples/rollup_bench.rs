//! Times lake, roll-ups and single figures over made-up inspection rows.
//!
//! ```text
//! cargo run --release -p zhiheng-measure --example rollup_bench -- ROWS THREADS [DIR]
//! ```
//!
//! Rows lie in 40 quarters, over all townships of the region table with a power-law skew, in 200 product classes,
//! 90 % conforming. Prints wall and CPU seconds of each step.

use std::error::Error;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use zhiheng_base::{Diagnostic, Lang, Level, RegionCode};
use zhiheng_measure::{Address, Bundle, Engine, EngineOptions, Leaves};

const RECORDS: &str = r#"
[record.batch]
name = { zh = "批次", en = "Batch" }
basis = ["bench"]
owner = "bench"
since = 2000-01-01
key = ["no"]
date = "sampled_on"
region = "place"
[record.batch.fields]
no = { type = "text", zh = "编号", en = "Number" }
sampled_on = { type = "date", zh = "日期", en = "Day" }
place = { type = "region", zh = "地区", en = "Region" }
product = { type = "code", zh = "产品", en = "Product", list = [PRODUCTS] }
conclusion = { type = "code", zh = "结论", en = "Conclusion", list = [ { code = "conform", zh = "合格", en = "Conforming" }, { code = "nonconform", zh = "不合格", en = "Non-conforming" } ] }
weight = { type = "decimal", scale = 3, zh = "权数", en = "Weight" }
producer = { type = "text", zh = "生产者", en = "Producer" }
"#;

const INDICATORS: &str = r#"
[indicator.rate]
name = { zh = "合格率", en = "Pass rate" }
basis = ["bench"]
owner = "bench"
since = 2000-01-01
kind = "proportion"
of = "bench.batch"
top = "conclusion = 'conform'"
bottom = "conclusion IN ('conform', 'nonconform')"
by = ["product"]
unit = "percent"
better = "higher"
interval = { method = "wilson", level = 0.95 }
round = { rule = "gbt8170", digits = 1 }
"#;

/// Splitmix64: the row's number is the seed, so any range of rows can be made by itself.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Made-up leaves.
struct Made {
    places: Vec<RegionCode>,
    rows: u64,
    /// Rows from here on lie in one quarter and one province, as a county's return does.
    local_from: u64,
}

impl Made {
    fn leaf(&self, index: u64) -> Vec<u8> {
        let (a, b, c) = (mix(index), mix(index ^ 0x5555), mix(index ^ 0xaaaa));
        let unit = (a >> 11) as f64 / (1_u64 << 53) as f64;
        // Squared: a tenth of the places holds a third of the rows.
        let n = self.places.len() as f64;
        let local = index >= self.local_from;
        let place = if local { (unit * n / 31.0) as usize } else { (unit * unit * n) as usize };
        let place = self.places[place.min(self.places.len() - 1)];
        let quarter = if local { 39 } else { b % 40 };
        let month = quarter % 4 * 3 + b / 64 % 3 + 1;
        let mut leaf = String::with_capacity(360);
        let _ = write!(
            leaf,
            "{{\"at\":\"2014-01-01T00:00:00.000000Z\",\"by\":\"bench\",\"data\":{{\"conclusion\":\"{}\",\"no\":\"N{index:010}\",\
             \"place\":\"{place}\",\"producer\":\"91620000{:010}\",\"product\":\"P{:03}\",\"sampled_on\":\"{}-{month:02}-{:02}\",\
             \"weight\":\"{}.{:03}\"}},\"kind\":\"record\",\"of\":\"bench.batch\",\"place\":{{\"file\":0,\"row\":{index}}},\
             \"provenance\":\"synthetic\",\"submission\":\"bench-{}\",\"v\":1}}",
            if c % 10 == 0 { "nonconform" } else { "conform" },
            c % 200_000,
            c / 7 % 200,
            2004 + quarter / 4,
            b / 1024 % 28 + 1,
            c % 50,
            b % 1000,
            index / 1_000_000,
        );
        leaf.into_bytes()
    }
}

impl Leaves for Made {
    async fn size(&self) -> Result<u64, Diagnostic> {
        Ok(self.rows)
    }

    async fn read(&self, range: Range<u64>) -> Result<Vec<Bundle>, Diagnostic> {
        let end = range.end.min(range.start + 65_536);
        Ok(vec![Bundle { first: range.start, leaves: (range.start..end).map(|at| self.leaf(at)).collect() }])
    }
}

/// CPU seconds of this process so far, from `/proc/self/stat` (100 ticks a second).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after.split_whitespace().skip(11).take(2).filter_map(|text| text.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Largest memory so far, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[allow(clippy::print_stdout)]
fn told(what: &str, wall: Instant, before: f64) {
    println!(
        "{what:<52} {:>9.3} s wall {:>9.3} s CPU {:>6} MiB",
        wall.elapsed().as_secs_f64(),
        cpu() - before,
        peak()
    );
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let rows: u64 = args.get(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let threads: usize = args.get(2).map_or(Ok(2), |text| text.parse())?;
    let dir = args.get(3).map_or_else(|| std::env::temp_dir().join("zhiheng-bench"), Into::into);
    let _ = std::fs::remove_dir_all(&dir);
    let products: Vec<String> = (0..200)
        .map(|n| format!("{{ code = \"P{n:03}\", zh = \"产品{n}\", en = \"Product {n}\" }}"))
        .collect();
    let records = RECORDS.replace("PRODUCTS", &products.join(", "));
    let loaded = zhiheng_catalog::load_texts(&[
        ("bench/records.toml", &records),
        ("bench/indicators.toml", INDICATORS),
    ]);
    if let Some(problem) = loaded.problems.iter().find(|problem| problem.is_error()) {
        return Err(problem.message(Lang::En).into());
    }
    let catalog = Arc::new(loaded.catalog);
    let places: Vec<RegionCode> = catalog
        .regions
        .descendants(RegionCode::NATION, Level::Township)
        .iter()
        .map(|version| version.code)
        .collect();
    let options = EngineOptions { threads, ..EngineOptions::default() };
    let fail = |problem: Diagnostic| problem.message(Lang::En);
    let mut made = Made { places, rows, local_from: u64::MAX };

    let (wall, before) = (Instant::now(), cpu());
    let leaves: usize = (0..rows.min(200_000)).map(|at| made.leaf(at).len()).sum();
    told(&format!("make {} leaves ({leaves} bytes)", rows.min(200_000)), wall, before);

    let mut engine = Engine::open(&dir, Arc::clone(&catalog), &options).map_err(fail)?;
    let (wall, before) = (Instant::now(), cpu());
    let report = engine.refresh_lake(&made).await.map_err(fail)?;
    told(&format!("lake: {} rows, {} parts", report.rows, report.parts), wall, before);
    let (wall, before) = (Instant::now(), cpu());
    let compacted = engine.compact(true).map_err(fail)?;
    told(&format!("lake: {compacted} quarters compacted"), wall, before);
    let (wall, before) = (Instant::now(), cpu());
    let rolled = engine.refresh_rollup().map_err(fail)?;
    told(&format!("roll-up, cold: {rolled:?}"), wall, before);

    made.rows += 10_000;
    let (wall, before) = (Instant::now(), cpu());
    let report = engine.refresh_lake(&made).await.map_err(fail)?;
    told(&format!("lake: {} more rows over all quarters", report.rows), wall, before);
    let (wall, before) = (Instant::now(), cpu());
    let rolled = engine.refresh_rollup().map_err(fail)?;
    told(&format!("roll-up of these: {rolled:?}"), wall, before);
    made.local_from = made.rows;
    made.rows += 10_000;
    let (wall, before) = (Instant::now(), cpu());
    let report = engine.refresh_lake(&made).await.map_err(fail)?;
    told(&format!("lake: {} more rows of one quarter and province", report.rows), wall, before);
    let (wall, before) = (Instant::now(), cpu());
    let rolled = engine.refresh_rollup().map_err(fail)?;
    told(&format!("roll-up of these: {rolled:?}"), wall, before);

    drop(engine);
    let (wall, before) = (Instant::now(), cpu());
    let engine = Engine::open(&dir, catalog, &options).map_err(fail)?;
    told("open", wall, before);
    for address in [
        "bench.rate/100000/2013",
        "bench.rate/620000/2013Q4",
        "bench.rate/621100/2013",
        "bench.rate/100000/2013;product=P007",
        "bench.rate/621122/2010;product=P007",
        "bench.rate/621100~then/2013",
        "bench.rate/621100/2013-05",
        "bench.rate/100000/2013-05",
    ] {
        let address: Address = address.parse().map_err(fail)?;
        let mut times = Vec::new();
        let mut last = None;
        let before = cpu();
        for _ in 0..5 {
            let wall = Instant::now();
            last = Some(engine.measure(&address).await.map_err(fail)?);
            times.push(wall.elapsed());
        }
        times.sort();
        let last = last.and_then(|measure| measure.value.map(|value| (value, measure.records)));
        let wall = Instant::now();
        told(&format!("{address} = {last:?}, median {:?}", times[2]), wall, before);
    }
    Ok(())
}
