//! Places as equal tiles, shaded by value.

use crate::words::say;
use zhiheng_base::Lang;

use super::axes::{self, EDGE, HEAD, SIZE, SMALL};
use super::scale::Scale;
use super::scene::{Anchor, Area, Form, Look, Scene};
use super::words::{balanced, shortened, text_width};
use crate::chart::Mark;

/// Largest tile.
const TILE_MAX: f64 = 76.0;
/// Half the gap between tiles.
const GAP: f64 = 0.8;
/// Height of the hatching along the lower edge.
const STRIP: f64 = 6.0;
/// Classes of shading.
const CLASSES: usize = 6;
/// From this class on, text is light.
const DARK_FROM: usize = 5;

/// Classes of a tile map, for maps that are drawn elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// Lower and upper end as printed, and shade from 1 (low) to 6 (high); in rising order.
    pub edges: Vec<(String, String, u8)>,
    /// The shade of each mark; `None` without data.
    pub of: Vec<Option<u8>>,
}

/// The classes by which [`scene`] shades `points`.
pub fn classes(points: &[Mark], unit: &str) -> Classes {
    let values: Vec<f64> = points.iter().filter_map(|point| point.value).collect();
    if values.is_empty() {
        return Classes { edges: Vec::new(), of: vec![None; points.len()] };
    }
    let (floor, ceiling) = axes::bounds(unit);
    let scale = Scale::over(&values, CLASSES - 1, floor, ceiling);
    let edges = edges(&scale);
    let named = edges
        .windows(2)
        .enumerate()
        .map(|(at, pair)| (scale.label(pair[0]), scale.label(pair[1]), shade(at, edges.len() - 1) as u8));
    Classes {
        of: points.iter().map(|point| point.value.map(|value| class(value, &edges) as u8)).collect(),
        edges: named.collect(),
    }
}

/// Draws the tiles.
pub(super) fn scene(points: &[Mark], unit: &str, lang: Lang) -> Scene {
    let place =
        |pick: fn((u16, u16)) -> u16| points.iter().filter_map(|p| p.tile).map(pick).max().unwrap_or(1);
    let (rows, columns) = (place(|t| t.0), place(|t| t.1));
    let side = ((super::WIDTH - 2.0 * EDGE) / f64::from(columns)).min(TILE_MAX);
    let height = side.min(54.0).max(side * 0.66);
    let left = (super::WIDTH - side * f64::from(columns)) / 2.0;
    let mut scene = Scene::new(HEAD + height * f64::from(rows) + HEAD);
    let values: Vec<f64> = points.iter().filter_map(|point| point.value).collect();
    let (floor, ceiling) = axes::bounds(unit);
    let scale = Scale::over(&values, CLASSES - 1, floor, ceiling);
    let edges = edges(&scale);
    for point in points {
        let Some((row, column)) = point.tile else { continue };
        let area = Area {
            x: left + side * f64::from(column.saturating_sub(1)) + GAP,
            y: HEAD + height * f64::from(row.saturating_sub(1)) + GAP,
            width: side - 2.0 * GAP,
            height: height - 2.0 * GAP,
        };
        tile(&mut scene, point, area, &edges);
    }
    axes::unit(&mut scene, unit, lang);
    if !values.is_empty() {
        let legend: Vec<(Look, String)> = edges
            .windows(2)
            .enumerate()
            .map(|(at, pair)| {
                let text =
                    say(lang, "interval", &[("low", &scale.label(pair[0])), ("high", &scale.label(pair[1]))]);
                (Look::Tile(shade(at, edges.len() - 1) as u8), text)
            })
            .collect();
        axes::legend(&mut scene, &legend, 0.0, HEAD + height * f64::from(rows) + 2.0);
        if points.iter().any(|point| point.small) {
            axes::legend(&mut scene, &[(Look::Hatch, say(lang, "svg-small", &[]))], 60.0, 0.0);
        }
    }
    scene
}

/// Limits of the classes: the ticks, thinned to as many classes as there are shades.
fn edges(scale: &Scale) -> Vec<f64> {
    let every = (scale.ticks.len().saturating_sub(1)).div_ceil(CLASSES).max(1);
    let mut edges: Vec<f64> = scale.ticks.iter().copied().step_by(every).collect();
    if let Some(last) = scale.ticks.last().filter(|last| edges.last().is_some_and(|edge| edge < *last)) {
        edges.push(*last);
    }
    edges
}

/// Shade, 1 to 6, of class `at` among `n`.
fn shade(at: usize, n: usize) -> usize {
    if n <= 1 { 2 } else { 1 + at * (CLASSES - 1) / (n - 1) }
}

/// Shade of a value.
fn class(value: f64, edges: &[f64]) -> usize {
    let at = edges.iter().skip(1).position(|edge| value < *edge).unwrap_or(edges.len().saturating_sub(2));
    shade(at, edges.len().saturating_sub(1))
}

fn tile(scene: &mut Scene, point: &Mark, area: Area, edges: &[f64]) {
    let class = point.value.map(|value| class(value, edges));
    let look = class.map_or(Look::Empty, |class| Look::Tile(class as u8));
    scene.mark(Form::Cell(area), look, point);
    if point.small && point.value.is_some() {
        // Only along the lower edge, so that the figures stay readable.
        let strip = Area { y: area.y + area.height - STRIP, height: STRIP, ..area };
        scene.add(Form::Cell(strip), Look::Hatch);
    }
    let dark = class.is_some_and(|class| class >= DARK_FROM);
    let ink = if dark { Look::OnDark } else { Look::OnLight };
    let size = if area.width < 40.0 { SMALL - 0.5 } else { SIZE };
    let room = area.width - 4.0;
    let name = balanced(&point.label, size, room, if area.height > 44.0 { 2 } else { 1 });
    let x = area.x + area.width / 2.0;
    let line = size * 1.25;
    let all = line * (name.len() as f64 + 1.0);
    let mut y = area.y + (area.height - all) / 2.0 + size;
    for text in &name {
        scene.text((x, y), size, Anchor::Middle, ink, text.clone());
        y += line;
    }
    let value = if text_width(&point.shown, size) > room {
        shortened(point.shown.trim_end_matches('%'), size, room)
    } else {
        point.shown.clone()
    };
    scene.text((x, y), size, Anchor::Middle, ink, value);
}

#[cfg(test)]
mod tests {
    use super::{Mark, classes};

    #[test]
    fn classes_are_those_of_the_drawing() {
        let mark = |value| Mark { value, ..Mark::default() };
        let points = [mark(Some(80.0)), mark(Some(84.3)), mark(None), mark(Some(88.1))];
        let found = classes(&points, "%");
        // Steps of 2 from 80 to 90 make five classes, shaded 1, 2, 3, 4 and 6.
        assert_eq!(found.of, [Some(1), Some(3), None, Some(6)]);
        let edges: Vec<_> =
            found.edges.iter().map(|(low, high, shade)| (low.as_str(), high.as_str(), *shade)).collect();
        assert_eq!(
            edges,
            [("80", "82", 1), ("82", "84", 2), ("84", "86", 3), ("86", "88", 4), ("88", "90", 6)]
        );
        assert_eq!(classes(&[mark(None)], "%").of, [None]);
    }
}
