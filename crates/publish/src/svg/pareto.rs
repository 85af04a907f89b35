//! Causes in falling order with the cumulated share.

use crate::words::say;
use zhiheng_base::Lang;

use super::axes::{self, EDGE, HEAD, SMALL};
use super::place::Taken;
use super::scale::Scale;
use super::scene::{Anchor, Area, Form, Look, Scene};
use super::words::balanced;
use crate::chart::Mark;

/// Height of the plot.
const PLOT: f64 = 160.0;
/// Lines of a label under a bar.
const LINES: usize = 3;

/// Draws the bars and the line.
pub(super) fn scene(points: &[Mark], unit: &str, lang: Lang) -> Scene {
    let values: Vec<f64> = points.iter().filter_map(|point| point.value).collect();
    let sum: f64 = values.iter().sum();
    // Bars begin at zero.
    let scale = Scale::over(&[0.0, values.iter().copied().fold(0.0, f64::max)], 5, Some(0.0), None);
    let left = axes::label_room(&scale);
    let right = EDGE + 28.0;
    let slot = (super::WIDTH - left - right) / points.len().max(1) as f64;
    let labels: Vec<Vec<String>> =
        points.iter().map(|point| balanced(&point.label, SMALL, slot - 3.0, LINES)).collect();
    let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
    let mut scene = Scene::new(HEAD + PLOT + 6.0 + lines as f64 * SMALL * 1.25 + EDGE);
    let plot = Area { x: left, y: HEAD, width: scene.width - left - right, height: PLOT };
    let scale = scale.between(plot.y + plot.height, plot.y + 12.0);
    let share =
        Scale::over(&[0.0, 100.0], 5, Some(0.0), Some(100.0)).between(plot.y + plot.height, plot.y + 12.0);
    axes::unit(&mut scene, unit, lang);
    axes::rows(&mut scene, &plot, &scale);
    for tick in &share.ticks {
        let at = (plot.x + plot.width + 5.0, share.at(*tick) + SMALL * 0.35);
        scene.text(at, SMALL, Anchor::Start, Look::Soft, format!("{}%", share.label(*tick)));
    }
    let bottom = plot.y + plot.height;
    scene.rule((plot.x, bottom), (plot.x + plot.width, bottom), Look::Axis);
    let mut taken = Taken::texts(&scene);
    let mut line = Vec::new();
    let mut cumulated = 0.0;
    for (at, point) in points.iter().enumerate() {
        let value = point.value.unwrap_or(0.0);
        cumulated += value;
        let middle = plot.x + slot * (at as f64 + 0.5);
        let width = (slot * 0.68).min(46.0);
        let top = scale.at(value);
        let bar = Area { x: middle - width / 2.0, y: top, width, height: bottom - top };
        scene.mark(Form::Bar(bar), Look::Bar, point);
        if point.small {
            scene.add(Form::Bar(bar), Look::Hatch);
        }
        if sum > 0.0 {
            line.push((middle, share.at(100.0 * cumulated / sum)));
        }
        for (i, text) in labels[at].iter().enumerate() {
            let y = bottom + 4.0 + SMALL + i as f64 * SMALL * 1.25;
            scene.text((middle, y), SMALL, Anchor::Middle, Look::Ink, text.clone());
        }
    }
    if line.len() > 1 {
        scene.add(Form::Line(line.clone()), Look::Cumulative);
    }
    for (x, y) in &line {
        let point = Form::Point { x: *x, y: *y, radius: 2.2 };
        taken.take(point.area());
        scene.add(point, Look::Hollow);
    }
    for (at, point) in points.iter().enumerate() {
        let middle = plot.x + slot * (at as f64 + 0.5);
        let top = scale.at(point.value.unwrap_or(0.0));
        let places = [
            (middle, top - 3.5, Anchor::Middle),
            (middle, top + SMALL + 4.0, Anchor::Middle),
            (middle, bottom - 4.0, Anchor::Middle),
        ];
        taken.put(&mut scene, &plot, &places, SMALL, Look::Ink, &point.shown);
    }
    let legend =
        [(Look::Bar, say(lang, "svg-count", &[])), (Look::Cumulative, say(lang, "svg-cumulative", &[]))];
    axes::legend(&mut scene, &legend, 70.0, 0.0);
    scene
}
