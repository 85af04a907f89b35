//! What must be counted and added up for an indicator, as additive exact states.
//!
//! An indicator over records is a handful of *conditions* that are counted (in the base, met, excluded and
//! why, synthetic, published) and of *values* that are added. Indicators of one record type share most of them, so
//! a [`Plan`] holds each once. Counts are `i64`, sums whole units of a decimal place: states of parts of the
//! data add up to the state of the whole, in any order.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use zhiheng_catalog::Formula;
use zhiheng_catalog::ValueType;
use zhiheng_catalog::formula::{Binary, Expr};
use zhiheng_catalog::model::{Aggregate, Indicator, IndicatorKind};

use crate::formula::places;
use crate::lake::schema::{TableSchema, hex};

/// A test passes for rows where the formula is true (of a number: where it has a value).
pub const TRUE: u8 = 1;
/// … is false.
pub const FALSE: u8 = 2;
/// … is null.
pub const NULL: u8 = 4;

/// Rows that meet all tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cond {
    /// Index of a formula, and which of its three answers pass.
    pub tests: Vec<(usize, u8)>,
    /// Only rows of this provenance.
    pub prov: Option<i8>,
    /// Withdrawn rows instead of live ones.
    pub withdrawn: bool,
}

impl Cond {
    fn and(&self, formula: usize, mask: u8) -> Cond {
        let mut cond = self.clone();
        cond.tests.push((formula, mask));
        cond
    }
}

/// A sum over the rows of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Index of the formula.
    pub formula: usize,
    /// Places after the point of the unit in which it is added.
    pub places: u8,
    /// Rows.
    pub cond: Cond,
}

/// Where an indicator's figures stand in a state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Counted rows (the base).
    pub n: usize,
    /// Counted rows that meet `top`.
    pub k: Option<usize>,
    /// Sum that is the numerator.
    pub top: Option<usize>,
    /// Sum that is the denominator.
    pub bottom: Option<usize>,
    /// Sum of squares.
    pub squares: Option<usize>,
    /// Left out by the filter.
    pub filter: Option<usize>,
    /// Left out by `bottom`.
    pub base: Option<usize>,
    /// Left out because a formula is null.
    pub unknown: Vec<usize>,
    /// Counted rows that are synthetic.
    pub synthetic: usize,
    /// Counted rows that are published figures.
    pub published: usize,
    /// Withdrawn rows.
    pub withdrawn: usize,
}

/// Conditions and sums of one or several indicators of a record type.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Distinct formulas.
    pub formulas: Vec<Formula>,
    /// What is counted.
    pub counts: Vec<Cond>,
    /// What is added.
    pub sums: Vec<Sum>,
    /// Per indicator.
    pub layouts: BTreeMap<String, Layout>,
}

/// One group's figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// As [`Plan::counts`].
    pub counts: Vec<i64>,
    /// As [`Plan::sums`].
    pub sums: Vec<i128>,
}

/// An indicator's figures for one group, by meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Counted rows.
    pub n: i64,
    /// Counted rows that meet `top`.
    pub k: i64,
    /// Numerator sum.
    pub top: i128,
    /// Denominator sum.
    pub bottom: i128,
    /// Sum of squares.
    pub squares: i128,
    /// Left out, by reason.
    pub filter: i64,
    /// See `filter`.
    pub base: i64,
    /// See `filter`.
    pub unknown: i64,
    /// See `filter`.
    pub withdrawn: i64,
    /// Counted rows that are synthetic.
    pub synthetic: i64,
    /// Counted rows that are published figures.
    pub published: i64,
    /// Distinct values that meet `top`, and distinct values counted.
    pub distinct: (i64, i64),
}

impl Parts {
    /// Both together.
    pub fn add(&mut self, other: &Parts) {
        self.n += other.n;
        self.k += other.k;
        self.top += other.top;
        self.bottom += other.bottom;
        self.squares += other.squares;
        self.filter += other.filter;
        self.base += other.base;
        self.unknown += other.unknown;
        self.withdrawn += other.withdrawn;
        self.synthetic += other.synthetic;
        self.published += other.published;
        self.distinct.0 += other.distinct.0;
        self.distinct.1 += other.distinct.1;
    }
}

impl Layout {
    /// The figures by meaning.
    pub fn parts(&self, state: &State) -> Parts {
        let count = |at: usize| state.counts.get(at).copied().unwrap_or(0);
        let sum = |at: Option<usize>| at.and_then(|at| state.sums.get(at).copied()).unwrap_or(0);
        Parts {
            n: count(self.n),
            k: self.k.map_or(0, count),
            top: sum(self.top),
            bottom: sum(self.bottom),
            squares: sum(self.squares),
            filter: self.filter.map_or(0, count),
            base: self.base.map_or(0, count),
            unknown: self.unknown.iter().map(|&at| count(at)).sum(),
            withdrawn: count(self.withdrawn),
            synthetic: count(self.synthetic),
            published: count(self.published),
            distinct: (0, 0),
        }
    }

    /// Indexes of the counts and sums that it reads.
    pub fn reads(&self) -> (Vec<usize>, Vec<usize>) {
        let mut counts = vec![self.n, self.synthetic, self.published, self.withdrawn];
        counts.extend(self.k.iter().chain(&self.filter).chain(&self.base).chain(&self.unknown));
        counts.sort_unstable();
        counts.dedup();
        let mut sums: Vec<usize> = [self.top, self.bottom, self.squares].into_iter().flatten().collect();
        sums.sort_unstable();
        sums.dedup();
        (counts, sums)
    }
}

