//! A watched series: its points, centre line and limits, and the points that are out of the ordinary.

use crate::words::say;
use zhiheng_base::Lang;

use super::axes::{self, EDGE, HEAD, SIZE, SMALL};
use super::line::{periods, runs};
use super::place::Taken;
use super::scale::Scale;
use super::scene::{Anchor, Area, Form, Look, Scene};
use crate::chart::{Held, Mark};

/// Height of the plot.
const PLOT: f64 = 168.0;

/// Draws the series.
pub(super) fn scene(points: &[Mark], held: &[Held], n_base: usize, unit: &str, lang: Lang) -> Scene {
    let values: Vec<f64> = (points.iter().filter_map(|point| point.value))
        .chain(held.iter().flat_map(|held| [held.centre, held.low, held.high]).flatten())
        .collect();
    let (floor, ceiling) = axes::bounds(unit);
    let scale = Scale::over(&values, 5, floor, ceiling);
    let mut scene = Scene::new(HEAD + PLOT + SMALL + 12.0 + EDGE);
    let left = axes::label_room(&scale);
    let plot = Area { x: left, y: HEAD, width: scene.width - left - EDGE - 8.0, height: PLOT };
    let scale = scale.between(plot.y + plot.height, plot.y);
    axes::unit(&mut scene, unit, lang);
    axes::rows(&mut scene, &plot, &scale);
    scene.rule((plot.x, plot.y + plot.height), (plot.x + plot.width, plot.y + plot.height), Look::Axis);
    let slot = plot.width / points.len().max(1) as f64;
    let x = |at: usize| plot.x + slot * (at as f64 + 0.5);
    periods(&mut scene, points, &plot, slot);

    // Limits hold for a step as a whole, so they are drawn as stairs.
    for (look, pick) in [
        (Look::Inner, (|held: &Held| held.low) as fn(&Held) -> Option<f64>),
        (Look::Inner, |held: &Held| held.high),
        (Look::Outer, |held: &Held| held.centre),
    ] {
        for stairs in stairs(held, pick) {
            let line = (stairs.iter())
                .flat_map(|&(at, value)| {
                    let y = scale.at(value);
                    [(x(at) - slot / 2.0, y), (x(at) + slot / 2.0, y)]
                })
                .collect();
            scene.add(Form::Line(line), look);
        }
    }
    if n_base > 0 && n_base < points.len() {
        let border = x(n_base) - slot / 2.0;
        scene.rule((border, plot.y), (border, plot.y + plot.height), Look::Break);
    }
    for run in runs(points, |_| false) {
        let line = run.iter().filter_map(|&at| Some((x(at), scale.at(points[at].value?)))).collect();
        scene.add(Form::Line(line), Look::Series);
    }
    let mut taken = Taken::texts(&scene);
    // Many points stand close; only those that matter keep their size.
    let radius = (slot * 0.4).clamp(0.8, 2.6);
    let is_alarm = |at: usize| held.get(at).is_some_and(|held| held.alarm);
    for (at, point) in points.iter().enumerate() {
        let Some(value) = point.value else { continue };
        let (look, radius) = if is_alarm(at) { (Look::Alarm, 3.6) } else { (Look::Full, radius) };
        let form = Form::Point { x: x(at), y: scale.at(value), radius };
        taken.take(form.area());
        scene.mark(form, look, point);
    }
    // Values of the last steps may stand in the margin.
    let room = Area { width: plot.width + 8.0, ..plot };
    for (at, point) in points.iter().enumerate().filter(|(at, _)| is_alarm(*at)) {
        let Some(value) = point.value else { continue };
        let y = scale.at(value);
        // Neighbours often rise together: beside a point is free where above it is not.
        let beside = 6.0;
        let places = [
            (x(at), y - 7.0, Anchor::Middle),
            (x(at) - beside, y + SMALL * 0.35, Anchor::End),
            (x(at) + beside, y + SMALL * 0.35, Anchor::Start),
            (x(at), y + SIZE + 6.0, Anchor::Middle),
            (x(at), y - 18.0, Anchor::Middle),
            (x(at), y + SIZE + 17.0, Anchor::Middle),
        ];
        taken.put(&mut scene, &room, &places, SMALL, Look::Warn, &point.shown);
    }
    let mut legend = vec![(Look::Series, say(lang, "svg-value", &[]))];
    for (look, id, there) in [
        (Look::Outer, "svg-centre", held.iter().any(|held| held.centre.is_some())),
        (Look::Inner, "svg-limits", held.iter().any(|held| held.low.or(held.high).is_some())),
        (Look::Alarm, "svg-alarm", held.iter().any(|held| held.alarm)),
        (Look::Break, "svg-base", n_base > 0 && n_base < points.len()),
    ] {
        if there {
            legend.push((look, say(lang, id, &[])));
        }
    }
    axes::legend(&mut scene, &legend, 70.0, 0.0);
    scene
}

/// Stretches of steps that have a limit, with its values.
fn stairs(held: &[Held], pick: fn(&Held) -> Option<f64>) -> Vec<Vec<(usize, f64)>> {
    let mut stretches: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut open = false;
    for (at, held) in held.iter().enumerate() {
        match (pick(held), stretches.last_mut()) {
            (Some(value), Some(last)) if open => last.push((at, value)),
            (Some(value), _) => stretches.push(vec![(at, value)]),
            (None, _) => {}
        }
        open = pick(held).is_some();
    }
    stretches
}
