//! A survey of a million rows in 50 strata of 40 clusters: mean, total and the means of 31 regions.

use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use zhiheng_methods::Refusal;
use zhiheng_methods::random::Stream;
use zhiheng_methods::survey::{Design, Estimate, Missing, Plan, Stage};

use crate::Made;
use crate::report::{Report, columns, timed, write};

const ROWS: usize = 1_000_000;
const DOMAINS: usize = 31;
const FILE: &str = "survey.csv";

pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(1, 0);
    let rows = (0..ROWS).map(|_| {
        let (stratum, cluster, region) = (draw.below(50), draw.below(40), draw.below(DOMAINS as u64));
        let weight = 1.0 + 9.0 * draw.uniform();
        let y = 50.0 + 0.1 * stratum as f64 + 10.0 * draw.normal();
        vec![stratum as f64, cluster as f64, region as f64, weight, y]
    });
    Ok(write(&dir.join(FILE), "stratum,cluster,region,weight,y", rows)?)
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let table = columns(&dir.join(FILE))?;
    let codes = |at: usize| -> Vec<u32> { table[at].iter().map(|&code| code as u32).collect() };
    let (strata, clusters, regions) = (codes(0), codes(1), codes(2));
    let (weights, y) = (&table[3], &table[4]);
    let stage = Stage { strata: Some(&strata), clusters: Some(&clusters), ..Stage::default() };
    let plan = Plan { n_rows: ROWS, stages: &[stage], weights: Some(weights), nest: true, ..Plan::default() };

    let design = timed("design", 1, || Ok(Design::prepare(&plan)?))?;
    let (mean, total, domains) = timed("estimates", 1, || {
        let whole = design.whole();
        let domains = design
            .split(&regions, DOMAINS)?
            .par_iter()
            .map(|domain| domain.mean(y, Missing::Refuse))
            .collect::<Result<Vec<Estimate>, Refusal>>()?;
        Ok((whole.mean(y, Missing::Refuse)?, whole.total(y, Missing::Refuse)?, domains))
    })?;
    let named = (0..DOMAINS).map(|region| format!("region {region}")).zip(&domains);
    let whole = [("mean".to_owned(), &mean), ("total".to_owned(), &total)];
    for (name, it) in whole.into_iter().chain(named) {
        report.equal(&name, it.value, 1e-9);
        report.equal(format!("{name} error"), it.standard_error, 1e-8);
    }
    Ok(())
}
