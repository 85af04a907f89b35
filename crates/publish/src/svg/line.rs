//! A series over periods with its interval band, target and breaks.

use crate::words::say;
use zhiheng_base::Lang;

use super::axes::{self, EDGE, HEAD, SIZE, SMALL};
use super::place::Taken;
use super::scale::Scale;
use super::scene::{Anchor, Area, Form, Look, Scene};
use super::words::text_width;
use crate::chart::Mark;

/// Height of the plot.
const PLOT: f64 = 168.0;
/// Up to so many points each carries its value.
const ALL_LABELLED_MAX: usize = 8;

/// Draws the series.
pub(super) fn scene(
    points: &[Mark],
    target: Option<f64>,
    breaks: &[(usize, String)],
    (unit, interval): (&str, &str),
    lang: Lang,
) -> Scene {
    let values: Vec<f64> = points
        .iter()
        .flat_map(|point| [point.value, point.limits.map(|l| l.0), point.limits.map(|l| l.1)])
        .flatten()
        .chain(target)
        .collect();
    let (floor, ceiling) = axes::bounds(unit);
    let scale = Scale::over(&values, 5, floor, ceiling);
    let notes: Vec<String> = breaks
        .iter()
        .filter_map(|(at, says)| {
            let label = &points.get(*at)?.label;
            Some(say(lang, "svg-break-note", &[("label", label), ("says", says)]))
        })
        .collect();
    let notes_top = HEAD + PLOT + SMALL + 12.0;
    let mut scene = Scene::new(notes_top + axes::notes_height(&notes) + EDGE);
    let left = axes::label_room(&scale);
    let target_label = target.map(|target| say(lang, "svg-target", &[("value", &shown(target, unit))]));
    let right = EDGE + 8.0;
    let plot = Area { x: left, y: HEAD, width: scene.width - left - right, height: PLOT };
    let scale = scale.between(plot.y + plot.height, plot.y);
    axes::unit(&mut scene, unit, lang);
    axes::rows(&mut scene, &plot, &scale);
    scene.rule((plot.x, plot.y + plot.height), (plot.x + plot.width, plot.y + plot.height), Look::Axis);

    let slot = plot.width / points.len().max(1) as f64;
    let x = |at: usize| plot.x + slot * (at as f64 + 0.5);
    let starts = |at: usize| breaks.iter().any(|(first, _)| *first == at);
    periods(&mut scene, points, &plot, slot);

    let runs = runs(points, starts);
    for run in &runs {
        band(&mut scene, points, run, x, &scale);
    }
    for (at, _) in breaks.iter().filter(|(at, _)| *at < points.len()) {
        let middle = x(*at) - slot / 2.0;
        scene.rule((middle, plot.y), (middle, plot.y + plot.height), Look::Break);
    }
    if let Some(target) = target {
        scene.rule((plot.x, scale.at(target)), (plot.x + plot.width, scale.at(target)), Look::Target);
    }
    for run in &runs {
        let line = run.iter().filter_map(|&at| Some((x(at), scale.at(points[at].value?)))).collect();
        scene.add(Form::Line(line), Look::Series);
    }
    let mut taken = Taken::texts(&scene);
    for (at, point) in points.iter().enumerate() {
        if let Some(value) = point.value {
            let look = if point.small { Look::Hollow } else { Look::Full };
            let form = Form::Point { x: x(at), y: scale.at(value), radius: 3.0 };
            taken.take(form.area());
            scene.mark(form, look, point);
        }
    }
    let mut target_named = true;
    if let (Some(target), Some(text)) = (target, &target_label) {
        let y = scale.at(target);
        let (first, last) = (plot.x + 3.0, plot.x + plot.width - 2.0);
        let places = [
            (first, y - 4.0, Anchor::Start),
            (first, y + SMALL + 3.0, Anchor::Start),
            (last, y - 4.0, Anchor::End),
            (last, y + SMALL + 3.0, Anchor::End),
        ];
        target_named = taken.put(&mut scene, &plot, &places, SMALL, Look::Warn, text);
    }
    values_at(&mut scene, &mut taken, points, &plot, x, &scale);

    let mut legend = vec![(Look::Series, say(lang, "svg-value", &[]))];
    if points.iter().any(|point| point.limits.is_some()) {
        legend.push((Look::Band, interval.to_owned()));
    }
    if !target_named {
        legend.push((Look::Target, say(lang, "svg-target-key", &[])));
    }
    if !notes.is_empty() {
        legend.push((Look::Break, say(lang, "svg-break", &[])));
    }
    if points.iter().any(|point| point.small) {
        legend.push((Look::Hollow, say(lang, "svg-small", &[])));
    }
    axes::legend(&mut scene, &legend, 70.0, 0.0);
    axes::notes(&mut scene, notes_top, &notes);
    scene
}

