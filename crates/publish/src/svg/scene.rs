//! Marks before they are written, and the boxes they take.

use super::words::{TEXT_ASCENT, TEXT_DESCENT, text_width};

/// A drawing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scene {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) shapes: Vec<Shape>,
}

/// One mark.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) form: Form,
    pub(super) look: Look,
    /// Address and words of the measure that the mark stands for.
    pub(super) measure: Option<(String, String)>,
}

/// Geometry.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    Line(Vec<(f64, f64)>),
    Band(Vec<(f64, f64)>),
    Bar(Area),
    Point { x: f64, y: f64, radius: f64 },
    Rule { x1: f64, y1: f64, x2: f64, y2: f64 },
    Cell(Area),
    Text { x: f64, y: f64, size: f64, anchor: Anchor, text: String },
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    /// True if the two share more than an edge.
    pub(super) fn overlaps(&self, other: &Area) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// Which point of a text stands at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Colours and strokes by role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Axis,
    Grid,
    Series,
    Band,
    Target,
    Whole,
    Break,
    Bar,
    Full,
    Hollow,
    /// A point out of the ordinary.
    Alarm,
    Whisker,
    Cumulative,
    Inner,
    Outer,
    /// Tile of a class, 1 to 6.
    Tile(u8),
    /// Hatching over a small base.
    Hatch,
    Empty,
    Ink,
    Soft,
    Warn,
    /// Text on a light tile.
    OnLight,
    /// Text on a dark tile.
    OnDark,
}

impl Scene {
    pub(super) fn new(height: f64) -> Scene {
        Scene { width: super::WIDTH, height, shapes: Vec::new() }
    }

    pub(super) fn add(&mut self, form: Form, look: Look) {
        self.shapes.push(Shape { form, look, measure: None });
    }

    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), look: Look) {
        self.add(Form::Rule { x1: from.0, y1: from.1, x2: to.0, y2: to.1 }, look);
    }

    pub(super) fn text(
        &mut self,
        at: (f64, f64),
        size: f64,
        anchor: Anchor,
        look: Look,
        text: impl Into<String>,
    ) {
        let form = Form::Text { x: at.0, y: at.1, size, anchor, text: text.into() };
        self.add(form, look);
    }

    /// Adds a mark of a measure.
    pub(super) fn mark(&mut self, form: Form, look: Look, mark: &crate::chart::Mark) {
        let measure =
            mark.address.as_ref().map(|address| (address.clone(), format!("{} {}", mark.label, mark.shown)));
        self.shapes.push(Shape { form, look, measure });
    }
}

impl Form {
    /// The smallest rectangle around the form; for text an estimate.
    pub(super) fn area(&self) -> Area {
        match self {
            Form::Line(points) | Form::Band(points) => around(points),
            Form::Bar(area) | Form::Cell(area) => *area,
            Form::Point { x, y, radius } => {
                Area { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius }
            }
            Form::Rule { x1, y1, x2, y2 } => around(&[(*x1, *y1), (*x2, *y2)]),
            Form::Text { x, y, size, anchor, text } => {
                let width = text_width(text, *size);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                Area {
                    x: left,
                    y: y - TEXT_ASCENT * size,
                    width,
                    height: (TEXT_ASCENT + TEXT_DESCENT) * size,
                }
            }
        }
    }
}

fn around(points: &[(f64, f64)]) -> Area {
    let fold = |pick: fn(&(f64, f64)) -> f64, take: fn(f64, f64) -> f64, start: f64| {
        points.iter().map(pick).fold(start, take)
    };
    let (left, right) = (fold(|p| p.0, f64::min, f64::INFINITY), fold(|p| p.0, f64::max, f64::NEG_INFINITY));
    let (top, bottom) = (fold(|p| p.1, f64::min, f64::INFINITY), fold(|p| p.1, f64::max, f64::NEG_INFINITY));
    Area { x: left, y: top, width: right - left, height: bottom - top }
}
