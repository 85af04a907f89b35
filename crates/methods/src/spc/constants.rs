//! Factors of control charts for normal data, for any subgroup size: d₂, d₃, c₄ and what is made of them.
//!
//! **What it answers.** By which factors do ranges and sample deviations of n values estimate σ, and how wide
//! are the limits of X̄, R and S charts?
//!
//! **Formula.** With `W` the range of `n` standard normal values, `d₂ = E W` and `d₃² = Var W`, where
//! `P(W ≤ w) = n ∫ φ(x) (Φ(x + w) − Φ(x))^(n−1) dx`; `c₄ = √(2/(n−1)) Γ(n/2)/Γ((n−1)/2)`. Then `A₂ = 3/(d₂√n)`,
//! `A₃ = 3/(c₄√n)`, `D₃,₄ = 1 ∓ 3 d₃/d₂`, `B₃,₄ = 1 ∓ 3 √(1 − c₄²)/c₄`, lower ones not below 0.
//!
//! **Source.** Tippett (1925), *Biometrika* 17:364–387; GB/T 17989.2-2020 (ISO 7870-2:2013). The
//! integrals are done to 1e-13.
//!
//! **When not to use it.** [`Constants::Qcc`] only to repeat figures made with printed tables.

use crate::frame::Frame;
use crate::refusal::Refusal;
use crate::special::{ln_gamma, normal_cdf, normal_upper};
use crate::sum::{Sum, sum};
use crate::two_samples::brent;
use std::f64::consts::TAU;
use std::sync::LazyLock;

use super::quadrature::legendre;

/// Which d₂ and d₃ are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constants {
    /// The integrals, for sizes from 2 to 1000.
    Exact,
    /// The tables of R's qcc: d₂ with three decimals (sizes to 25, as printed in GB/T 4091), its own d₃ (to
    /// 50). Figures differ from the exact ones in the fifth digit.
    Qcc,
}

/// The factors for one subgroup size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    /// Mean range of `n` values in units of σ.
    pub d2: f64,
    /// Standard deviation of the range.
    pub d3: f64,
    /// Mean sample deviation.
    pub c4: f64,
    /// X̄ limits from the average range.
    pub a2: f64,
    /// X̄ limits from the average deviation.
    pub a3: f64,
    /// Lower limit of R, from the average range.
    pub lower_range: f64,
    /// Upper limit of R (D₄).
    pub upper_range: f64,
    /// Lower limit of S (B₃).
    pub lower_deviation: f64,
    /// Upper limit of S (B₄).
    pub upper_deviation: f64,
}

/// Largest subgroup for which ranges are taken.
const MOST: usize = 1000;

/// d₂ and d₃ of qcc for subgroups of `n`; NaN where it has none.
fn qcc(n: usize) -> (f64, f64) {
    static RANGES: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
        let table = Frame::from_table(include_str!("../../tables/qcc_ranges.csv")).unwrap_or_default();
        let [d2, d3] = ["d2", "d3"].map(|column| table.numbers(column).unwrap_or_default());
        d2.into_iter().zip(d3).collect()
    });
    // the table begins at 2
    RANGES.get(n - 2).copied().unwrap_or((f64::NAN, f64::NAN))
}

/// The [`Factors`] for subgroups of `n`, 2 to 1000, exact.
///
/// ```
/// let five = zhiheng_methods::spc::constants::factors(5).unwrap();
/// assert_eq!(format!("{:.3} {:.3} {:.3}", five.d2, five.a2, five.upper_range), "2.326 0.577 2.114");
/// ```
pub fn factors(n: usize) -> Result<Factors, Refusal> {
    let (d2, d3) = (Constants::Exact.d2(n)?, Constants::Exact.d3(n)?);
    let c4 = c4(n as f64);
    let root = (n as f64).sqrt();
    let (range, deviation) = (3.0 * d3 / d2, 3.0 * (1.0 - c4 * c4).sqrt() / c4);
    Ok(Factors {
        d2,
        d3,
        c4,
        a2: 3.0 / (d2 * root),
        a3: 3.0 / (c4 * root),
        lower_range: (1.0 - range).max(0.0),
        upper_range: 1.0 + range,
        lower_deviation: (1.0 - deviation).max(0.0),
        upper_deviation: 1.0 + deviation,
    })
}

