//! Rows and stretches that repeat.
//!
//! **What it answers.** Was a row, a form or a month of figures copied?
//!
//! **Formula.** [`groups`]: rows that are equal in every column. [`chance_pairs`]: how many equal pairs chance
//! makes, `C(n, 2) Π Σ p²` over the columns' value shares. [`near`]: pairs of rows that agree within a tolerance
//! in all but a few columns. [`best_matches`]: for every form the largest share of equal answers with any other.
//! [`blocks`]: stretches of a series that occur twice, with the probability that chance repeats one so long:
//! `1 − exp(−C(n, 2)(1 − q) qᴸ)`, `q = Σ p²`.
//!
//! **Source.** Kuriakose and Robbins (2016), *Statistical Journal of the IAOS* 32:283–291 (percent match);
//! Arratia, Gordon and Waterman (1986), *Annals of Statistics* 14:971–993 (longest repeated stretch).
//!
//! **When not to use it.** Few possible answers make equal rows by chance: compare with [`chance_pairs`], and
//! do not read [`best_matches`] for short questionnaires or ones that most people answer alike (Simmons et al.
//! 2016, Pew Research Center). Chance is reckoned with independent columns and independent values; related
//! columns and slow series repeat more.
//!
//! **How often it errs** (`examples/truth_power.rs`, level 0.05). Of 240 figures below 1,000 no honest series had a
//! repeated stretch with p below 0.05 (the law is discrete: two equal figures are not enough, three are), and every
//! copy of three or more was found. Rows of four columns with ten values each always repeat in 1,000 honest rows.
//! [`best_matches`] above 0.85 flags none of 100 honest tables of 80 questions with five answers, but 60 of 100 with
//! 20 yes-no questions.

mod block;
mod near;

pub use block::{Block, blocks};
pub use near::{Match, Near, best_matches, near};

use crate::refusal::{Refusal, at_least};

/// Groups of two or more equal rows, each in ascending order, the groups in order of their first rows.
///
/// Rows are anything that can be compared, as vectors of cells; missing cells equal each other if the caller
/// writes them alike. Refuses fewer than 2 rows.
///
/// ```
/// use zhiheng_methods::truth::duplicates::groups;
/// let rows = [("a", 1), ("b", 2), ("a", 1), ("c", 3), ("b", 2), ("a", 1)];
/// assert_eq!(groups(&rows).unwrap(), [vec![0, 2, 5], vec![1, 4]]);
/// ```
pub fn groups<T: Ord>(rows: &[T]) -> Result<Vec<Vec<usize>>, Refusal> {
    at_least("rows", rows.len(), 2)?;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].cmp(&rows[b]));
    let mut groups: Vec<Vec<usize>> = order
        .chunk_by(|&a, &b| rows[a] == rows[b])
        .filter(|group| group.len() > 1)
        .map(<[_]>::to_vec)
        .collect();
    groups.sort_unstable();
    Ok(groups)
}

/// Expected number of equal pairs of rows if the columns were independent; each column holds as many cells as
/// there are rows.
///
/// Refuses no columns, fewer than 2 rows and columns of different length.
///
/// ```
/// use zhiheng_methods::truth::duplicates::chance_pairs;
/// // 4 rows, one column of two values, two each: 6 pairs, half of them equal by chance
/// assert_eq!(chance_pairs(&[vec!["y", "n", "n", "y"]]).unwrap(), 3.0);
/// ```
pub fn chance_pairs<T: Ord>(columns: &[Vec<T>]) -> Result<f64, Refusal> {
    let first = columns.first().ok_or(Refusal::Empty { what: "columns" })?;
    at_least("rows", first.len(), 2)?;
    let n = first.len() as f64;
    let mut pairs = n * (n - 1.0) / 2.0;
    for column in columns {
        crate::refusal::same_length("columns", column.len(), first.len())?;
        pairs *= same_by_chance(column);
    }
    Ok(pairs)
}

/// `Σ p²`: the probability that two values drawn at random are equal.
pub(super) fn same_by_chance<T: Ord>(values: &[T]) -> f64 {
    let mut order: Vec<&T> = values.iter().collect();
    order.sort_unstable();
    let n = values.len() as f64;
    order.chunk_by(|a, b| a == b).map(|group| (group.len() as f64 / n) * (group.len() as f64 / n)).sum()
}