/// Stretches of points with values, cut at gaps and breaks.
pub(super) fn runs(points: &[Mark], starts: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut open = false;
    for (at, point) in points.iter().enumerate() {
        if point.value.is_none() {
            open = false;
            continue;
        }
        match runs.last_mut() {
            Some(run) if open && !starts(at) => run.push(at),
            _ => runs.push(vec![at]),
        }
        open = true;
    }
    runs
}

fn band(scene: &mut Scene, points: &[Mark], run: &[usize], x: impl Fn(usize) -> f64, scale: &Scale) {
    let with: Vec<(f64, (f64, f64))> =
        run.iter().filter_map(|&at| Some((x(at), points[at].limits?))).collect();
    match with.as_slice() {
        [] => {}
        [(x, (low, high))] => {
            scene.rule((*x, scale.at(*low)), (*x, scale.at(*high)), Look::Whisker);
        }
        with => {
            let upper = with.iter().map(|(x, (_, high))| (*x, scale.at(*high)));
            let lower = with.iter().rev().map(|(x, (low, _))| (*x, scale.at(*low)));
            scene.add(Form::Band(upper.chain(lower).collect()), Look::Band);
        }
    }
}

/// Labels of the periods: as many as fit, the last one always.
pub(super) fn periods(scene: &mut Scene, points: &[Mark], plot: &Area, slot: f64) {
    let widest = points.iter().map(|point| text_width(&point.label, SMALL)).fold(0.0, f64::max);
    // The last label is moved inwards where it would leave the drawing, so it needs that much more room.
    let inwards = (widest / 2.0 - slot / 2.0).max(0.0);
    let every = ((widest + inwards + 2.5) / slot).ceil().max(1.0) as usize;
    let n = points.len();
    for (at, point) in points.iter().enumerate().filter(|(at, _)| (n - 1 - at).is_multiple_of(every)) {
        let half = text_width(&point.label, SMALL) / 2.0;
        let x = (plot.x + slot * (at as f64 + 0.5)).min(scene.width - EDGE - half).max(half);
        let y = plot.y + plot.height;
        scene.rule(
            (plot.x + slot * (at as f64 + 0.5), y),
            (plot.x + slot * (at as f64 + 0.5), y + 3.0),
            Look::Axis,
        );
        scene.text((x, y + SMALL + 5.0), SMALL, Anchor::Middle, Look::Soft, point.label.clone());
    }
}

/// Values beside the points: all of a short series; of a long one the last, the highest and the lowest.
fn values_at(
    scene: &mut Scene,
    taken: &mut Taken,
    points: &[Mark],
    plot: &Area,
    x: impl Fn(usize) -> f64,
    scale: &Scale,
) {
    let with: Vec<(usize, f64)> =
        points.iter().enumerate().filter_map(|(at, point)| Some((at, point.value?))).collect();
    let mut chosen: Vec<usize> = Vec::new();
    chosen.extend(with.last().map(|(at, _)| *at));
    chosen.extend(with.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(at, _)| *at));
    chosen.extend(with.iter().min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))).map(|(at, _)| *at));
    if with.len() <= ALL_LABELLED_MAX {
        chosen.extend(with.iter().map(|(at, _)| *at));
    }
    let mut done: Vec<usize> = Vec::new();
    for at in chosen {
        let Some(value) = points[at].value.filter(|_| !done.contains(&at)) else { continue };
        done.push(at);
        let (px, py) = (x(at), scale.at(value));
        let half = text_width(&points[at].shown, SIZE) / 2.0;
        let px = px.min(plot.x + plot.width - half).max(plot.x + half);
        let mut places = [
            (px, py - 6.0, Anchor::Middle),
            (px, py + SIZE + 5.0, Anchor::Middle),
            (px, py - 16.0, Anchor::Middle),
            (px, py + SIZE + 15.0, Anchor::Middle),
        ];
        // In a dip the line runs above the point: its value stands below.
        let beside: Vec<f64> = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .filter_map(|near| points.get(near?)?.value)
            .collect();
        if !beside.is_empty() && beside.iter().sum::<f64>() > value * beside.len() as f64 {
            places.swap(0, 1);
            places.swap(2, 3);
        }
        taken.put(scene, plot, &places, SIZE, Look::Ink, &points[at].shown);
    }
}

/// A value of the axis with its unit.
pub(super) fn shown(value: f64, unit: &str) -> String {
    let number = rust_decimal::Decimal::try_from(value)
        .map_or_else(|_| value.to_string(), |number| number.round_dp(4).normalize().to_string());
    if unit == "%" { format!("{number}%") } else { number }
}
