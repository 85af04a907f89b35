//! The six intraclass correlations of 500 products by five raters, with their intervals.

use std::path::Path;

use zhiheng_methods::agreement::Ratings;
use zhiheng_methods::agreement::icc::{Icc, Model, Unit, icc};
use zhiheng_methods::random::Stream;

use crate::Made;
use crate::report::{Report, columns, timed, write};

const PRODUCTS: usize = 500;
const FILE: &str = "ratings.csv";

pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(500, 5);
    let rows = (0..PRODUCTS).map(|_| {
        let quality = draw.normal();
        (0..5).map(|rater| (6.0 + 1.5 * quality + 0.3 * f64::from(rater) + draw.normal()).round()).collect()
    });
    Ok(write(&dir.join(FILE), "r1,r2,r3,r4,r5", rows)?)
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let ratings = Ratings::from_raters(&columns(&dir.join(FILE))?)?;
    let kinds = [Unit::Single, Unit::Average]
        .into_iter()
        .flat_map(|unit| [Model::OneWay, Model::Agreement, Model::Consistency].map(|model| (model, unit)));
    let kinds: Vec<(Model, Unit)> = kinds.collect();
    let found = timed("icc", 1, || {
        let all = kinds.iter().map(|&(model, unit)| icc(&ratings, model, unit, 0.0, 0.95));
        Ok(all.collect::<Result<Vec<Icc>, _>>()?)
    })?;
    // the peer's variances come from a search that stops at about six digits
    for (at, it) in found.iter().enumerate() {
        report.answer(format!("icc {at}"), it.value, 1e-4);
        report.answer(format!("icc {at} low"), it.interval.low, 1e-4);
        report.answer(format!("icc {at} high"), it.interval.high, 1e-4);
    }
    Ok(())
}
