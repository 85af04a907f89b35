//! 300,000 reports of products and events: pairs counted, the prior fitted, EBGM with its 5 and 95 % quantiles.

use std::path::Path;

use zhiheng_methods::disproportionality::gps::scores;
use zhiheng_methods::disproportionality::prior::fit;
use zhiheng_methods::disproportionality::squash::{Squash, squash};
use zhiheng_methods::disproportionality::table::{Count, from_counts};
use zhiheng_methods::random::Stream;

use crate::Made;
use crate::report::{Report, columns, timed, write};

const REPORTS: usize = 300_000;
const PRODUCTS: usize = 3000;
const EVENTS: usize = 600;
/// Greatest factor by which a pair exceeds chance.
const MOST: f64 = 20.0;
const FILE: &str = "reports.csv";

/// Few products and events make most of the reports. Each pair is reported more or less often than chance has it, by a
/// factor of its own: 3 of 100 stand out by about 5, the others scatter around 1.
pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(300, 0);
    let factor = |_| {
        let log = if draw.uniform() < 0.03 { 1.6 + 0.5 * draw.normal() } else { 0.3 * draw.normal() };
        log.exp().min(MOST)
    };
    let factors: Vec<f64> = (0..PRODUCTS * EVENTS).map(factor).collect();
    let mut report = || loop {
        let (a, b) = (draw.uniform(), draw.uniform());
        let product = (PRODUCTS as f64 * a * a) as usize;
        let event = (EVENTS as f64 * b * b * b) as usize;
        if MOST * draw.uniform() < factors[product * EVENTS + event] {
            return vec![product as f64, event as f64];
        }
    };
    Ok(write(&dir.join(FILE), "product,event", (0..REPORTS).map(|_| report()))?)
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let table = columns(&dir.join(FILE))?;
    let counts: Vec<Count> = table[0]
        .iter()
        .zip(&table[1])
        .map(|(&product, &event)| Count { product: product as u32, event: event as u32, n: 1 })
        .collect();
    let pairs = timed("count", 1, || {
        let pairs = from_counts(&counts)?;
        Ok(pairs.iter().map(|pair| (pair.table.a, pair.expected)).collect::<Vec<_>>())
    })?;
    let fitted = timed("prior", 1, || Ok(fit(&squash(&pairs, &Squash::default())?, 1)?))?;
    let scored = timed("scores", 1, || Ok(scores(&fitted.prior, &pairs)?))?;
    report.answer("pairs", pairs.len() as f64, 0.0);
    report.equal("likelihood", fitted.negative_log_likelihood, 1e-7);
    // the peer, as the reference, looks for quantiles to two decimals; the rest is how well both priors are found
    for (pair, score) in scored.iter().enumerate().step_by(50) {
        for (name, value) in [("ebgm", score.ebgm), ("eb05", score.eb05), ("eb95", score.eb95)] {
            report.answer(format!("{name} {pair}"), value, 0.006 + 1e-3 * value);
        }
    }
    Ok(())
}
