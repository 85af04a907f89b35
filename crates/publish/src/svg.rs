//! [`ChartSpec`] → SVG by hand: eight kinds of mark, fixed decimals, the same bytes for the same data.
//!
//! In reading order: [`Style`] (print or web), `scene` (marks before they are written), `scale` (ticks), `words` (widths
//! and line breaks), one file for each kind of figure, `write` (the text).

mod axes;
mod control;
mod funnel;
mod line;
mod palette;
mod pareto;
mod place;
mod ranked;
mod scale;
mod scene;
mod spark;
#[cfg(test)]
mod tests;
mod tiles;
mod words;
mod write;

pub use funnel::limits as funnel_limits;
pub use palette::{Palette, TOKENS};
pub use spark::{Step, spark};
pub use tiles::{Classes, classes};

use zhiheng_base::Lang;

use crate::chart::{ChartKind, ChartSpec};
use scene::Scene;

/// Width of the type area, 156 mm, in points. All lengths are points of print.
pub(crate) const WIDTH: f64 = 442.2;

/// How a figure is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Where colours come from.
    pub palette: Palette,
    /// Font family for all text; `None` takes that of the page.
    pub font: Option<String>,
    /// What stands before a mark's address in its link; `None` draws no links.
    pub links: Option<String>,
    /// Language of the labels that the drawing adds itself.
    pub lang: Lang,
}

impl Style {
    /// For paper: fixed colours, no links, Noto Sans SC.
    pub fn print(lang: Lang) -> Style {
        Style { palette: Palette::Print, font: Some("Noto Sans SC".to_owned()), links: None, lang }
    }

    /// For pages: colours as custom properties with the print colours behind them, links on marks.
    pub fn web(lang: Lang, links: impl Into<String>) -> Style {
        Style { palette: Palette::Web, font: None, links: Some(links.into()), lang }
    }
}

/// Draws a figure.
pub fn draw(chart: &ChartSpec, style: &Style) -> String {
    write::svg(&scene(chart, style.lang), chart, style)
}

/// The marks of a figure.
fn scene(chart: &ChartSpec, lang: Lang) -> Scene {
    let interval = chart.interval.clone().unwrap_or_else(|| crate::words::say(lang, "svg-interval", &[]));
    match &chart.kind {
        ChartKind::Line { points, target, breaks } => {
            line::scene(points, *target, breaks, (&chart.unit, &interval), lang)
        }
        ChartKind::Ranked { points, whole, target } => {
            ranked::scene(points, *whole, *target, (&chart.unit, &interval), lang)
        }
        ChartKind::Pareto { points } => pareto::scene(points, &chart.unit, lang),
        ChartKind::Funnel { points, whole } => funnel::scene(points, *whole, &chart.unit, lang),
        ChartKind::Control { points, held, n_base } => {
            control::scene(points, held, *n_base, &chart.unit, lang)
        }
        ChartKind::Tiles { points } => tiles::scene(points, &chart.unit, lang),
    }
}
