//! The Newton step of the free shares, from the last steps in compact form.
//!
//! With `S` the last steps, `Y` the turns of the gradient along them, `D` and `L` the diagonal and the part below it
//! of `SᵀY`, and `θ` the curvature to start from, the step is `(r + Z W K⁻¹ Wᵀ Zᵀ r / θ) / θ`, `Z` picking the free
//! shares (Byrd, Lu, Nocedal and Zhu 1995, section 5). The authors keep the inner products that make up `K` and
//! change them when shares enter or leave the free set; but in a round without free shares they skip this, and the
//! products miss that round for good. `K` then is not what it should be: often it has no factor, and the search
//! forgets all curvature. Which minimum R finds depends on it, so the products are kept here in the same way.

/// Pairs that are remembered.
pub(super) const MEMORY: usize = 5;

type Table = [[f64; MEMORY]; MEMORY];

/// A step and how the gradient turned along it.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) step: Vec<f64>,
    pub(super) turn: Vec<f64>,
}

/// Which shares are free now, and which have changed since the round before.
pub(super) struct Sets {
    pub(super) free: Vec<usize>,
    pub(super) bound: Vec<usize>,
    pub(super) entering: Vec<usize>,
    pub(super) leaving: Vec<usize>,
}

/// The inner products: of turns over free shares, of steps over bound ones, and of steps with turns (over bound
/// shares below the diagonal, over free ones from it on).
#[derive(Default)]
pub(super) struct Products {
    turns: Table,
    steps: Table,
    mixed: Table,
}

impl Products {
    /// Brings the products up to date; `added` says whether the last pair is new, `full` whether one fell out for it.
    pub(super) fn update(&mut self, pairs: &[Pair], sets: &Sets, added: bool, full: bool) {
        let n = pairs.len();
        let old = if added {
            if full {
                for table in [&mut self.turns, &mut self.steps, &mut self.mixed] {
                    for i in 1..MEMORY {
                        for j in 1..MEMORY {
                            table[i - 1][j - 1] = table[i][j];
                        }
                    }
                }
            }
            let (last, new) = (n - 1, &pairs[n - 1]);
            for (j, pair) in pairs.iter().enumerate() {
                self.turns[last][j] = dot(&new.turn, &pair.turn, &sets.free);
                self.steps[last][j] = dot(&new.step, &pair.step, &sets.bound);
                self.mixed[last][j] = dot(&new.step, &pair.turn, &sets.bound);
            }
            for (i, pair) in pairs.iter().enumerate() {
                self.mixed[i][last] = dot(&pair.step, &new.turn, &sets.free);
            }
            last
        } else {
            n
        };
        let change = |a: &[f64], b: &[f64]| dot(a, b, &sets.entering) - dot(a, b, &sets.leaving);
        for i in 0..old {
            for j in 0..old {
                if j <= i {
                    self.turns[i][j] += change(&pairs[i].turn, &pairs[j].turn);
                    self.steps[i][j] -= change(&pairs[i].step, &pairs[j].step);
                }
                let mixed = change(&pairs[i].step, &pairs[j].turn);
                self.mixed[i][j] += if i <= j { mixed } else { -mixed };
            }
        }
    }

