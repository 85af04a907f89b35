//! Rows that are almost equal.

use rayon::prelude::*;

use crate::refusal::{Refusal, at_least, same_length};

/// A pair of rows that almost agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    /// The earlier row.
    pub first: usize,
    /// The later row.
    pub second: usize,
    /// Columns in which they differ by more than the tolerance.
    pub differing: usize,
}

/// Pairs of rows that differ by more than `within[c]` in at most `differing_max` of the columns, in order.
///
/// `columns[c][row]` are numbers; NaN is missing and differs from everything. Rows are compared where one of any
/// `differing_max + 1` columns agrees (they cannot all differ), so coarse columns cost time: with `n` rows of
/// which `m` share a value, about `n m` comparisons per column. Infinite values are refused, as are fewer columns
/// than `differing_max + 1`, negative tolerances, columns of different length, and more than ten million pairs.
///
/// ```
/// use zhiheng_methods::truth::duplicates::near;
/// let columns = [vec![7.21, 6.90, 7.21], vec![35.0, 35.1, 35.0], vec![0.11, 0.12, 0.19]];
/// let it = near(&columns, &[0.0; 3], 1).unwrap();
/// assert_eq!((it.len(), it[0].first, it[0].second), (1, 0, 2));
/// ```
pub fn near(columns: &[Vec<f64>], within: &[f64], differing_max: usize) -> Result<Vec<Near>, Refusal> {
    at_least("columns", columns.len(), differing_max.saturating_add(1))?;
    same_length("within", within.len(), columns.len())?;
    if let Some(&value) = within.iter().find(|&&it| it.is_nan() || it < 0.0) {
        return Err(Refusal::OutOfRange { what: "within", value, allowed: ">= 0" });
    }
    let n = columns.first().map_or(0, Vec::len);
    at_least("rows", n, 2)?;
    for column in columns {
        same_length("columns", column.len(), n)?;
        if let Some(row) = column.iter().position(|value| value.is_infinite()) {
            return Err(Refusal::NotFinite { what: "columns", row });
        }
    }
    let agree =
        |column: usize, a: usize, b: usize| (columns[column][a] - columns[column][b]).abs() <= within[column];
    let sweeps: Vec<usize> = finest(columns, differing_max + 1);
    let mut found = Vec::new();
    for (k, &sweep) in sweeps.iter().enumerate() {
        let column = &columns[sweep];
        let mut order: Vec<usize> = (0..n).filter(|&row| !column[row].is_nan()).collect();
        order.sort_by(|&a, &b| column[a].total_cmp(&column[b]));
        let pairs: Vec<Vec<Near>> = (0..order.len())
            .into_par_iter()
            .map(|i| {
                let here = order[i];
                let close = order[i + 1..].iter().take_while(|&&other| agree(sweep, here, other));
                close
                    .filter(|&&other| !sweeps[..k].iter().any(|&earlier| agree(earlier, here, other)))
                    .filter_map(|&other| {
                        let differing =
                            (0..columns.len()).filter(|&column| !agree(column, here, other)).count();
                        let (first, second) = (here.min(other), here.max(other));
                        (differing <= differing_max).then_some(Near { first, second, differing })
                    })
                    .take(PAIRS_MAX + 1)
                    .collect()
            })
            .collect();
        for pairs in pairs {
            found.extend(pairs);
            if found.len() > PAIRS_MAX {
                return Err(Refusal::Contradiction {
                    what: "more than ten million pairs of rows almost agree: the tolerance is too wide"
                        .to_owned(),
                });
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

const PAIRS_MAX: usize = 10_000_000;

/// The `k` columns with the most distinct values, which leave the fewest pairs to look at.
fn finest(columns: &[Vec<f64>], k: usize) -> Vec<usize> {
    let distinct = |column: &Vec<f64>| {
        let sorted = crate::truth::rank::sorted(column);
        sorted.windows(2).filter(|pair| pair[0] != pair[1]).count()
    };
    let mut order: Vec<(usize, usize)> = columns.iter().map(distinct).zip(0..).collect();
    order.sort_by_key(|&(distinct, column)| (std::cmp::Reverse(distinct), column));
    order.into_iter().take(k).map(|(_, column)| column).collect()
}

/// The row most like a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The row.
    pub row: usize,
    /// The other row that shares most answers with it, the first of them.
    pub other: usize,
    /// Answers that both gave.
    pub compared: usize,
    /// Share of these that are equal.
    pub share: f64,
}

/// For every row (form) its best match; `rows[i][q]` is the answer to question `q`, `None` if there is none.
///
/// Only questions that both answered count, and only pairs with at least half of the questions in common; a row
/// without such a partner is left out. Authors suggest to look at forms above 0.85 of 75 or more questions.
/// Every pair is compared: refuses more than 30,000 rows, fewer than 2 rows, and rows of different length.
pub fn best_matches<T: PartialEq + Sync>(rows: &[Vec<Option<T>>]) -> Result<Vec<Match>, Refusal> {
    at_least("rows", rows.len(), 2)?;
    if rows.len() > 30_000 {
        return Err(Refusal::OutOfRange { what: "rows", value: rows.len() as f64, allowed: "2 to 30000" });
    }
    let questions = rows.first().map_or(0, Vec::len);
    at_least("questions", questions, 1)?;
    for row in rows {
        same_length("rows", row.len(), questions)?;
    }
    let best = |row: usize| {
        let mut best: Option<Match> = None;
        for (other, answers) in rows.iter().enumerate().filter(|(other, _)| *other != row) {
            let (mut compared, mut equal) = (0, 0);
            for (a, b) in rows[row].iter().zip(answers) {
                if let (Some(a), Some(b)) = (a, b) {
                    compared += 1;
                    equal += usize::from(a == b);
                }
            }
            if compared == 0 || 2 * compared < questions {
                continue;
            }
            let share = equal as f64 / compared as f64;
            if best.is_none_or(|best| share > best.share) {
                best = Some(Match { row, other, compared, share });
            }
        }
        best
    };
    let all: Vec<Option<Match>> = (0..rows.len()).into_par_iter().map(best).collect();
    Ok(all.into_iter().flatten().collect())
}