/// Whether an indicator's states of parts add up to that of the whole, so that a roll-up can hold them.
pub fn is_additive(kind: &IndicatorKind) -> bool {
    kind.over().is_some_and(|over| over.distinct.is_none())
        && !matches!(kind, IndicatorKind::Register(_) | IndicatorKind::Reported { .. })
}

/// `a * b` as a formula; the same formula twice gives a square.
fn product(a: &Formula, b: &Formula) -> Formula {
    let mut names: Vec<String> = a.names.iter().chain(&b.names).cloned().collect();
    names.sort();
    names.dedup();
    Formula {
        text: format!("({}) * ({})", a.text, b.text),
        expr: Expr::Binary(Binary::Multiply, Box::new(a.expr.clone()), Box::new(b.expr.clone())),
        value_type: ValueType::Decimal,
        names,
    }
}

impl Plan {
    /// The plan for some indicators, all over the record type of `schema`. Kinds that are not made of records
    /// are passed over.
    pub fn of<'a>(indicators: impl IntoIterator<Item = &'a Indicator>, schema: &TableSchema) -> Plan {
        let mut plan = Plan::default();
        for indicator in indicators {
            if let Some(over) = indicator.kind.over().filter(|over| over.record == schema.of) {
                let layout = plan.layout(over, &indicator.kind, schema);
                plan.layouts.insert(indicator.head.id.clone(), layout);
            }
        }
        plan
    }

    fn layout(&mut self, over: &Aggregate, kind: &IndicatorKind, schema: &TableSchema) -> Layout {
        let mut layout = Layout::default();
        let mut at = Cond::default();
        if let Some(filter) = &over.filter {
            let filter = self.formula(filter);
            layout.filter = Some(self.count(at.and(filter, FALSE)));
            layout.unknown.push(self.count(at.and(filter, NULL)));
            at = at.and(filter, TRUE);
        }
        // Rows without a value that is needed are left out as unknown, one value after the other.
        let mut needs = |plan: &mut Plan, at: &Cond, formula: &Formula| -> (usize, Cond) {
            let formula = plan.formula(formula);
            layout.unknown.push(plan.count(at.and(formula, NULL)));
            (formula, at.and(formula, TRUE))
        };
        match kind {
            IndicatorKind::Sum { value, .. } | IndicatorKind::Reported { value, .. } => {
                (_, at) = needs(self, &at, value);
                layout.top = Some(self.sum(value, &at, schema));
            }
            IndicatorKind::Mean { value, weight, .. } => {
                (_, at) = needs(self, &at, value);
                match weight {
                    None => {
                        layout.top = Some(self.sum(value, &at, schema));
                        layout.squares = Some(self.sum(&product(value, value), &at, schema));
                    }
                    Some(weight) => {
                        (_, at) = needs(self, &at, weight);
                        layout.top = Some(self.sum(&product(weight, value), &at, schema));
                        layout.bottom = Some(self.sum(weight, &at, schema));
                    }
                }
            }
            IndicatorKind::Ratio { top, bottom, .. } => {
                (_, at) = needs(self, &at, top);
                (_, at) = needs(self, &at, bottom);
                layout.top = Some(self.sum(top, &at, schema));
                layout.bottom = Some(self.sum(bottom, &at, schema));
            }
            IndicatorKind::Proportion { top, bottom, weight, .. } => {
                let base = self.formula(bottom);
                layout.base = Some(self.count(at.and(base, FALSE)));
                (_, at) = needs(self, &at, bottom);
                if let Some(weight) = weight {
                    (_, at) = needs(self, &at, weight);
                }
                // A row in the base whose `top` is unknown does not meet it.
                let top = self.formula(top);
                let met = at.and(top, TRUE);
                layout.k = Some(self.count(met.clone()));
                if let Some(weight) = weight {
                    layout.top = Some(self.sum(weight, &met, schema));
                    layout.bottom = Some(self.sum(weight, &at, schema));
                }
            }
            _ => {}
        }
        layout.n = self.count(at.clone());
        layout.published = self.count(Cond { prov: Some(1), ..at.clone() });
        layout.synthetic = self.count(Cond { prov: Some(2), ..at });
        layout.withdrawn = self.count(Cond { withdrawn: true, ..Cond::default() });
        layout
    }

    fn formula(&mut self, formula: &Formula) -> usize {
        if let Some(at) = self.formulas.iter().position(|known| known.expr == formula.expr) {
            return at;
        }
        self.formulas.push(formula.clone());
        self.formulas.len() - 1
    }

    fn count(&mut self, cond: Cond) -> usize {
        if let Some(at) = self.counts.iter().position(|known| *known == cond) {
            return at;
        }
        self.counts.push(cond);
        self.counts.len() - 1
    }

    fn sum(&mut self, value: &Formula, cond: &Cond, schema: &TableSchema) -> usize {
        let sum =
            Sum { places: places(&value.expr, schema), formula: self.formula(value), cond: cond.clone() };
        if let Some(at) = self.sums.iter().position(|known| *known == sum) {
            return at;
        }
        self.sums.push(sum);
        self.sums.len() - 1
    }

    /// Names of the fields that the formulas read, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.formulas.iter().flat_map(|formula| formula.names.iter().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Places of the sum at this index.
    pub fn places(&self, at: Option<usize>) -> u8 {
        at.and_then(|at| self.sums.get(at)).map_or(0, |sum| sum.places)
    }

    /// SHA-256 over all of it: stored states hold as long as this stays.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for formula in &self.formulas {
            hash.update(format!("{:?};", formula.expr));
        }
        hash.update(format!("{:?}{:?}", self.counts, self.sums));
        hex(&hash.finalize())
    }
}
