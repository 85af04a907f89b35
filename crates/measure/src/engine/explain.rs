//! How a number came about, as a tree: value ← parts ← filter and formulas with their place in the catalog ← counts
//! by region and by reason ← interval with the numbers put in. Sentences are Fluent messages; a node holds the id
//! and the arguments, so command, page and report print the same tree.

mod method;
mod named;

use std::future::Future;
use std::pin::Pin;

use serde::{Deserialize, Serialize};
use zhiheng_base::{Diagnostic, Level, Node, Rounding};
use zhiheng_catalog::formula::Called;
use zhiheng_catalog::model::{Indicator, IndicatorKind};
use zhiheng_catalog::names::Named;
use zhiheng_catalog::{Catalog, Formula};
use zhiheng_methods::special::normal_upper_quantile;

use super::Engine;
use super::figures::counts;
use super::finish::{is_share, percent};
use super::query::{Area, Query};
use crate::address::{Address, Basis};
use crate::measure::{Flag, Measure};

/// A number and how it came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The number.
    pub measure: Measure,
    /// The tree.
    pub root: Node,
}

/// Where a sentence is written, and of which number it speaks.
trait Told {
    fn at(self, indicator: &Indicator) -> Self;
    fn of(self, address: &Address) -> Self;
}

impl Told for Node {
    fn at(self, indicator: &Indicator) -> Node {
        self.written(&indicator.head.origin)
    }

    fn of(self, address: &Address) -> Node {
        self.about(address)
    }
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Explanation, Diagnostic>> + Send + 'a>>;

impl Engine {
    /// How a number came about.
    ///
    /// # Errors
    ///
    /// As for [`Engine::measure`].
    pub async fn explain(&self, address: &Address) -> Result<Explanation, Diagnostic> {
        let explanation = self.explain_at(address.clone(), 0).await?;
        let snapshot = Node::new("explain-snapshot")
            .arg("size", explanation.measure.ledger_size)
            .arg("catalog", explanation.measure.catalog.get(..12).unwrap_or(&explanation.measure.catalog));
        Ok(Explanation { root: explanation.root.with(snapshot), ..explanation })
    }

    fn explain_at(&self, address: Address, depth: usize) -> Answer<'_> {
        Box::pin(async move {
            let measure = self.measure(&address).await?;
            let indicator = self.indicator(&address.indicator)?;
            let id = if measure.has(Flag::Suppressed) {
                "explain-suppressed"
            } else if measure.value.is_some() {
                "explain-value"
            } else {
                "explain-no-data"
            };
            let mut root = Node::new(id)
                .arg("address", &measure.address)
                .words("address", named::title(&self.catalog, &measure.address))
                .arg("value", measure.value.as_deref().unwrap_or(""))
                .arg("records", measure.records)
                .at(indicator)
                .of(&measure.address);
            if !measure.has(Flag::Suppressed) {
                if let IndicatorKind::Method(by) = &indicator.kind {
                    root.children.extend(method::nodes(&measure, by, indicator));
                } else {
                    root.children.extend(quotient(&measure, indicator));
                }
                for node in definition(&measure, indicator, &self.catalog) {
                    root = root.with(node);
                }
                if let Some(node) = interval(&measure, indicator) {
                    root = root.with(node);
                }
                for node in comparison(&measure, indicator, &self.catalog) {
                    root = root.with(node);
                }
                root.children.extend(target(&measure));
                if depth == 0 {
                    root.children.extend(self.by_region(&address, indicator).await?);
                }
            }
            if depth < 8 {
                for inner in self.inner_addresses(&measure, indicator) {
                    root = root.with(self.explain_at(inner, depth + 1).await?.root);
                }
            }
            Ok(Explanation { measure, root })
        })
    }

    /// Numbers that this one is made of.
    fn inner_addresses(&self, measure: &Measure, indicator: &Indicator) -> Vec<Address> {
        let here = &measure.address;
        match &indicator.kind {
            IndicatorKind::Change { of, .. } => {
                let mut found = vec![here.of(of)];
                found.extend(measure.comparison.as_ref().map(|one| one.from.clone()));
                found
            }
            IndicatorKind::Derived { of, .. } => of.iter().map(|id| here.of(id)).collect(),
            IndicatorKind::Method(by) => by.inputs().into_iter().map(|id| here.of(id)).collect(),
            IndicatorKind::Comparable(comparable) => vec![here.of(&comparable.follows)],
            _ => Vec::new(),
        }
    }

