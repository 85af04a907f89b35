//! How many of each credit class are drawn: the class's share, rounded up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zhiheng_base::exact::exact_mul;
use zhiheng_base::{Date, Decimal, Diagnostic, RegionCode};

use crate::norm::{Norm, NormKind, needed, norm};

/// How many are drawn of one class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quota {
    /// Class.
    pub class: String,
    /// Objects of the class.
    pub size: u64,
    /// Percent to be drawn.
    pub percent: Decimal,
    /// Number to be drawn.
    pub n: u64,
}

/// The number of each class that is drawn from `sizes`. Part of an object counts as one: a share is a floor of care, not a
/// ceiling.
pub fn quotas(
    sizes: &BTreeMap<String, u64>,
    norms: &[Norm],
    region: RegionCode,
    on: Date,
) -> (Vec<Quota>, Vec<Diagnostic>) {
    let (mut quotas, mut problems) = (Vec::new(), Vec::new());
    for (class, &size) in sizes {
        match needed(norms, NormKind::Ratio, Some(class), region, on) {
            Ok(ratio) => {
                let share = exact_mul(Decimal::from(size), ratio.value);
                let n = share
                    .and_then(|share| share.checked_div(Decimal::ONE_HUNDRED))
                    .unwrap_or_default()
                    .ceil();
                let n = u64::try_from(n).unwrap_or(size).min(size);
                quotas.push(Quota { class: class.clone(), size, percent: ratio.value, n });
            }
            Err(problem) => problems.push(problem),
        }
    }
    (quotas, problems)
}

/// Whether an object of `class` that was drawn `times` this year may be drawn again; without a rule it may.
pub fn may_be_drawn(times: u64, class: &str, norms: &[Norm], region: RegionCode, on: Date) -> bool {
    norm(norms, NormKind::Frequency, Some(class), region, on).is_none_or(|most| times < most.count())
}
