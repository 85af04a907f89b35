//! What a scheme is judged by: figures with their uncertainty, points that people gave, evidence; and the verdicts.

use zhiheng_base::{Diagnostic, Lang, Node, Period, RegionCode};
use zhiheng_catalog::model::{Better, IndicatorKind, Item, Scheme, Score, Unit};
use zhiheng_judge::{Figure, Figures, Given, Sheets, Spread, Verdict, explain, judge_given, prove, unfiled};
use zhiheng_measure::engine::Engine;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_measure::{Address, Measure};

use crate::sheets;
use crate::trouble::Trouble;

/// Over which places, when, and as known at which ledger size.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The region whose parts are judged, or one place alone.
    pub within: RegionCode,
    /// The period.
    pub period: Period,
    /// Ledger size; now if not given.
    pub as_of: Option<u64>,
}

/// Everything that the verdicts of a scheme rest on, and they.
#[derive(Debug)]
pub struct Judgement {
    /// Places, in order of code.
    pub places: Vec<RegionCode>,
    /// Figures of the measures.
    pub figures: Figures,
    /// Points and proofs.
    pub given: Given,
    /// Scores of the stages.
    pub sheets: Sheets,
    /// What is wrong with scores and evidence; they do not count.
    pub problems: Vec<Diagnostic>,
    /// One for each place.
    pub verdicts: Vec<Verdict>,
}

/// The scheme with this id.
///
/// Errors: ZH7080 with the known ones if there is none.
pub fn scheme<'c>(catalog: &'c zhiheng_catalog::Catalog, id: &str) -> Result<&'c Scheme, Diagnostic> {
    let schemes = &catalog.schemes;
    schemes.get(id).ok_or_else(|| {
        let known: Vec<&str> = schemes.keys().map(String::as_str).collect();
        Diagnostic::error("ZH7080").arg("id", id).arg("known", known.join(", "))
    })
}

/// Judges all places of the scheme's level that have any figure or score.
///
/// Errors: those of the figures and of the ledger.
pub async fn judged(engine: &Engine, scheme: &Scheme, asked: &Asked) -> Result<Judgement, Trouble> {
    let is_scored = |item: &Item| matches!(item.score, Score::Judged { .. }) || !item.evidence.is_empty();
    build(engine, scheme, asked, scheme.items.iter().any(is_scored)).await
}

/// As [`judged`], with the stages' scores even where figures decide.
///
/// Errors: as of [`judged`].
pub async fn with_sheets(engine: &Engine, scheme: &Scheme, asked: &Asked) -> Result<Judgement, Trouble> {
    build(engine, scheme, asked, true).await
}

async fn build(
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
    reads_sheets: bool,
) -> Result<Judgement, Trouble> {
    let area = match asked.within.level() == scheme.assesses {
        true => Area::One(asked.within),
        false => Area::Below(asked.within, scheme.assesses),
    };
    let mut figures = Figures::default();
    let mut places: Vec<RegionCode> = Vec::new();
    for id in scheme.measures() {
        let query = Query { as_of: asked.as_of, ..Query::new(id, area, vec![asked.period]) };
        for measure in engine.table(&query).await? {
            let figure = figure(engine, id, &measure)?;
            if measure.records > 0 {
                places.push(measure.address.region);
            }
            figures.add(id, measure.address.region, figure);
        }
    }
    let (mut given, mut sheets, mut problems) = (Given::default(), Sheets::default(), Vec::new());
    if reads_sheets {
        let read = sheets::read(engine, scheme, asked).await?;
        let (accepted, refused) = Sheets::new(scheme, &read.entries);
        sheets = accepted;
        problems.extend(read.problems);
        problems.extend(refused);
        problems.extend(prove(scheme, asked.period, &read.evidence, &mut given));
        problems.extend(unfiled(&sheets, &read.evidence));
        sheets.give(&mut given);
        places.extend(sheets.places());
    }
    places.sort_unstable();
    places.dedup();
    let verdicts = judge_given(scheme, &places, &figures, &given);
    Ok(Judgement { places, figures, given, sheets, problems, verdicts })
}

/// Why a place has its grade: from the verdict to its items, and below each item how its figure came about, down to the rows.
///
/// Errors: those of the figures.
pub async fn why(engine: &Engine, scheme: &Scheme, verdict: &Verdict, lang: Lang) -> Result<Node, Trouble> {
    let mut root = explain(scheme, verdict, &engine.catalog().regions, lang);
    for node in items(&mut root) {
        if let Some(figure) = node.address.as_ref().and_then(|address| address.parse::<Address>().ok()) {
            node.children.push(engine.explain(&figure).await?.root);
        }
    }
    Ok(root)
}

/// The nodes that speak of items, in parts or beside them.
fn items(root: &mut Node) -> Vec<&mut Node> {
    let mut found = Vec::new();
    for node in &mut root.children {
        if node.id == "judge-part" {
            found.extend(node.children.iter_mut());
        } else if node.address.is_some() {
            found.push(node);
        }
    }
    found
}

fn figure(engine: &Engine, id: &str, measure: &Measure) -> Result<Figure, Diagnostic> {
    let indicator = engine.indicator(id)?;
    let limits = measure.limits.zip(measure.number).zip(measure.interval.as_deref().and_then(level));
    let spread = limits.and_then(|(((low, high), number), level)| Spread::limits(number, low, high, level));
    let is_share =
        matches!(indicator.kind, IndicatorKind::Proportion { .. }) && indicator.unit == Unit::Percent;
    Ok(Figure {
        address: measure.address.to_string(),
        value: engine.exact(measure)?,
        shown: measure.value.clone().unwrap_or_default(),
        target: measure.target.as_ref().map(|target| target.value),
        falls: indicator.better == Better::Lower,
        spread: if is_share { spread.map(|spread| spread.within(0.0, 100.0)) } else { spread },
    })
}

/// The level at the end of `wilson 95 %`.
fn level(interval: &str) -> Option<f64> {
    let number = interval.strip_suffix('%')?.trim_end().rsplit(' ').next()?;
    number.parse::<f64>().ok().map(|percent| percent / 100.0)
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn levels_are_read_from_the_name_of_the_interval() {
        assert_eq!(level("wilson 95 %"), Some(0.95));
        assert_eq!(level("difference of two proportions 90 %"), Some(0.9));
        assert_eq!(level("wilson"), None);
    }
}
