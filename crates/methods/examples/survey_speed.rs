//! How long a mean, a total and 31 domains take over a million rows: `cargo run --release --example survey_speed`.
#![expect(clippy::print_stdout, reason = "its output is the times")]

use std::time::Instant;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use zhiheng_methods::random::Stream;
use zhiheng_methods::survey::{Design, Missing, Plan, Stage};

const ROWS: usize = 1_000_000;
const STRATA: u64 = 50;
const CLUSTERS: u64 = 40;
const DOMAINS: usize = 31;

fn main() -> Result<(), zhiheng_methods::Refusal> {
    let mut stream = Stream::new(1, 0);
    let mut draw = |n: u64| -> Vec<u32> { (0..ROWS).map(|_| stream.below(n) as u32).collect() };
    let (strata, clusters, domains) = (draw(STRATA), draw(CLUSTERS), draw(DOMAINS as u64));
    let mut stream = Stream::new(1, 1);
    let weights: Vec<f64> = (0..ROWS).map(|_| 1.0 + 9.0 * stream.uniform()).collect();
    let y: Vec<f64> = (0..ROWS).map(|_| 50.0 + 10.0 * stream.normal()).collect();

    let stage = Stage { strata: Some(&strata), clusters: Some(&clusters), ..Stage::default() };
    let plan =
        Plan { n_rows: ROWS, stages: &[stage], weights: Some(&weights), nest: true, ..Plan::default() };
    let start = Instant::now();
    let design = Design::prepare(&plan)?;
    println!("prepared in {:?}", start.elapsed());

    let start = Instant::now();
    let whole = design.whole();
    let (mean, total) = (whole.mean(&y, Missing::Refuse)?, whole.total(&y, Missing::Refuse)?);
    println!("mean and total in {:?}", start.elapsed());

    let start = Instant::now();
    let means: Vec<_> = design
        .split(&domains, DOMAINS)?
        .par_iter()
        .map(|domain| domain.mean(&y, Missing::Refuse))
        .collect::<Result<_, _>>()?;
    println!("{DOMAINS} domains in {:?}", start.elapsed());
    println!(
        "mean {} ± {}, total {} ± {}",
        mean.value, mean.standard_error, total.value, total.standard_error
    );
    println!("first domain {} ± {}", means[0].value, means[0].standard_error);
    Ok(())
}
