//! Figures as data: one `ChartSpec`, one SVG.

use serde::{Deserialize, Serialize};

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartSpec {
    /// Title: a sentence that states the finding.
    pub title: String,
    /// Definition, unit, as-of.
    pub subtitle: String,
    /// Unit of the value axis.
    pub unit: String,
    /// What the intervals are, for the legend; `None` for 95 % confidence intervals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<String>,
    /// What kind, with its data.
    pub kind: ChartKind,
}

/// Kinds of figure, each with its data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum ChartKind {
    /// A series over periods with interval band, target and breaks.
    Line {
        /// Points in order of time; a missing value leaves a gap.
        points: Vec<Mark>,
        /// Target line.
        target: Option<f64>,
        /// Index of the first point of a new basis, with the reason.
        breaks: Vec<(usize, String)>,
    },
    /// Places in order of value, each with its interval ("caterpillar").
    Ranked {
        /// Points, best first.
        points: Vec<Mark>,
        /// Value of the whole, drawn as a rule.
        whole: Option<f64>,
        /// Target.
        target: Option<f64>,
    },
    /// Causes in falling order with the cumulated share.
    Pareto {
        /// Bars, largest first.
        points: Vec<Mark>,
    },
    /// Rates against the size of their base, with 95 % and 99.8 % limits around the whole.
    Funnel {
        /// Points; `base` is the denominator.
        points: Vec<Mark>,
        /// Value of the whole, a fraction of one.
        whole: f64,
    },
    /// A watched series against its limits, steps out of the ordinary marked.
    Control {
        /// Points in order of time.
        points: Vec<Mark>,
        /// What each point is held against.
        held: Vec<Held>,
        /// So many points at the beginning only say what is ordinary.
        n_base: usize,
    },
    /// Places as equal tiles, shaded by value.
    Tiles {
        /// Tiles with `row` and `column`.
        points: Vec<Mark>,
    },
}

impl ChartKind {
    /// The marks, in the order in which they are read.
    pub fn marks(&self) -> &[Mark] {
        match self {
            ChartKind::Line { points, .. }
            | ChartKind::Ranked { points, .. }
            | ChartKind::Pareto { points }
            | ChartKind::Funnel { points, .. }
            | ChartKind::Control { points, .. }
            | ChartKind::Tiles { points } => points,
        }
    }

    /// The marks, to be changed.
    pub fn marks_mut(&mut self) -> &mut Vec<Mark> {
        match self {
            ChartKind::Line { points, .. }
            | ChartKind::Ranked { points, .. }
            | ChartKind::Pareto { points }
            | ChartKind::Funnel { points, .. }
            | ChartKind::Control { points, .. }
            | ChartKind::Tiles { points } => points,
        }
    }
}

/// What a point of a watched series is held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Centre line or expectation.
    pub centre: Option<f64>,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// Out of the ordinary.
    pub alarm: bool,
}

/// One mark.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Label (period, place, cause).
    pub label: String,
    /// Value in the unit; `None` is "no data".
    pub value: Option<f64>,
    /// As printed.
    pub shown: String,
    /// Lower and upper limit in the unit.
    pub limits: Option<(f64, f64)>,
    /// Denominator.
    pub base: Option<f64>,
    /// Base is small: drawn hatched or hollow.
    pub small: bool,
    /// Address of the measure; the mark links there.
    pub address: Option<String>,
    /// Place in a tile map.
    pub tile: Option<(u16, u16)>,
}