    /// The parts of the next level down that have records.
    async fn by_region(&self, address: &Address, indicator: &Indicator) -> Result<Vec<Node>, Diagnostic> {
        let adds_up = indicator.kind.over().is_some()
            && !matches!(
                indicator.kind,
                IndicatorKind::Reported { .. }
                    | IndicatorKind::Proportion { weights: Some(_), .. }
                    | IndicatorKind::Method(_)
            );
        let Some(level) = address.region.level().below().filter(|&level| adds_up && level <= Level::Township)
        else {
            return Ok(Vec::new());
        };
        if address.basis == Basis::AsThen {
            return Ok(Vec::new());
        }
        let query = Query {
            area: Area::Below(address.region, level),
            basis: address.basis,
            as_of: address.as_of,
            cuts: address.cuts.clone(),
            ..Query::new(&address.indicator, Area::One(address.region), vec![address.period])
        };
        let found = self.table(&query).await?;
        Ok(found
            .iter()
            .filter(|part| part.records > 0 && !part.has(Flag::Suppressed))
            .map(|part| {
                let id = if part.bottom.is_some() { "explain-part" } else { "explain-part-total" };
                Node::new(id)
                    .words("name", named::region(&self.catalog, &part.address))
                    .arg("top", part.top.map(|top| top.normalize().to_string()).unwrap_or_default())
                    .arg(
                        "bottom",
                        part.bottom.map(|bottom| bottom.normalize().to_string()).unwrap_or_default(),
                    )
                    .of(&part.address)
            })
            .collect())
    }
}

fn rule_word(rule: Rounding) -> &'static str {
    match rule {
        Rounding::Gbt8170 => "@rounding-gbt8170",
        Rounding::HalfUp => "@rounding-half-up",
    }
}

fn quotient(measure: &Measure, indicator: &Indicator) -> Option<Node> {
    let top = measure.top?;
    let node = match measure.bottom {
        Some(bottom) => Node::new("explain-quotient").arg("bottom", bottom.normalize()),
        None => Node::new("explain-total"),
    };
    Some(
        node.arg("top", top.normalize())
            .arg("rule", rule_word(indicator.round.rule))
            .arg("digits", indicator.round.digits),
    )
}

/// Filter, formulas, and what they left out.
fn definition(measure: &Measure, indicator: &Indicator, catalog: &Catalog) -> Vec<Node> {
    let record = catalog.record_behind(&indicator.head.id).and_then(|record| catalog.records.get(record));
    let names = Named { catalog, record };
    let rule = |id: &str, formula: &Formula| {
        Node::new(id).arg("formula", &formula.text).words("formula", formula.in_words(&names)).at(indicator)
    };
    let count =
        |value: Option<zhiheng_base::Decimal>| value.map(|v| v.normalize().to_string()).unwrap_or_default();
    let mut nodes = Vec::new();
    if let Some(over) = indicator.kind.over() {
        nodes.extend(over.filter.as_ref().map(|filter| rule("explain-filter", filter)));
        nodes.extend(over.distinct.as_ref().map(|field| {
            let node = Node::new("explain-distinct").arg("field", field);
            match names.name(field) {
                Some(words) => node.words("field", words),
                None => node,
            }
        }));
    }
    match &indicator.kind {
        IndicatorKind::Proportion { top, bottom, weight, weights, design, .. } => {
            let plain = weight.is_none() && weights.is_none();
            // Of weighted records the numerator is no count.
            nodes.push(match measure.top.filter(|_| plain) {
                Some(_) => rule("explain-top", top).arg("records", count(measure.top)),
                None => rule("explain-top-weighted", top),
            });
            nodes.push(rule("explain-bottom", bottom).arg("records", measure.records));
            nodes.extend(weight.as_ref().map(|weight| rule("explain-weight", weight)));
            nodes.extend(design.as_ref().map(|design| method::design(design, indicator)));
            if let (Some(weights), Some(coverage)) = (weights, &measure.coverage) {
                let node = Node::new("explain-weights")
                    .arg("record", &weights.record)
                    .arg("on", measure.address.period)
                    .words("on", named::period(measure.address.period))
                    .arg("covered", coverage.covered.normalize())
                    .arg("whole", coverage.whole.normalize());
                nodes.push(match catalog.records.get(&weights.record) {
                    Some(record) => node.words("record", record.head.name.clone()),
                    None => node,
                });
            }
        }
        IndicatorKind::Ratio { top, bottom, .. } => {
            nodes.push(rule("explain-sum-top", top).arg("value", count(measure.top)));
            nodes.push(rule("explain-sum-bottom", bottom).arg("value", count(measure.bottom)));
        }
        IndicatorKind::Sum { value, .. } | IndicatorKind::Reported { value, .. } => {
            nodes.push(rule("explain-value-formula", value));
        }
        IndicatorKind::Mean { value, weight, .. } => {
            nodes.push(rule("explain-value-formula", value));
            nodes.extend(weight.as_ref().map(|weight| rule("explain-weight", weight)));
        }
        IndicatorKind::Register(_) => {
            nodes.push(Node::new("explain-register").arg("on", measure.address.period.last_day()));
        }
        IndicatorKind::Comparable(_) => {
            if let (Some(cells), Some(coverage)) = (measure.cells, &measure.coverage) {
                nodes.push(
                    Node::new("explain-cells")
                        .arg("cells", cells)
                        .arg("covered", coverage.covered.normalize())
                        .arg("whole", coverage.whole.normalize()),
                );
            }
        }
        IndicatorKind::Derived { formula, .. } => nodes.push(rule("explain-derived", formula)),
        _ => {}
    }
    if let Some(plain) = &measure.plain {
        nodes.push(Node::new("explain-plain").arg("value", plain));
    }
    let filter = indicator.kind.over().and_then(|over| over.filter.as_ref());
    let mut rules: Vec<&Formula> = filter.into_iter().collect();
    if let IndicatorKind::Proportion { top, bottom, .. } = &indicator.kind {
        rules.extend([top, bottom]);
    }
    for excluded in &measure.excluded {
        let mut node = Node::new("explain-excluded")
            .arg("records", excluded.records)
            .arg("reason", format!("@excluded-{}", excluded.reason))
            .arg("rule", &excluded.rule);
        if !excluded.rule.is_empty() {
            node = node.at(indicator);
        }
        if let Some(formula) = rules.iter().find(|formula| formula.text == excluded.rule) {
            node = node.words("rule", formula.in_words(&names));
        }
        nodes.push(node);
    }
    nodes
}

