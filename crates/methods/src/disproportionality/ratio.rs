//! Reporting ratios: PRR, ROR and RR, with intervals, χ² and the rule of Evans.
//!
//! **What it answers.** How many times larger is the event's share among the product's reports than among
//! all others?
//!
//! **Formula.** `PRR = [a/(a+b)] / [c/(c+d)]` with `se² = 1/a − 1/(a+b) + 1/c − 1/(c+d)`; `ROR = ad/(bc)`
//! with `se² = 1/a + 1/b + 1/c + 1/d`; intervals `exp(ln estimate ± z se)`. `RR = a/E`. `χ² = N (|ad − bc|
//! − y)²` over the product of the margins, `y = 0` or Yates' `min(N/2, |ad − bc|)`. Evans: `PRR ≥ 2`, `χ² ≥
//! 4`, `a ≥ 3`.
//!
//! **Source.** Evans, Waller and Davis (2001), *Pharmacoepidemiology and Drug Safety* 10:483–486; van
//! Puijenbroek et al. (2002), the same, 11:3–10; Yates (1934), *JRSS Supplement* 1:217–235.
//!
//! **When not to use it.** With fewer than about 5 reports the intervals are rough; with many pairs some
//! stand out by chance: see [`super::gps`].

use super::table::Contingency;

/// The deviate of 95 % intervals as the field writes it. The exact one is 1.959964.
pub const Z: f64 = 1.96;

/// A ratio with its interval. A ratio over nothing is infinite; an end that is not defined is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio; `None` for 0/0.
    pub estimate: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// The proportional reporting ratio with interval at `z` deviations ([`Z`]).
///
/// ```
/// use zhiheng_methods::disproportionality::{Contingency, ratio::{Z, prr}};
/// let it = prr(&Contingency { a: 25, b: 75, c: 10, d: 90 }, Z);
/// assert!((it.estimate.unwrap() - 2.5).abs() < 1e-15);
/// // ln 2.5 ± 1.96 √(0.04 − 0.01 + 0.1 − 0.01)
/// assert_eq!(format!("{:.4} {:.4}", it.low.unwrap(), it.high.unwrap()), "1.2679 4.9296");
/// ```
pub fn prr(table: &Contingency, z: f64) -> Ratio {
    let (a, c) = (table.a as f64, table.c as f64);
    let (product, rest) = (table.with_product(), c + table.d as f64);
    let variance = 1.0 / a - 1.0 / product + 1.0 / c - 1.0 / rest;
    around((a / product) / (c / rest), variance, z)
}

/// The reporting odds ratio with interval at `z` deviations ([`Z`]).
pub fn ror(table: &Contingency, z: f64) -> Ratio {
    let [a, b, c, d] = [table.a, table.b, table.c, table.d].map(|count| count as f64);
    around((a * d) / (b * c), 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d, z)
}

fn around(estimate: f64, variance: f64, z: f64) -> Ratio {
    let end = |z: f64| known(libm::exp(libm::log(estimate) + z * libm::sqrt(variance)));
    Ratio { estimate: known(estimate), low: end(-z), high: end(z) }
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// The relative reporting ratio `a/E`; `None` where nothing is expected.
pub fn relative(observed: u64, expected: f64) -> Option<f64> {
    (expected > 0.0).then(|| observed as f64 / expected)
}

/// Pearson's χ² with 1 degree of freedom; `None` if a margin is 0.
pub fn chi_square(table: &Contingency) -> Option<f64> {
    corrected(table, 0.0)
}

/// χ² with Yates' correction, which never turns the difference round; `None` if a margin is 0.
pub fn chi_square_yates(table: &Contingency) -> Option<f64> {
    corrected(table, 0.5)
}

fn corrected(table: &Contingency, correction: f64) -> Option<f64> {
    let (n, product, event) = (table.total(), table.with_product(), table.with_event());
    let margins = product * (n - product) / n * (event * (n - event));
    // whole numbers of up to 128 bits: a d − b c without rounding
    let wide = |x: u64, y: u64| u128::from(x) * u128::from(y);
    let difference = wide(table.a, table.d).abs_diff(wide(table.b, table.c)) as f64;
    let left = difference - (correction * n).min(difference);
    (margins > 0.0).then(|| left * left / margins)
}

/// The rule for a signal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evans {
    /// The least PRR.
    pub prr: f64,
    /// The least χ².
    pub chi_square: f64,
    /// The fewest reports with both.
    pub reports: u64,
    /// Whether χ² has Yates' correction.
    pub yates: bool,
}

impl Default for Evans {
    fn default() -> Self {
        Self { prr: 2.0, chi_square: 4.0, reports: 3, yates: false }
    }
}

impl Evans {
    /// Whether the pair is a signal. A PRR over nothing is large enough, an undefined one is not.
    ///
    /// ```
    /// use zhiheng_methods::disproportionality::{Contingency, ratio::Evans};
    /// assert!(Evans::default().signal(&Contingency { a: 10, b: 20, c: 50, d: 920 }));
    /// assert!(!Evans::default().signal(&Contingency { a: 2, b: 0, c: 0, d: 998 }));
    /// ```
    pub fn signal(&self, table: &Contingency) -> bool {
        let chi_square = if self.yates { chi_square_yates(table) } else { chi_square(table) };
        table.a >= self.reports
            && prr(table, Z).estimate.is_some_and(|prr| prr >= self.prr)
            && chi_square.is_some_and(|chi_square| chi_square >= self.chi_square)
    }
}
