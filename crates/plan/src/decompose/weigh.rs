//! Comparing the parts of a target with the whole, exactly.

use zhiheng_base::exact::{exact_add, exact_mul};
use zhiheng_base::{Date, Decimal, Diagnostic, Severity};

use super::{Decomposition, Outcome, Part, Yardstick, about};
use crate::target::{BETWEEN_DIGITS, Rule, Target};

/// Digits of printed sums, means and shortfalls; comparisons are made before.
const SHOWN_DIGITS: u32 = 10;

/// The comparison of a day: what the parts come to, and by how much they fall short.
struct Compared {
    on: Date,
    whole: Decimal,
    come_to: Decimal,
    short: Decimal,
    /// Weights by which `short` is multiplied, so that nothing is divided before it is judged.
    scale: Decimal,
    values: Vec<Decimal>,
}

/// Compares on all days that matter and keeps the worst.
pub(super) fn weigh(
    whole: &Target,
    rule: Rule,
    parts: &[&Target],
    yardstick: Yardstick,
) -> Result<Decomposition, Diagnostic> {
    let weights = weights(rule, parts)?;
    let mut worst: Option<Compared> = None;
    for day in days(whole, parts) {
        let Some((wanted, values)) = values(whole, parts, day) else { continue };
        let compared = compare(rule, day, wanted, values, &weights, yardstick)
            .ok_or_else(|| about("ZH8521", whole).arg("day", day))?;
        // Later days stand for earlier ones where nothing is worse: the last day is what is judged.
        if worst.as_ref().is_none_or(|worst| compared.short >= worst.short) {
            worst = Some(compared);
        }
    }
    let Some(found) = worst else { return Err(about("ZH8522", whole)) };
    let interpolated = whole.course.is_dated() || parts.iter().any(|part| part.course.is_dated());
    let slack = if interpolated { Decimal::new(1, BETWEEN_DIGITS) } else { Decimal::ZERO };
    let judged = |short: Decimal, scale: Decimal, excused: bool| -> Option<Outcome> {
        let over = |limit: Decimal| exact_mul(limit, scale).map(|limit| short > limit);
        Some(if !over(slack)? {
            Outcome::Met
        } else if !over(whole.tolerance)? {
            Outcome::WithinTolerance
        } else if excused {
            Outcome::Excused
        } else {
            Outcome::Short
        })
    };
    let too_large = || about("ZH8521", whole).arg("day", found.on);
    let mut listed = Vec::with_capacity(parts.len());
    for ((part, &value), &weight) in parts.iter().zip(&found.values).zip(&weights) {
        let own = match rule {
            Rule::Each => {
                let short = yardstick.short(found.whole, value).ok_or_else(too_large)?;
                Some(judged(short, Decimal::ONE, part.exception.is_some()).ok_or_else(too_large)?)
            }
            Rule::Sum | Rule::WeightedMean => None,
        };
        listed.push(Part {
            target: part.id.clone(),
            region: part.region,
            unit: part.unit.clone(),
            value,
            weight: (rule == Rule::WeightedMean).then_some(weight),
            outcome: own,
            exception: part.exception.clone(),
        });
    }
    let outcome = match listed.iter().filter_map(|part| part.outcome).max() {
        // The whole may be excused for all its parts at once.
        Some(Outcome::Short) if whole.exception.is_some() => Outcome::Excused,
        Some(worst) => worst,
        None => judged(found.short, found.scale, whole.exception.is_some()).ok_or_else(too_large)?,
    };
    let short = found.short.checked_div(found.scale).ok_or_else(too_large)?;
    Ok(Decomposition {
        target: whole.id.clone(),
        indicator: whole.indicator.clone(),
        rule,
        on: found.on,
        whole: found.whole,
        parts_come_to: found.come_to.round_dp(SHOWN_DIGITS).normalize(),
        short: short.round_dp(SHOWN_DIGITS).normalize(),
        tolerance: whole.tolerance,
        outcome,
        exception: whole.exception.clone(),
        parts: listed,
    })
}

