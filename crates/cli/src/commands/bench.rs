//! `zhiheng bench generate`: inspection rows over all townships, seeded, with realistic skew. `bench ask`: how long an
//! answer takes once everything is open.
//!
//! Few places and few makers have many rows (Zipf), rates differ by product, size and season, and the
//! same seed gives the same file. For measuring; the rows say that they are synthetic by their task.

use std::io::{BufWriter, Write};
use std::path::Path;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use zhiheng_base::code::{gs1_check, uscc_check};
use zhiheng_base::{Date, Level, RegionCode, Regions};

use crate::args::BenchVerb;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::json;

/// Product classes of the generated rows, as GTIN-13.
const N_PRODUCTS: usize = 200;
/// Makers.
const N_MAKERS: usize = 200_000;
/// First quarter of the generated rows.
const FIRST_YEAR: i16 = 2010;

/// Runs a verb of `bench`.
pub(crate) fn run(context: &Context, verb: &BenchVerb) -> Outcome {
    match verb {
        BenchVerb::Generate { rows, seed, output, quarters } => {
            let progress = context.progress("cli-progress-generate", *rows);
            generate(&context.catalog()?.regions, *rows, *seed, (*quarters).max(1), output, &|n| {
                progress.set(n)
            })?;
            progress.finish();
            Ok(())
        }
        BenchVerb::Ask { address, times } => ask(context, address, (*times).max(1)),
    }
}

/// The median time of one answer, everything opened and brought up to date before.
fn ask(context: &Context, address: &str, times: u32) -> Outcome {
    let address: zhiheng_measure::Address = address.parse()?;
    let engine = super::measure::engine(context)?;
    let mut took = Vec::new();
    for _ in 0..times {
        let start = std::time::Instant::now();
        context.wait(engine.measure(&address))?;
        took.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    json(
        &serde_json::json!({ "times": times, "median_ms": at(0.5), "p99_ms": at(0.99), "max_ms": at(1.0) }),
    )?;
    Ok(())
}

fn generate(
    regions: &Regions,
    rows: u64,
    seed: u64,
    quarters: u32,
    path: &Path,
    seen: &dyn Fn(u64),
) -> std::io::Result<()> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut towns: Vec<RegionCode> =
        regions.descendants(RegionCode::NATION, Level::Township).iter().map(|town| town.code).collect();
    shuffle(&mut towns, &mut rng);
    let products: Vec<String> = (0..N_PRODUCTS).map(gtin).collect();
    let makers: Vec<String> = (0..N_MAKERS).map(|i| uscc(towns[i % towns.len()], i)).collect();
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    writeln!(
        out,
        "task,sample_no,level,sampled_on,sampled_in,link,product,producer,producer_name,seller_name,size,industry,conclusion,failed_items"
    )?;
    for i in 0..rows {
        let quarter = rng.random_range(0..quarters);
        let year = FIRST_YEAR + (quarter / 4) as i16;
        let month = 1 + 3 * (quarter % 4) as i8 + rng.random_range(0..3_i8);
        let day =
            Date::new(year, month, rng.random_range(1..=28)).unwrap_or(Date::constant(FIRST_YEAR, 1, 1));
        let town = towns[zipf(&mut rng, towns.len())];
        let product = zipf(&mut rng, N_PRODUCTS);
        let maker = zipf(&mut rng, N_MAKERS);
        let size = ["micro", "small", "small", "small", "medium", "large"][rng.random_range(0..6)];
        let risk = (0.04 + 0.12 * (product % 17) as f64 / 17.0) * if size == "large" { 0.4 } else { 1.0 };
        let failed = rng.random::<f64>() < risk;
        let link = ["production", "production", "online"][rng.random_range(0..3)];
        // What is bought online names its seller.
        let seller =
            if link == "online" { format!("bench-shop-{:04}", maker % 5_000) } else { String::new() };
        writeln!(
            out,
            "bench-{year}Q{},{seed}-{i:010},{},{day},{town},{},{},{},bench-maker-{maker:06},{seller},{size},{},{},{}",
            quarter % 4 + 1,
            ["national", "province", "city", "county"][rng.random_range(0..4)],
            link,
            products[product],
            makers[maker],
            format_args!("C{}", 13 + product % 29),
            if failed { "nonconform" } else { "conform" },
            if failed { "bench-item" } else { "" },
        )?;
        if i % 65_536 == 0 {
            seen(i);
        }
    }
    out.flush()
}

fn shuffle<T>(items: &mut [T], rng: &mut impl Rng) {
    for i in (1..items.len()).rev() {
        items.swap(i, rng.random_range(0..=i));
    }
}

/// A rank below `n`, heavy at the front: the inverse of a bounded power law with exponent 1.
fn zipf(rng: &mut impl Rng, n: usize) -> usize {
    let n = n as f64;
    (((n + 1.0).powf(rng.random::<f64>()) - 1.0) as usize).min(n as usize - 1)
}

fn gtin(i: usize) -> String {
    let body = format!("690{i:09}");
    let check = gs1_check(&body).unwrap_or('0');
    format!("{body}{check}")
}

fn uscc(town: RegionCode, i: usize) -> String {
    let body = format!("91{}{i:08}0", town.as_u64() / 1_000_000);
    let check = uscc_check(&body).unwrap_or('0');
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_valid() {
        use zhiheng_base::code::{Verdict, gtin as check_gtin, uscc as check_uscc};
        for i in [0, 1, 57, 199] {
            assert!(matches!(check_gtin(&gtin(i)), Verdict::Ok));
        }
        let town = RegionCode::parse("621122100000").unwrap();
        for i in [0, 7, 199_999] {
            assert!(matches!(check_uscc(&uscc(town, i)), Verdict::Ok), "{}", uscc(town, i));
        }
    }

    #[test]
    fn front_ranks_are_heavy() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let ranks: Vec<usize> = (0..10_000).map(|_| zipf(&mut rng, 1000)).collect();
        assert!(ranks.iter().all(|rank| *rank < 1000));
        assert!(ranks.iter().filter(|rank| **rank < 10).count() > 2_500);
    }
}