    /// The Newton step of the free shares for the reduced gradient `-rest`; `None` if `K` has no factor.
    pub(super) fn newton(
        &self,
        pairs: &[Pair],
        free: &[usize],
        theta: f64,
        rest: &[f64],
    ) -> Option<Vec<f64>> {
        let n = pairs.len();
        let mut upper = Table::default();
        let mut corner = Table::default();
        let mut below = Table::default();
        for i in 0..n {
            for j in 0..=i {
                upper[i][j] = self.turns[i][j] / theta;
                below[i][j] = self.steps[i][j] * theta;
            }
            upper[i][i] += along(&pairs[i]);
            // Column i of the corner block, as a row.
            let signed = |(j, mixed): (usize, &f64)| if j < i { -mixed } else { *mixed };
            for (slot, mixed) in corner[i].iter_mut().zip(self.mixed[i].iter().enumerate().map(signed)) {
                *slot = mixed;
            }
        }
        factor(&mut upper, n)?;
        for column in corner.iter_mut().take(n) {
            forward(&upper, &mut column[..n]);
        }
        for i in 0..n {
            for j in 0..=i {
                below[i][j] += (0..n).map(|k| corner[i][k] * corner[j][k]).sum::<f64>();
            }
        }
        factor(&mut below, n)?;

        let project =
            |values: &[f64]| free.iter().zip(rest).map(|(&at, rest)| values[at] * rest).sum::<f64>();
        let mut first: Vec<f64> = pairs.iter().map(|pair| project(&pair.turn)).collect();
        let mut second: Vec<f64> = pairs.iter().map(|pair| theta * project(&pair.step)).collect();
        forward(&upper, &mut first);
        for (i, value) in second.iter_mut().enumerate() {
            *value -= (0..n).map(|k| corner[i][k] * first[k]).sum::<f64>();
        }
        forward(&below, &mut second);
        back(&below, &mut second);
        for (k, value) in first.iter_mut().enumerate() {
            *value = -*value - (0..n).map(|i| corner[i][k] * second[i]).sum::<f64>();
        }
        back(&upper, &mut first);
        let one = |(&at, rest): (&usize, &f64)| {
            let bent: f64 =
                (0..n).map(|i| pairs[i].turn[at] * first[i] / theta + pairs[i].step[at] * second[i]).sum();
            (rest + bent) / theta
        };
        Some(free.iter().zip(rest).map(one).collect())
    }
}

/// Whether the middle matrix `θ SᵀS + L D⁻¹ Lᵀ` of the curvature has a factor.
pub(super) fn is_definite(pairs: &[Pair], theta: f64) -> bool {
    let n = pairs.len();
    let all: Vec<usize> = (0..pairs.first().map_or(0, |pair| pair.step.len())).collect();
    let mut middle = Table::default();
    for i in 0..n {
        for j in 0..=i {
            let below = |k: usize| {
                dot(&pairs[i].step, &pairs[k].turn, &all) * dot(&pairs[j].step, &pairs[k].turn, &all)
                    / along(&pairs[k])
            };
            middle[i][j] = theta * dot(&pairs[i].step, &pairs[j].step, &all) + (0..j).map(below).sum::<f64>();
        }
    }
    factor(&mut middle, n).is_some()
}

/// How far the gradient turned along the step: the curvature there times its length squared.
fn along(pair: &Pair) -> f64 {
    pair.step.iter().zip(&pair.turn).map(|(a, b)| a * b).sum()
}

fn dot(a: &[f64], b: &[f64], over: &[usize]) -> f64 {
    over.iter().map(|&at| a[at] * b[at]).sum()
}

/// Cholesky factor in the lower triangle; `None` once a pivot falls below 1e-14 of its diagonal, R's limit.
fn factor(a: &mut Table, n: usize) -> Option<()> {
    for j in 0..n {
        for k in 0..j {
            let known: f64 = (0..k).map(|i| a[j][i] * a[k][i]).sum();
            a[j][k] = (a[j][k] - known) / a[k][k];
        }
        let pivot = a[j][j] - (0..j).map(|k| a[j][k] * a[j][k]).sum::<f64>();
        if pivot.is_nan() || pivot <= 1e-14 * a[j][j].abs() {
            return None;
        }
        a[j][j] = pivot.sqrt();
    }
    Some(())
}

fn forward(factor: &Table, b: &mut [f64]) {
    for i in 0..b.len() {
        for k in 0..i {
            b[i] -= factor[i][k] * b[k];
        }
        b[i] /= factor[i][i];
    }
}

fn back(factor: &Table, b: &mut [f64]) {
    for i in (0..b.len()).rev() {
        for k in i + 1..b.len() {
            b[i] -= factor[k][i] * b[k];
        }
        b[i] /= factor[i][i];
    }
}
