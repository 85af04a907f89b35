//! The standard normal distribution: probabilities through `erfc`, quantiles by Wichura's AS 241.
//!
//! Probabilities lose accuracy in the far tail when `x / √2` is rounded before squaring; the rounding
//! error is known exactly (fused multiply-add) and is corrected to first order.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// `1/√2 - FRAC_1_SQRT_2`, the part of the constant that a double cannot hold.
const FRAC_1_SQRT_2_REST: f64 = -4.833_646_656_726_457e-17;

/// `P(Z > x)` for a standard normal `Z`; relative error below 1e-14 for `x < 37`, 0 far above.
///
/// ```
/// assert!((zhiheng_methods::special::normal_upper(1.959963984540054) - 0.025).abs() < 1e-16);
/// ```
pub fn normal_upper(x: f64) -> f64 {
    let u = x * FRAC_1_SQRT_2;
    let rest = libm::fma(x, FRAC_1_SQRT_2, -u) + x * FRAC_1_SQRT_2_REST;
    // erfc(u + rest) = erfc(u) + rest · erfc'(u), and erfc'(u) = −2/√π · exp(−u²)
    let correction = if rest.is_finite() { rest * libm::exp(-u * u) / PI.sqrt() } else { 0.0 };
    0.5 * libm::erfc(u) - correction
}

/// `P(Z ≤ x)` for a standard normal `Z`; relative error below 1e-14 for `x > -37`, 0 far below.
pub fn normal_cdf(x: f64) -> f64 {
    normal_upper(-x)
}

/// The `x` with `P(Z ≤ x) = p`; infinite at 0 and 1, NaN outside. Relative error about 1e-15.
///
/// Source: Wichura (1988), *Applied Statistics* 37:477–484, algorithm AS 241 (PPND16).
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return central(q);
    }
    if p < 0.5 { -outer(p) } else { outer(1.0 - p) }
}

/// The `x` with `P(Z > x) = q`: the quantile from the upper tail, exact for small `q` too.
///
/// ```
/// assert!((zhiheng_methods::special::normal_upper_quantile(0.025) - 1.959963984540054).abs() < 1e-15);
/// ```
pub fn normal_upper_quantile(q: f64) -> f64 {
    -normal_quantile(q)
}

/// AS 241 for `|p − ½| ≤ 0.425`, argument `p − ½`.
fn central(q: f64) -> f64 {
    let r = 0.180_625 - q * q;
    q * ratio(
        r,
        [
            3.387_132_872_796_366_5,
            133.141_667_891_784_38,
            1_971.590_950_306_551_3,
            13_731.693_765_509_46,
            45_921.953_931_549_87,
            67_265.770_927_008_7,
            33_430.575_583_588_13,
            2_509.080_928_730_122_7,
        ],
        [
            1.0,
            42.313_330_701_600_91,
            687.187_007_492_057_9,
            5_394.196_021_424_751,
            21_213.794_301_586_597,
            39_307.895_800_092_71,
            28_729.085_735_721_943,
            5_226.495_278_852_854,
        ],
    )
}

/// AS 241 in the tails: the upper quantile of the tail probability `tail` (< 0.075).
fn outer(tail: f64) -> f64 {
    if tail == 0.0 {
        return f64::INFINITY;
    }
    let r = libm::sqrt(-libm::log(tail));
    if r <= 5.0 {
        ratio(
            r - 1.6,
            [
                1.423_437_110_749_683_5,
                4.630_337_846_156_546,
                5.769_497_221_460_691,
                3.647_848_324_763_204_5,
                1.270_458_252_452_368_4,
                0.241_780_725_177_450_6,
                0.022_723_844_989_269_184,
                7.745_450_142_783_414e-4,
            ],
            [
                1.0,
                2.053_191_626_637_759,
                1.676_384_830_183_803_8,
                0.689_767_334_985_1,
                0.148_103_976_427_480_08,
                0.015_198_666_563_616_457,
                5.475_938_084_995_345e-4,
                1.050_750_071_644_416_9e-9,
            ],
        )
    } else {
        ratio(
            r - 5.0,
            [
                6.657_904_643_501_103,
                5.463_784_911_164_114,
                1.784_826_539_917_291_3,
                0.296_560_571_828_504_87,
                0.026_532_189_526_576_124,
                0.001_242_660_947_388_078_4,
                2.711_555_568_743_487_6e-5,
                2.010_334_399_292_288_1e-7,
            ],
            [
                1.0,
                0.599_832_206_555_888,
                0.136_929_880_922_735_8,
                0.014_875_361_290_850_615,
                7.868_691_311_456_133e-4,
                1.846_318_317_510_054_8e-5,
                1.421_511_758_316_446e-7,
                2.044_263_103_389_94e-15,
            ],
        )
    }
}

/// The quotient of two polynomials given from the constant term up.
fn ratio(x: f64, top: [f64; 8], bottom: [f64; 8]) -> f64 {
    let horner = |c: [f64; 8]| c.iter().rev().fold(0.0, |sum, &k| sum * x + k);
    horner(top) / horner(bottom)
}
