//! Places in order, each with its interval.

use crate::words::say;
use zhiheng_base::Lang;

use super::axes::{self, EDGE, HEAD, SIZE, SMALL};
use super::line::shown;
use super::scale::Scale;
use super::scene::{Anchor, Area, Form, Look, Scene};
use super::words::{shortened, text_width};
use crate::chart::Mark;

/// Most rows drawn: what fits a page. Of more, the first and last are.
const ROWS_MAX: usize = 54;
/// Widest label.
const LABEL_MAX: f64 = 120.0;

/// Draws the ranking.
pub(super) fn scene(
    points: &[Mark],
    whole: Option<f64>,
    target: Option<f64>,
    (unit, interval): (&str, &str),
    lang: Lang,
) -> Scene {
    let rows = rows(points);
    let row = (560.0 / rows.len().max(1) as f64).clamp(10.2, 17.0);
    let size = if row < 12.0 { 8.0 } else { SIZE };
    let values: Vec<f64> = points
        .iter()
        .flat_map(|point| [point.value, point.limits.map(|l| l.0), point.limits.map(|l| l.1)])
        .flatten()
        .chain(whole)
        .chain(target)
        .collect();
    let (floor, ceiling) = axes::bounds(unit);
    let right_texts: Vec<String> = points.iter().map(|point| beside(point, lang)).collect();
    let labels = points.iter().map(|point| text_width(&point.label, size)).fold(0.0, f64::max).min(LABEL_MAX);
    let right = right_texts.iter().map(|text| text_width(text, size)).fold(0.0, f64::max);
    // Rules for the whole and the target are named above the plot.
    let named = usize::from(whole.is_some()) + usize::from(target.is_some());
    let top = HEAD + 13.0 * named as f64;
    let height = row * rows.len() as f64;
    let mut scene = Scene::new(top + height + SMALL + 8.0 + EDGE);
    let left = EDGE + labels + 8.0;
    let plot = Area { x: left, y: top, width: scene.width - left - right - 12.0 - EDGE, height };
    let scale = Scale::over(&values, 5, floor, ceiling).between(plot.x + 4.0, plot.x + plot.width - 4.0);
    axes::unit(&mut scene, unit, lang);
    axes::columns(&mut scene, &plot, &scale);

    let rules =
        [(whole, Look::Whole, "svg-whole", Look::Ink), (target, Look::Target, "svg-target", Look::Warn)];
    let mut level = HEAD;
    for (value, look, id, ink) in rules {
        let Some(value) = value else { continue };
        let x = scale.at(value);
        scene.rule((x, level + 12.0), (x, plot.y + plot.height), look);
        let text = say(lang, id, &[("value", &shown(rounded(value, points), unit))]);
        let half = text_width(&text, SMALL) / 2.0;
        let at = x.clamp(EDGE + half, scene.width - EDGE - half);
        scene.text((at, level + SMALL), SMALL, Anchor::Middle, ink, text);
        level += 13.0;
    }
    for (at, index) in rows.iter().enumerate() {
        let y = plot.y + row * (at as f64 + 0.5);
        let base = y + size * 0.35;
        let Some(point) = index.and_then(|index| points.get(index)) else {
            let left_out = (points.len() + 1 - rows.len()).to_string();
            let text = say(lang, "svg-left-out", &[("n", &left_out)]);
            scene.text(
                (plot.x - 6.0, base),
                size,
                Anchor::End,
                Look::Soft,
                shortened(&text, size, LABEL_MAX),
            );
            continue;
        };
        let label = shortened(&point.label, size, LABEL_MAX);
        scene.text((plot.x - 6.0, base), size, Anchor::End, Look::Ink, label);
        if let Some((low, high)) = point.limits {
            let (low, high) = (scale.at(low), scale.at(high));
            scene.rule((low, y), (high, y), Look::Whisker);
            for end in [low, high] {
                scene.rule((end, y - 2.4), (end, y + 2.4), Look::Whisker);
            }
        }
        if let Some(value) = point.value {
            let look = if point.small { Look::Hollow } else { Look::Full };
            scene.mark(Form::Point { x: scale.at(value), y, radius: 3.2 }, look, point);
        }
        let text = beside(point, lang);
        scene.text((scene.width - EDGE, base), size, Anchor::End, Look::Ink, text);
    }
    let mut legend = Vec::new();
    if points.iter().any(|point| point.limits.is_some()) {
        legend.push((Look::Whisker, say(lang, "svg-value-interval", &[("interval", interval)])));
    }
    if points.iter().any(|point| point.small) {
        legend.push((Look::Hollow, say(lang, "svg-small", &[])));
    }
    axes::legend(&mut scene, &legend, 70.0, 0.0);
    scene
}

/// Value and base as printed at the right edge.
fn beside(point: &Mark, lang: Lang) -> String {
    match point.base {
        Some(base) => {
            let n = crate::phrase::fixed(base, 0);
            say(lang, "svg-value-base", &[("shown", &point.shown), ("n", &n)])
        }
        None => point.shown.clone(),
    }
}

/// `value` with as many decimals as the printed values have.
fn rounded(value: f64, points: &[Mark]) -> f64 {
    let decimals = |text: &str| {
        text.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count())
    };
    let digits = points.iter().map(|point| decimals(&point.shown)).max().unwrap_or(1) as u32;
    crate::phrase::fixed(value, digits).parse().unwrap_or(value)
}

/// Indices of the rows; `None` stands for those left out in the middle.
fn rows(points: &[Mark]) -> Vec<Option<usize>> {
    let n = points.len();
    if n <= ROWS_MAX {
        return (0..n).map(Some).collect();
    }
    let half = (ROWS_MAX - 1) / 2;
    (0..half).map(Some).chain([None]).chain((n - half..n).map(Some)).collect()
}