/// Stated weights for a mean, ones otherwise.
fn weights(rule: Rule, parts: &[&Target]) -> Result<Vec<Decimal>, Diagnostic> {
    let weight = |part: &&Target| match (rule, part.weight) {
        (Rule::WeightedMean, Some(weight)) if weight > Decimal::ZERO => Ok(weight),
        (Rule::WeightedMean, _) => Err(about("ZH8517", part)),
        (Rule::Sum | Rule::Each, _) => Ok(Decimal::ONE),
    };
    parts.iter().map(weight).collect()
}

/// Days on which something bends, if all are known before the end; and the last day.
fn days(whole: &Target, parts: &[&Target]) -> Vec<Date> {
    let last = whole.period.last_day();
    let mut days = vec![last];
    if whole.course.is_dated() && parts.iter().all(|part| part.course.is_dated()) {
        days.extend(whole.course.days());
        days.extend(parts.iter().flat_map(|part| part.course.days()));
        days.retain(|day| whole.period.contains(*day));
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// All values on a day; `None` if one is not known yet. A part that ends earlier keeps its last value.
fn values(whole: &Target, parts: &[&Target], day: Date) -> Option<(Decimal, Vec<Decimal>)> {
    let wanted = whole.course.on(day, whole.period)?;
    let value = |part: &&Target| part.course.on(day, part.period);
    Some((wanted, parts.iter().map(value).collect::<Option<_>>()?))
}

/// `None` where a decimal cannot hold the numbers.
fn compare(
    rule: Rule,
    on: Date,
    wanted: Decimal,
    values: Vec<Decimal>,
    weights: &[Decimal],
    yardstick: Yardstick,
) -> Option<Compared> {
    let (come_to, short, scale) = match rule {
        Rule::Each => {
            let mut worst: Option<(Decimal, Decimal)> = None;
            for &value in &values {
                let short = yardstick.short(wanted, value)?;
                if worst.is_none_or(|(_, before)| short > before) {
                    worst = Some((value, short));
                }
            }
            let (value, short) = worst?;
            (value, short, Decimal::ONE)
        }
        Rule::Sum => {
            let sum = total(values.iter().copied())?;
            (sum, yardstick.short(wanted, sum)?, Decimal::ONE)
        }
        Rule::WeightedMean => {
            let scale = total(weights.iter().copied())?;
            let products = values.iter().zip(weights).map(|(&value, &weight)| exact_mul(value, weight));
            let sum = total(products.collect::<Option<Vec<Decimal>>>()?)?;
            (sum.checked_div(scale)?, yardstick.short(exact_mul(wanted, scale)?, sum)?, scale)
        }
    };
    Some(Compared { on, whole: wanted, come_to, short, scale, values })
}

fn total(values: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, exact_add)
}

/// What must be put right, and what only has to be known.
pub(super) fn told(whole: &Target, found: &Decomposition) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let numbers = |problem: Diagnostic| {
        problem.arg("rule", found.rule.word()).arg("day", found.on).arg("whole", found.whole.normalize())
    };
    if found.rule == Rule::Each {
        for part in found.parts.iter().filter(|part| part.outcome == Some(Outcome::Short)) {
            if found.outcome == Outcome::Short {
                let mut problem = numbers(about("ZH8520", whole)).arg("part", &part.target);
                problem = problem.arg("value", part.value.normalize());
                let short = exact_add(found.whole, -part.value).unwrap_or_default().abs();
                problems.push(problem.arg("short", short.normalize()));
            }
        }
    } else if found.outcome == Outcome::Short {
        let problem = numbers(about("ZH8519", whole)).arg("parts", found.parts_come_to);
        problems.push(problem.arg("short", found.short));
    }
    if found.outcome == Outcome::WithinTolerance {
        let mut note = numbers(about("ZH8523", whole)).arg("parts", found.parts_come_to);
        note = note.arg("short", found.short).arg("tolerance", found.tolerance.normalize());
        note.severity = Severity::Note;
        problems.push(note);
    }
    problems
}
