//! Rates against the size of their base, with the limits within which chance alone would leave them.
//!
//! Source: Spiegelhalter (2005), *Statistics in Medicine* 24:1185–1202. The limits are `p ± z √(p(1 − p)/n)` around the
//! rate of the whole, cut at 0 and 100 %.

use crate::words::say;
use zhiheng_base::Lang;
use zhiheng_methods::special::normal_upper_quantile;

use super::axes::{self, EDGE, HEAD, SMALL};
use super::line::shown;
use super::place::Taken;
use super::scale::Scale;
use super::scene::{Anchor, Area, Form, Look, Scene};
use crate::chart::Mark;

/// Height of the plot.
const PLOT: f64 = 200.0;
/// Steps of a limit curve.
const STEPS: u32 = 96;
/// Up to so many places each is named; of more, only those outside the limits.
const ALL_NAMED_MAX: usize = 15;

/// Limits in per cent for a base of `n` around `whole`, a fraction of one. `None` for an empty base, a fraction outside
/// 0–1 or a level outside 0–1.
pub fn limits(whole: f64, n: f64, level: f64) -> Option<(f64, f64)> {
    if !(n > 0.0 && (0.0..=1.0).contains(&whole) && level > 0.0 && level < 1.0) {
        return None;
    }
    let half = normal_upper_quantile((1.0 - level) / 2.0) * (whole * (1.0 - whole) / n).sqrt();
    Some((100.0 * (whole - half).max(0.0), 100.0 * (whole + half).min(1.0)))
}

/// Draws the funnel.
pub(super) fn scene(points: &[Mark], whole: f64, unit: &str, lang: Lang) -> Scene {
    let largest = points.iter().filter_map(|point| point.base).fold(1.0, f64::max);
    let smallest = points.iter().filter_map(|point| point.base).fold(largest, f64::min);
    let mut values: Vec<f64> = points.iter().filter_map(|point| point.value).collect();
    values.push(100.0 * whole);
    // The limits at the smallest base set the height, so that the mouth of the funnel is not all there is to see.
    values.extend(limits(whole, smallest, 0.998).map(|l| [l.0, l.1]).into_iter().flatten());
    let y = Scale::over(&values, 5, Some(0.0), Some(100.0));
    let left = axes::label_room(&y);
    let mut scene = Scene::new(HEAD + PLOT + 2.0 * SMALL + 14.0 + EDGE);
    let plot = Area { x: left, y: HEAD, width: scene.width - left - EDGE - 12.0, height: PLOT };
    let y = y.between(plot.y + plot.height, plot.y);
    let x = Scale::over(&[0.0, largest * 1.04], 6, Some(0.0), None).between(plot.x, plot.x + plot.width);
    axes::unit(&mut scene, unit, lang);
    axes::rows(&mut scene, &plot, &y);
    axes::columns(&mut scene, &plot, &x);
    let bottom = plot.y + plot.height;
    scene.rule((plot.x, bottom), (plot.x + plot.width, bottom), Look::Axis);
    let axis = say(lang, "svg-base-axis", &[]);
    let under = (plot.x + plot.width, bottom + 2.0 * SMALL + 9.0);
    scene.text(under, SMALL, Anchor::End, Look::Soft, axis);

    for (level, look) in [(0.95, Look::Inner), (0.998, Look::Outer)] {
        for upper in [false, true] {
            let curve = curve(whole, level, upper, &x, &y);
            if curve.len() > 1 {
                scene.add(Form::Line(curve), look);
            }
        }
    }
    let middle = y.at(100.0 * whole);
    scene.rule((plot.x, middle), (plot.x + plot.width, middle), Look::Whole);

    let mut taken = Taken::texts(&scene);
    for point in points {
        if let (Some(value), Some(base)) = (point.value, point.base) {
            let look = if point.small { Look::Hollow } else { Look::Full };
            let form = Form::Point { x: x.at(base), y: y.at(value), radius: 3.4 };
            taken.take(form.area());
            scene.mark(form, look, point);
        }
    }
    let label = say(lang, "svg-whole", &[("value", &shown((1000.0 * whole).round() / 10.0, unit))]);
    let edge = plot.x + plot.width - 2.0;
    let places = [(edge, middle - 4.0, Anchor::End), (edge, middle + SMALL + 3.0, Anchor::End)];
    taken.put(&mut scene, &plot, &places, SMALL, Look::Ink, &label);
    let outside = |point: &&Mark| {
        let limits = point.base.and_then(|n| limits(whole, n, 0.998));
        point.value.zip(limits).is_some_and(|(value, (low, high))| value < low || value > high)
    };
    let all = points.len() <= ALL_NAMED_MAX;
    let (far, near): (Vec<&Mark>, Vec<&Mark>) = points.iter().partition(outside);
    for point in far.into_iter().chain(near.into_iter().filter(|_| all)) {
        let (Some(value), Some(base)) = (point.value, point.base) else { continue };
        let (px, py) = (x.at(base), y.at(value));
        let places = [
            (px + 6.0, py + 3.0, Anchor::Start),
            (px - 6.0, py + 3.0, Anchor::End),
            (px, py - 6.0, Anchor::Middle),
            (px, py + SMALL + 5.0, Anchor::Middle),
            (px + 6.0, py - 5.0, Anchor::Start),
            (px + 6.0, py + SMALL + 4.0, Anchor::Start),
        ];
        taken.put(&mut scene, &plot, &places, SMALL, Look::Ink, &point.label);
    }
    let mut legend =
        vec![(Look::Inner, say(lang, "svg-limits-95", &[])), (Look::Outer, say(lang, "svg-limits-998", &[]))];
    if points.iter().any(|point| point.small) {
        legend.push((Look::Hollow, say(lang, "svg-small", &[])));
    }
    axes::legend(&mut scene, &legend, 70.0, 0.0);
    scene
}

/// A limit from small bases to large ones, as far as it lies on the plot.
fn curve(whole: f64, level: f64, upper: bool, x: &Scale, y: &Scale) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for step in 0..=STEPS {
        // Closer together where the curve bends.
        let share = f64::from(step) / f64::from(STEPS);
        let n = (x.high * share * share).max(1.0);
        let Some((low, high)) = limits(whole, n, level) else { continue };
        let value = if upper { high } else { low };
        // Where a limit is cut at 0 or 100 % there is no curve to show.
        let cut = if upper { high >= 100.0 } else { low <= 0.0 };
        if !cut && value >= y.low && value <= y.high {
            points.push((x.at(n), y.at(value)));
        }
    }
    points.dedup();
    points
}
