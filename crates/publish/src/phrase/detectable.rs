//! Whether a difference of two rates could be told from chance on bases of a given size.

use crate::words::say;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use zhiheng_base::Lang;
use zhiheng_methods::sample_size::two_proportions;
use zhiheng_methods::special::normal_upper;
use zhiheng_methods::two_samples::score;

use super::test::SIGNIFICANCE;

/// Rates are taken to this many parts of one so that the test sees them exactly.
const PARTS: u64 = 1_000_000;

/// A difference and the sizes of the two samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// Rate in per cent.
    pub rate: Decimal,
    /// Rate in per cent that it is compared with.
    pub against: Decimal,
    /// Size of the two samples.
    pub n: (u64, u64),
    /// Chance in per cent with which the difference is to be found.
    pub power: Decimal,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Signed root of the score statistic.
    pub z: f64,
    /// Two-sided p-value that these rates would give.
    pub p_value: f64,
    /// Items needed in each sample; `None` for equal rates.
    pub needed: Option<u64>,
}

impl Question {
    /// Computes the score test from the rates themselves, not from whole counts: χ² is proportional to the sample
    /// size, so the test of the rates in millionths is scaled back. `None` for empty samples or rates outside 0–100.
    pub fn answer(&self) -> Option<Answer> {
        let parts = |rate: Decimal| (rate * Decimal::from(PARTS / 100)).round().to_u64();
        let (first, second) = (parts(self.rate)?, parts(self.against)?);
        let (n1, n2) = self.n;
        if n1 == 0 || n2 == 0 || first > PARTS || second > PARTS {
            return None;
        }
        let found = score(
            first.checked_mul(n1)?,
            PARTS.checked_mul(n1)?,
            second.checked_mul(n2)?,
            PARTS.checked_mul(n2)?,
            0.95,
        )?;
        let z = found.z / (PARTS as f64).sqrt();
        let share = |rate: Decimal| rate.to_f64().map(|rate| rate / 100.0);
        let needed = two_proportions(share(self.rate)?, share(self.against)?, 0.95, share(self.power)?);
        Some(Answer {
            z,
            p_value: (2.0 * normal_upper(z.abs())).min(1.0),
            needed: needed.map(|size| size.items),
        })
    }

    /// The sentence. `each` is the kind of period in which a sample is drawn, `unit` what it consists of.
    pub fn phrase(&self, each: &str, unit: &str, lang: Lang) -> Option<String> {
        let answer = self.answer()?;
        let points = (self.rate - self.against).abs().normalize().to_string();
        let (n1, n2) = (self.n.0.to_string(), self.n.1.to_string());
        let same = if n1 == n2 { "same" } else { "different" };
        let power = self.power.normalize().to_string();
        let needed = answer.needed.map(|needed| needed.to_string()).unwrap_or_default();
        let args = [
            ("points", points.as_str()),
            ("n", &n1),
            ("against-n", &n2),
            ("sizes", same),
            ("power", &power),
            ("needed", &needed),
            ("each", each),
            ("unit", unit),
        ];
        let id = match (answer.p_value < SIGNIFICANCE, answer.needed) {
            (true, _) => "detectable-yes",
            (false, Some(_)) => "detectable-no",
            (false, None) => "detectable-equal",
        };
        Some(say(lang, id, &args))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(n: u64) -> Question {
        Question {
            rate: Decimal::new(876, 1),
            against: Decimal::new(848, 1),
            n: (n, n),
            power: Decimal::from(80),
        }
    }

    #[test]
    fn the_published_gain_on_three_hundred_batches_is_one_standard_error() {
        let answer = question(300).answer().unwrap();
        assert_eq!(format!("{:.2}", answer.z), "0.99");
        assert!(answer.p_value > 0.3);
        assert!(answer.needed.is_some_and(|n| (2000..3000).contains(&n)), "{answer:?}");
        assert!(question(3000).answer().unwrap().p_value < 0.05);
    }

    #[test]
    fn impossible_questions_have_no_answer() {
        assert_eq!(question(0).answer(), None);
        assert_eq!(Question { rate: Decimal::from(101), ..question(300) }.answer(), None);
        assert_eq!(question(u64::MAX).answer(), None);
    }
}