fn interval(measure: &Measure, indicator: &Indicator) -> Option<Node> {
    let (low, high) = (measure.low.as_ref()?, measure.high.as_ref()?);
    let rule = indicator.interval?;
    let method = measure.interval.as_deref()?.trim_end_matches(" %").rsplit_once(' ')?.0;
    let unit = if is_share(indicator) { " %" } else { "" };
    let (x, n) = match counts(measure) {
        Some((x, n)) => (x.to_string(), n.to_string()),
        None => (
            measure.top.map(|top| top.normalize().to_string()).unwrap_or_default(),
            measure.records.to_string(),
        ),
    };
    let z = normal_upper_quantile((1.0 - rule.level) / 2.0);
    let id = if method == "wilson" { "explain-interval-wilson" } else { "explain-interval" };
    Some(
        Node::new(id)
            .arg("method", method)
            .arg("level", percent(rule.level))
            .arg("x", x)
            .arg("n", n)
            .arg("z", format!("{z:.6}"))
            .arg("low", format!("{low}{unit}"))
            .arg("high", format!("{high}{unit}")),
    )
}

fn comparison(measure: &Measure, indicator: &Indicator, catalog: &Catalog) -> Vec<Node> {
    let Some(found) = &measure.comparison else { return Vec::new() };
    let mut nodes = Vec::new();
    if measure.has(Flag::NotComparable) {
        let (first, last) = (found.from.period.start(), measure.address.period.end());
        let breaks = catalog.indicators.get(&found.from.indicator).map_or(&[][..], |inner| &inner.breaks);
        for one in breaks.iter().filter(|one| first < one.on && one.on < last) {
            nodes.push(Node::new("explain-not-comparable").arg("on", one.on).words("says", one.says.clone()));
        }
        return nodes;
    }
    let level = indicator
        .interval
        .or_else(|| catalog.indicators.get(&found.from.indicator).and_then(|inner| inner.interval))
        .map_or(0.95, |rule| rule.level);
    let mut node = Node::new("explain-change")
        .arg("to", measure.address.period)
        .words("to", named::period(measure.address.period))
        .arg("from", found.from_value.as_deref().unwrap_or("—"))
        .arg("from-address", &found.from)
        .words("from-address", named::title(catalog, &found.from))
        .arg("difference", found.difference.map(|value| value.to_string()).unwrap_or_default())
        .of(&found.from);
    if let (Some(test), Some(p), Some(carried)) = (&found.test, found.p_value, found.carried) {
        let id = if carried { "explain-test-carried" } else { "explain-test-not-carried" };
        node = node.with(
            Node::new("explain-test")
                .arg("test", test)
                .arg("p", format!("{p:.4}"))
                .with(Node::new(id).arg("level", percent(1.0 - level))),
        );
    }
    nodes.push(node);
    nodes
}

fn target(measure: &Measure) -> Option<Node> {
    let target = measure.target.as_ref()?;
    let bound = if target.at_least { "@explain-at-least" } else { "@explain-at-most" };
    let mut node = Node::new("explain-target")
        .arg("bound", bound)
        .arg("value", target.value.normalize())
        .arg("basis", &target.basis);
    if let Some(met) = target.met {
        node = node.with(Node::new(if met { "explain-target-met" } else { "explain-target-missed" }));
    }
    Some(node)
}
