//! Units that cannot be told apart.
//!
//! **What it answers.** Between which neighbours in the ranking is there no difference that the draws would carry?
//!
//! **Formula.** Unit `a` is told apart from the lower-placed `b` if `a` scores higher in at least the share `level` of the
//! draws, a tie counting one half. A group is a run of neighbours in the ranking no two of which are told apart, as long as
//! it can be made. Groups overlap: that a unit shares a group with two others does not mean that these share one.
//!
//! **Source.** The letters of Piepho (2004), *Journal of Computational and Graphical Statistics* 13:456–466, restricted to
//! neighbours in the ranking; Goldstein and Spiegelhalter (1996), *Journal of the Royal Statistical Society A* 159:385–443.
//!
//! **When not to use it.** As a new ranking of classes: a group is a finding about doubt, not a grade.

/// Groups of units, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    /// Units in the order of the ranking (ties in the order of the rows).
    pub order: Vec<usize>,
    /// Groups of more than one unit, as first and last position in `order`.
    pub runs: Vec<(usize, usize)>,
}

impl Groups {
    /// From the nominal scores and the draws (`draws[draw][unit]`), the higher the better; no value is missing.
    pub fn new(nominal: &[f64], draws: &[Vec<f64>], level: f64) -> Self {
        let of_unit = |unit: usize| draws.iter().map(|draw| draw[unit]).collect();
        let units: Vec<Vec<f64>> = (0..nominal.len()).map(of_unit).collect();
        Self::by_unit(nominal, &units, level)
    }

    /// As [`Groups::new`] with the draws by unit (`units[unit][draw]`), which compares long runs much faster.
    pub fn by_unit<T: PartialOrd + Copy>(nominal: &[f64], units: &[Vec<T>], level: f64) -> Self {
        let n_draws = units.first().map_or(0, Vec::len);
        let mut order: Vec<usize> = (0..nominal.len()).collect();
        order.sort_by(|&a, &b| nominal[b].total_cmp(&nominal[a]));
        let told_apart = |a: usize, b: usize| {
            let halves: u32 = units[a].iter().zip(&units[b]).map(|(&a, &b)| halves(a, b)).sum();
            f64::from(halves) >= level * 2.0 * n_draws as f64
        };
        let mut runs: Vec<(usize, usize)> = Vec::new();
        // `last` is the end of the longest run from `first`; it never moves back
        let mut last = 0;
        for first in 0..order.len() {
            let before = last;
            last = last.max(first);
            while last + 1 < order.len()
                && (first..=last).all(|member| !told_apart(order[member], order[last + 1]))
            {
                last += 1;
            }
            if last > first && (first == 0 || last > before) {
                runs.push((first, last));
            }
        }
        Self { order, runs }
    }

    /// The units that share a group with `unit`, best first, itself included.
    pub fn beside(&self, unit: usize) -> &[usize] {
        let Some(at) = self.order.iter().position(|&other| other == unit) else { return &[] };
        let mut holding = self.runs.iter().filter(|(first, last)| (*first..=*last).contains(&at));
        let first = holding.clone().next().map_or(at, |run| run.0);
        let last = holding.next_back().map_or(at, |run| run.1);
        &self.order[first..=last]
    }
}

/// 2 if `a` is higher, 1 for a tie; without branches, so that the compiler can take several at once.
fn halves<T: PartialOrd>(a: T, b: T) -> u32 {
    u32::from(a > b) + u32::from(a >= b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_change_places_share_a_group() {
        // 0 and 1 change places, 2 and 3 too; 1 and 2 never
        let draws = vec![vec![9.0, 8.0, 3.0, 2.0], vec![8.0, 9.0, 2.0, 3.0]];
        let groups = Groups::new(&[9.0, 8.0, 3.0, 2.0], &draws, 0.9);
        assert_eq!(groups.runs, [(0, 1), (2, 3)]);
        assert_eq!(groups.beside(1), [0, 1]);
    }

    #[test]
    fn groups_overlap() {
        // 0 against 1 and 1 against 2 are open, 0 against 2 is not
        let draws = vec![vec![9.0, 8.0, 7.0], vec![8.0, 9.0, 7.0], vec![9.0, 7.0, 8.0]];
        let groups = Groups::new(&[9.0, 8.0, 7.0], &draws, 0.9);
        assert_eq!(groups.runs, [(0, 1), (1, 2)]);
        assert_eq!(groups.beside(1), [0, 1, 2]);
        assert_eq!(groups.beside(0), [0, 1]);
    }
}
