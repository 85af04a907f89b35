//! What figures with axes share: grid, tick labels, the unit, the legend, notes under the plot.

use crate::words::say;
use zhiheng_base::Lang;

use super::scale::Scale;
use super::scene::{Anchor, Area, Form, Look, Scene};
use super::words::{text_width, wrapped};

/// Size of labels.
pub(super) const SIZE: f64 = 9.0;
/// Size of ticks and notes: 8 points is the smallest that prints well.
pub(super) const SMALL: f64 = 8.5;
/// Height of the row with unit and legend.
pub(super) const HEAD: f64 = 20.0;
/// Distance of the drawing from its edge.
pub(super) const EDGE: f64 = 4.0;

/// Room for the labels of a vertical axis.
pub(super) fn label_room(scale: &Scale) -> f64 {
    scale.ticks.iter().map(|tick| text_width(&scale.label(*tick), SMALL)).fold(0.0, f64::max) + EDGE + 5.0
}

/// Horizontal grid lines with their labels on the left.
pub(super) fn rows(scene: &mut Scene, plot: &Area, scale: &Scale) {
    for tick in &scale.ticks {
        let y = scale.at(*tick);
        scene.rule((plot.x, y), (plot.x + plot.width, y), Look::Grid);
        scene.text((plot.x - 5.0, y + SMALL * 0.35), SMALL, Anchor::End, Look::Soft, scale.label(*tick));
    }
}

/// Vertical grid lines with their labels below; labels that would touch are left out.
pub(super) fn columns(scene: &mut Scene, plot: &Area, scale: &Scale) {
    let mut free_from = f64::NEG_INFINITY;
    for tick in &scale.ticks {
        let x = scale.at(*tick);
        scene.rule((x, plot.y), (x, plot.y + plot.height), Look::Grid);
        let label = scale.label(*tick);
        let half = text_width(&label, SMALL) / 2.0;
        if x - half >= free_from && x + half <= scene.width {
            scene.text((x, plot.y + plot.height + SMALL + 4.0), SMALL, Anchor::Middle, Look::Soft, label);
            free_from = x + half + 4.0;
        }
    }
}

/// The unit at the upper left.
pub(super) fn unit(scene: &mut Scene, unit: &str, lang: Lang) {
    let text = say(lang, "axis-unit", &[("unit", unit)]);
    scene.text((EDGE, SMALL + 3.0), SMALL, Anchor::Start, Look::Soft, text);
}

/// Samples with their meaning in a row that begins at `top`, set from the right and not beyond `left`.
pub(super) fn legend(scene: &mut Scene, entries: &[(Look, String)], left: f64, top: f64) {
    const SAMPLE: f64 = 16.0;
    let mut right = scene.width - EDGE;
    let y = top + SMALL + 3.0;
    for (look, text) in entries.iter().rev() {
        let width = text_width(text, SMALL);
        let x = right - width - SAMPLE - 4.0;
        if x < left {
            return;
        }
        let middle = y - SMALL * 0.32;
        let sample = Area { x, y: middle - 4.0, width: SAMPLE, height: 8.0 };
        match look {
            Look::Band | Look::Bar | Look::Tile(_) => scene.add(Form::Bar(sample), *look),
            Look::Hatch => {
                scene.add(Form::Bar(sample), Look::Empty);
                scene.add(Form::Bar(sample), Look::Hatch);
            }
            Look::Full | Look::Hollow | Look::Alarm => {
                scene.add(Form::Point { x: x + SAMPLE / 2.0, y: middle, radius: 3.0 }, *look);
            }
            Look::Whisker => {
                scene.rule((x, middle), (x + SAMPLE, middle), Look::Whisker);
                scene.add(Form::Point { x: x + SAMPLE / 2.0, y: middle, radius: 2.8 }, Look::Full);
            }
            Look::Series => {
                scene.add(Form::Line(vec![(x, middle), (x + SAMPLE, middle)]), Look::Series);
                scene.add(Form::Point { x: x + SAMPLE / 2.0, y: middle, radius: 2.6 }, Look::Full);
            }
            look => scene.rule((x, middle), (x + SAMPLE, middle), *look),
        }
        scene.text((x + SAMPLE + 4.0, y), SMALL, Anchor::Start, Look::Soft, text.clone());
        right = x - 12.0;
    }
}

/// Notes in lines from `y` down; answers the place below them.
pub(super) fn notes(scene: &mut Scene, y: f64, notes: &[String]) -> f64 {
    let mut y = y;
    let width = scene.width - 2.0 * EDGE;
    for line in notes.iter().flat_map(|note| wrapped(note, SMALL, width, 3)) {
        scene.text((EDGE, y + SMALL), SMALL, Anchor::Start, Look::Soft, line);
        y += SMALL * 1.45;
    }
    y
}

/// Height that [`notes`] takes.
pub(super) fn notes_height(notes: &[String]) -> f64 {
    let lines: usize =
        notes.iter().map(|note| wrapped(note, SMALL, super::WIDTH - 2.0 * EDGE, 3).len()).sum();
    lines as f64 * SMALL * 1.45
}

/// Limits that a unit sets to an axis: rates stay between 0 and 100.
pub(super) fn bounds(unit: &str) -> (Option<f64>, Option<f64>) {
    if unit == "%" { (Some(0.0), Some(100.0)) } else { (None, None) }
}
