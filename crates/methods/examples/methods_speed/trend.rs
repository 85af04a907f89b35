//! 2,000 monthly series of twenty years: STL, Mann–Kendall's test, Sen's slope with its interval.

use std::path::Path;

use zhiheng_methods::random::Stream;
use zhiheng_methods::trend::mann_kendall::mann_kendall;
use zhiheng_methods::trend::sen::sen;
use zhiheng_methods::trend::stl::{Season, Stl, stl};

use crate::Made;
use crate::report::{Report, columns, timed, write};

const SERIES: usize = 2000;
const MONTHS: usize = 240;
const FILE: &str = "months.csv";

pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(240, 0);
    let slopes: Vec<f64> = (0..SERIES).map(|_| 0.01 * draw.normal()).collect();
    let rows = (0..MONTHS).map(|month| {
        let turn = 2.0 * std::f64::consts::PI * month as f64 / 12.0;
        slopes.iter().map(|slope| 90.0 + slope * month as f64 + 2.0 * turn.sin() + draw.normal()).collect()
    });
    let header: Vec<String> = (1..=SERIES).map(|at| format!("s{at}")).collect();
    Ok(write(&dir.join(FILE), &header.join(","), rows)?)
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let table = columns(&dir.join(FILE))?;
    let options = Stl::new(12, Season::Window(13));
    let parts = timed("stl", SERIES, || {
        Ok(table.iter().map(|values| stl(values, &options)).collect::<Result<Vec<_>, _>>()?)
    })?;
    let tests = timed("mann_kendall", SERIES, || {
        Ok(table.iter().map(|values| mann_kendall(values, true)).collect::<Result<Vec<_>, _>>()?)
    })?;
    let slopes = timed("sen", SERIES, || {
        Ok(table.iter().map(|values| sen(values, 0.95)).collect::<Result<Vec<_>, _>>()?)
    })?;
    for at in (0..SERIES).step_by(20) {
        report.equal(format!("seasonal {at}"), parts[at].seasonal[0], 1e-9);
        report.equal(format!("trend {at}"), parts[at].trend[100], 1e-9);
        report.equal(format!("p {at}"), tests[at].p_value, 1e-9);
        report.equal(format!("slope {at}"), slopes[at].slope, 1e-9);
        report.equal(format!("slope low {at}"), slopes[at].interval.low, 1e-9);
        report.equal(format!("slope high {at}"), slopes[at].interval.high, 1e-9);
    }
    Ok(())
}