impl Constants {
    /// Mean range of `n` standard normal values.
    pub fn d2(self, n: usize) -> Result<f64, Refusal> {
        match self {
            Constants::Exact => size(n, MOST, "[2, 1000]").map(|()| range_mean(n)),
            Constants::Qcc => size(n, 25, "[2, 25]").map(|()| qcc(n).0),
        }
    }

    /// Standard deviation of the range of `n` standard normal values.
    pub fn d3(self, n: usize) -> Result<f64, Refusal> {
        match self {
            Constants::Exact => size(n, MOST, "[2, 1000]").map(|()| range_deviation(n)),
            Constants::Qcc => size(n, 50, "[2, 50]").map(|()| qcc(n).1),
        }
    }
}

/// Mean sample deviation (divisor n − 1) of `n` standard normal values; `n` need not be whole.
pub fn c4(n: f64) -> f64 {
    let half = (n - 1.0) / 2.0;
    if half > 1e4 {
        // the gammas cancel: Γ(h + ½)/(Γ(h) √h) as a series in 1/h
        let r = 1.0 / half;
        return 1.0 - r / 8.0 + r * r / 128.0 + 5.0 * r * r * r / 1024.0;
    }
    libm::exp(ln_gamma(half + 0.5) - ln_gamma(half)) / half.sqrt()
}

/// `P(W ≤ w)` for the range of `n` standard normal values.
pub fn range_lower(w: f64, n: usize) -> f64 {
    if w.is_nan() || n < 2 {
        return f64::NAN;
    }
    if w <= 0.0 {
        return 0.0;
    }
    // The integrand is analytic and falls off like exp(−x²/2): the trapezoidal rule has all its digits.
    let step = 1.0 / 16.0;
    let power = n as f64 - 1.0;
    let (low, high) = (-9.0 - w, 9.0);
    let terms = ((high - low) / step).ceil() as u64;
    let all = sum((0..=terms).map(|i| {
        let x = low + step * i as f64;
        let between = if x > -0.5 * w {
            normal_upper(x) - normal_upper(x + w)
        } else {
            normal_cdf(x + w) - normal_cdf(x)
        };
        libm::exp(-0.5 * x * x) * libm::pow(between, power)
    }));
    (n as f64 * step * all / TAU.sqrt()).min(1.0)
}

/// The `w` with `P(W ≤ w) = p`; NaN unless `p` in (0, 1) and `n` at least 2.
pub fn range_quantile(p: f64, n: usize) -> f64 {
    if !(p > 0.0 && p < 1.0) || n < 2 {
        return f64::NAN;
    }
    brent(0.0, 60.0, 0.0, |w| range_lower(w, n) - p)
}

fn range_mean(n: usize) -> f64 {
    // 2 ∫₀ (1 − Φ(x)ⁿ − Q(x)ⁿ) dx, which is even: the half line takes half of its value at 0
    let (step, power) = (1.0 / 32.0, n as f64);
    let mut all = Sum::default();
    for i in 0..=320 {
        let x = step * f64::from(i);
        let tail = normal_upper(x);
        let value = -libm::expm1(power * libm::log1p(-tail)) - libm::pow(tail, power);
        all.add(if i == 0 { 0.5 * value } else { value });
    }
    2.0 * step * all.value()
}

fn range_deviation(n: usize) -> f64 {
    // E W² = ∫ 2w P(W > w) dw, by panels
    let square = sum((0..10).flat_map(|panel| {
        let low = 1.6 * f64::from(panel);
        legendre(16, low, low + 1.6)
            .into_iter()
            .map(|(w, weight)| weight * 2.0 * w * (1.0 - range_lower(w, n)))
    }));
    let mean = range_mean(n);
    (square - mean * mean).max(0.0).sqrt()
}

fn size(n: usize, most: usize, allowed: &'static str) -> Result<(), Refusal> {
    if (2..=most).contains(&n) {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what: "subgroup size", value: n as f64, allowed })
    }
}
