//! X̄, R and S charts of 100,000 subgroups of five, with limits and a look at who lies beyond.

use std::path::Path;

use zhiheng_methods::random::Stream;
use zhiheng_methods::spc::variables::{deviation_chart, mean_chart, range_chart};
use zhiheng_methods::spc::{Chart, Settings, Subgroups};

use crate::Made;
use crate::report::{Report, columns, timed, write};

const SUBGROUPS: usize = 100_000;
const SIZE: usize = 5;
const FILE: &str = "subgroups.csv";

pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(5, 0);
    let rows = (0..SUBGROUPS).map(|_| {
        let shift = if draw.below(1000) == 0 { 0.02 } else { 0.0 };
        (0..SIZE).map(|_| 74.0 + shift + 0.01 * draw.normal()).collect()
    });
    Ok(write(&dir.join(FILE), "x1,x2,x3,x4,x5", rows)?)
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let table = columns(&dir.join(FILE))?;
    let rows: Vec<[f64; SIZE]> = (0..SUBGROUPS).map(|row| std::array::from_fn(|at| table[at][row])).collect();
    let settings = Settings::default();
    let charts = timed("charts", 1, || {
        let groups = Subgroups::new(&rows)?;
        let charts = [
            mean_chart(&groups, None, &settings)?,
            range_chart(&groups, None, &settings)?,
            deviation_chart(&groups, None, &settings)?,
        ];
        Ok(charts.map(|chart| (beyond(&chart), chart)))
    })?;
    for (name, (beyond, chart)) in ["mean", "range", "deviation"].into_iter().zip(charts) {
        report.equal(format!("{name} centre"), chart.centre, 1e-9);
        report.equal(format!("{name} low"), chart.points[0].low, 1e-8);
        report.equal(format!("{name} high"), chart.points[0].high, 1e-8);
        report.answer(format!("{name} beyond"), beyond as f64, 0.0);
    }
    Ok(())
}

fn beyond(chart: &Chart) -> usize {
    chart.points.iter().filter(|point| point.value < point.low || point.value > point.high).count()
}
