//! Wilson and Clopper–Pearson intervals of a million rates.

use std::path::Path;

use zhiheng_methods::interval::{Interval, clopper_pearson, wilson};
use zhiheng_methods::random::Stream;

use crate::Made;
use crate::report::{Report, columns, timed, write};

const RATES: usize = 1_000_000;
const FILE: &str = "rates.csv";

type Method = fn(u64, u64, f64) -> Option<Interval>;

pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(2, 0);
    let rows = (0..RATES).map(|_| {
        let n = (10.0 * (5.0 * draw.uniform()).exp()).floor();
        let good = (n * (0.8 + 0.2 * draw.uniform())).round();
        vec![good, n]
    });
    Ok(write(&dir.join(FILE), "x,n", rows)?)
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let table = columns(&dir.join(FILE))?;
    let rates: Vec<(u64, u64)> =
        table[0].iter().zip(&table[1]).map(|(&x, &n)| (x as u64, n as u64)).collect();
    let methods: [(&str, Method); 2] = [("wilson", wilson), ("clopper_pearson", clopper_pearson)];
    for (name, method) in methods {
        let all = timed(name, RATES, || {
            rates
                .iter()
                .map(|&(x, n)| method(x, n, 0.95).ok_or_else(|| "no interval".into()))
                .collect::<Result<Vec<_>, _>>()
        })?;
        for (at, it) in all.iter().enumerate().step_by(1000) {
            report.equal(format!("{name} low {at}"), it.low, 1e-9);
            report.equal(format!("{name} high {at}"), it.high, 1e-9);
        }
    }
    Ok(())
}
