//! Early warning over a table: one row, one step of one series.

mod charts;
mod office;
mod past;

use super::{Cell, Choice, Column, Frame, Holds, Method, Options, choice, may_have, needs, option};
use crate::early_warning::calendar::{Step, day_number};
use crate::refusal::Refusal;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method { id: "early_warning.ears", columns: COUNTS, options: past::EARS, run: past::ears },
    Method { id: "early_warning.bayes", columns: COUNTS, options: past::BAYES, run: past::bayes },
    Method { id: "early_warning.rki", columns: COUNTS, options: past::RKI, run: past::rki },
    Method {
        id: "early_warning.historical_limits",
        columns: COUNTS,
        options: past::LIMITS,
        run: past::historical_limits,
    },
    Method {
        id: "early_warning.farrington",
        columns: RATES,
        options: past::FARRINGTON,
        run: past::farrington,
    },
    Method { id: "early_warning.flexible", columns: RATES, options: past::FLEXIBLE, run: past::flexible },
    Method { id: "early_warning.cusum", columns: MEANS, options: charts::CUSUM, run: charts::cusum },
    Method {
        id: "early_warning.likelihood_ratio",
        columns: MEANS,
        options: charts::LIKELIHOOD_RATIO,
        run: charts::likelihood_ratio,
    },
    Method {
        id: "early_warning.run_length",
        columns: &[needs("mean", Holds::Numbers), needs("k", Holds::Numbers), needs("h", Holds::Numbers)],
        options: &[office::GRID],
        run: office::run_length,
    },
    Method {
        id: "early_warning.cutoff",
        columns: &[needs("score", Holds::Numbers)],
        options: office::CUTOFF,
        run: office::cutoff,
    },
    Method {
        id: "early_warning.adjusted",
        columns: &[needs("p_value", Holds::Numbers)],
        options: &[],
        run: office::adjusted,
    },
    Method {
        id: "early_warning.epiweek",
        columns: &[needs("date", Holds::Dates)],
        options: &[office::SYSTEM],
        run: office::epiweek,
    },
];

const COUNTS: &[Column] = &[may_have("series", Holds::Names), needs("count", Holds::Numbers)];
const RATES: &[Column] = &[
    may_have("series", Holds::Names),
    needs("count", Holds::Numbers),
    may_have("population", Holds::Numbers),
    may_have("date", Holds::Dates),
];
const MEANS: &[Column] =
    &[may_have("series", Holds::Names), needs("count", Holds::Numbers), may_have("mean", Holds::Numbers)];

const WEEKS: Choice = option("weeks", "1");
const PER_YEAR: Choice = option("per_year", "52");

/// The rows of one series, in the order of the table.
struct Group {
    name: String,
    rows: Vec<usize>,
}

impl Group {
    /// The rows by series; without such a column all are one.
    fn all(frame: &Frame) -> Result<Vec<Group>, Refusal> {
        if !frame.has("series") {
            return Ok(vec![Group { name: String::new(), rows: (0..frame.n_rows()).collect() }]);
        }
        let mut groups: Vec<Group> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, name) in frame.texts("series")?.iter().enumerate() {
            let place = *places.entry(name.trim()).or_insert_with(|| {
                groups.push(Group { name: name.trim().to_owned(), rows: Vec::new() });
                groups.len() - 1
            });
            groups[place].rows.push(row);
        }
        Ok(groups)
    }

    fn pick<T: Copy>(&self, column: &[T]) -> Vec<T> {
        self.rows.iter().map(|&row| column[row]).collect()
    }

    /// The last `weeks` steps.
    fn last(&self, weeks: u64) -> Range<usize> {
        let n = self.rows.len();
        n.saturating_sub(usize::try_from(weeks).unwrap_or(n))..n
    }
}

/// One answer per series, on all cores; a refusal names its series.
fn each<T: Send>(
    groups: &[Group],
    judge: impl Fn(&Group) -> Result<T, Refusal> + Sync,
) -> Result<Vec<T>, Refusal> {
    let judge = |group: &Group| {
        judge(group).map_err(|why| match group.name.as_str() {
            "" => why,
            name => Refusal::Contradiction { what: format!("series {name}: {why}") },
        })
    };
    groups.par_iter().map(judge).collect()
}

/// Series and number of the step (from 1), as every answer begins.
fn begin(group: &Group, at: usize) -> Vec<Cell> {
    vec![group.name.as_str().into(), (at as u64 + 1).into()]
}

fn yes(options: &Options, choice: &Choice) -> bool {
    options.text(choice) == "yes"
}

/// Days since 1970-01-01 of cells such as `2013-07-01`.
fn days(frame: &Frame) -> Result<Vec<i32>, Refusal> {
    frame.each("date", "date", |text| {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let number = (1..=9999).contains(&year).then(|| day_number(year, month, day))?;
        // a day that does not exist would have rolled over
        (crate::early_warning::calendar::date(number) == (year, month, day)).then_some(number)
    })
}

fn step(text: &str) -> Step {
    match text {
        "day" => Step::Day,
        "month" => Step::Month,
        _ => Step::Week,
    }
}
