//! Whether a target is met, and whether the interval settles it.

use crate::words::say;
use zhiheng_base::Lang;
use zhiheng_measure::{Flag, Measure};

/// The sentence part. `unit` is the suffix of the printed value.
pub fn phrase(measure: &Measure, unit: &str, lang: Lang) -> String {
    let Some(target) = &measure.target else {
        return say(lang, "target-none", &[]);
    };
    let shown = format!("{}{unit}", target.value);
    let bound = if target.at_least { "at-least" } else { "at-most" };
    let args = [("target", shown.as_str()), ("bound", bound)];
    if measure.flags.contains(&Flag::Suppressed) {
        return say(lang, "target-no-data", &args);
    }
    let id = match (target.met, target.certain, measure.limits.is_some()) {
        (None, ..) => "target-no-data",
        (Some(true), true, _) | (Some(true), false, false) => "target-met",
        (Some(true), false, true) => "target-met-uncertain",
        (Some(false), true, _) | (Some(false), false, false) => "target-missed",
        (Some(false), false, true) => "target-missed-uncertain",
    };
    say(lang, id, &args)
}
