//! Farrington flexible: the last week of 150,000 series of six years, by the settings of Noufaily and by the
//! package's own.

use std::path::Path;

use zhiheng_methods::early_warning::calendar::Calendar;
use zhiheng_methods::early_warning::farrington::{Judged, Series};
use zhiheng_methods::early_warning::flexible::{Bounds, Flexible, detect_many};
use zhiheng_methods::random::Stream;

use crate::Made;
use crate::report::{Report, timed};

const SERIES: usize = 150_000;
const WEEKS: usize = 330;
/// The peer judges so many of them.
const PEERS: usize = 300;
const FILE: &str = "weeks.bin";

/// Counts as 16-bit numbers, low byte first, series after series: some mostly zeros, some with 100 a week, with season,
/// trend and more variation than chance.
pub(crate) fn make(dir: &Path) -> Made {
    let mut bytes = Vec::with_capacity(2 * SERIES * WEEKS);
    for series in 0..SERIES {
        let mut draw = Stream::new(2013, series as u64);
        let level = 1.0 + 1.6 * draw.normal();
        let (season, day, trend) = (0.6 * draw.uniform(), draw.uniform(), 0.001 * draw.normal());
        let spread = 0.4 * draw.uniform();
        for week in 0..WEEKS {
            let turn = 2.0 * std::f64::consts::PI * (week as f64 / 52.0 + day);
            let log = level + season * turn.cos() + trend * week as f64 + spread * draw.normal();
            let count = poisson(log.clamp(-4.0, 6.0).exp(), &mut draw);
            bytes.extend(count.to_le_bytes());
        }
    }
    Ok(std::fs::write(dir.join(FILE), bytes)?)
}

/// A Poisson count by inversion, by the normal curve where the mean is large.
fn poisson(mean: f64, draw: &mut Stream) -> u16 {
    if mean > 50.0 {
        return (mean + mean.sqrt() * draw.normal()).round().max(0.0) as u16;
    }
    let (mut left, mut part, mut count) = (draw.uniform(), (-mean).exp(), 0);
    while left > part && count < 1000 {
        left -= part;
        count += 1;
        part *= mean / f64::from(count);
    }
    count
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let bytes = std::fs::read(dir.join(FILE))?;
    let counts: Vec<f64> =
        bytes.chunks_exact(2).map(|two| f64::from(u16::from_le_bytes([two[0], two[1]]))).collect();
    let series: Vec<Series> = counts
        .chunks_exact(WEEKS)
        .map(|counts| Series { counts, population: None, calendar: Calendar::Steps(52) })
        .collect();
    let noufaily = Flexible {
        periods: 10,
        weeks_left_out: Some(26),
        trend_p: 1.0,
        bounds: Bounds::Plugin,
        alpha: 0.005,
        ..Flexible::default()
    };
    for (name, options) in [("noufaily", noufaily), ("default", Flexible::default())] {
        let last = WEEKS - 1..WEEKS;
        let judged = timed(name, series.len(), || {
            detect_many(&series, last.clone(), &options)
                .into_iter()
                .map(|it| it?.into_iter().next().ok_or_else(|| "no week was judged".into()))
                .collect::<Result<Vec<Judged>, _>>()
        })?;
        for (at, it) in judged.iter().take(PEERS).enumerate() {
            report.equal(format!("{name} bound {at}"), it.bound.unwrap_or(f64::NAN), 1e-6);
            let alarm = it.alarm.map_or(f64::NAN, |alarm| f64::from(u8::from(alarm)));
            report.answer(format!("{name} alarm {at}"), alarm, 0.0);
        }
    }
    Ok(())
}
