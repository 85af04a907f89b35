//! Figures that a method computes from a table of rows: records of a place ([`records`]), places among their like
//! ([`places`]), steps of a series ([`steps`]).
//!
//! The catalog says which method runs, what its columns hold and where the figure stands in its answer ([`answer`]). A
//! method that refuses leaves a figure without value that says why.

mod answer;
mod places;
mod records;
mod steps;

use std::collections::BTreeMap;

use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_catalog::Value;
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{ByMethod, Indicator, MethodRows, Token};
use zhiheng_methods::Refusal;
use zhiheng_methods::run::{self, Answer, Frame, Options};

use super::Engine;
use super::figures::{Figures, Spec, exact_value};
use super::finish::float;
use crate::measure::Measure;

impl Engine {
    pub(crate) async fn by_method(&self, spec: &Spec<'_>, by: &ByMethod) -> Result<Figures, Diagnostic> {
        match &by.rows {
            MethodRows::Records(over) => self.over_records(spec, by, over).await,
            MethodRows::Places(among) => self.over_places(spec, by, *among).await,
            MethodRows::Steps { of, before } => self.over_steps(spec, by, *of, *before).await,
        }
    }

    /// Figures of the indicators that the columns take, for the question `of` asks about each.
    async fn inputs<'a>(
        &'a self,
        by: &'a ByMethod,
        mut of: impl FnMut(&'a Indicator) -> Spec<'a>,
    ) -> Result<Inputs<'a>, Diagnostic> {
        let mut inputs = Inputs::new();
        for id in by.inputs() {
            let indicator = self.indicator(id)?;
            inputs.insert(id, (indicator, self.figures(of(indicator)).await?));
        }
        Ok(inputs)
    }
}

/// Figures by indicator, with its definition.
type Inputs<'a> = BTreeMap<&'a str, (&'a Indicator, Figures)>;

/// Runs the method; `n_steps` stands in for `@steps`.
fn run(by: &ByMethod, columns: Vec<Vec<String>>, n_steps: usize) -> Result<Answer, Refusal> {
    let header: Vec<String> = by.columns.iter().map(|(name, _)| name.clone()).collect();
    let n_rows = columns.first().map_or(0, Vec::len);
    let row = |at: usize| columns.iter().map(move |column| column[at].clone());
    let frame = Frame::new(&header, (0..n_rows).map(row));
    let options = by.options.iter().map(|(name, value)| {
        let value = match Token::of(value) {
            Some(Token::Steps) => n_steps.to_string(),
            _ => value.clone(),
        };
        (name.clone(), value)
    });
    run::method(&by.method)?.run(&frame, &Options::new(options))
}

/// Confidence level of the method's intervals: its option, or what the method takes if it is not given.
fn level(by: &ByMethod) -> Option<f64> {
    let given = by.options.iter().find(|(name, _)| name == "level").map(|(_, value)| value.as_str());
    let method = run::method(&by.method).ok()?;
    let usual = method.options.iter().find(|choice| choice.name == "level").map(|choice| choice.default);
    given.or(usual)?.parse().ok()
}

/// What a formula over a figure may name: parts of the figure, and what belongs to the row.
struct Taking<'a> {
    figure: Option<(&'a Measure, &'a Indicator)>,
    region: String,
    period: String,
    start: String,
    /// Whether the row lies before the period that is asked for.
    base: bool,
}

impl Row for Taking<'_> {
    fn value(&self, name: &str) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        match name {
            "region" => return text(&self.region),
            "period" => return text(&self.period),
            "start" => return text(&self.start),
            "base" => return text(if self.base { "yes" } else { "no" }),
            _ => {}
        }
        let Some((measure, indicator)) = self.figure else { return Value::Null };
        let limit = |limit: Option<f64>| limit.and_then(|limit| Decimal::try_from(limit).ok());
        let number = match name {
            "value" => exact_value(measure, indicator),
            "top" => measure.top,
            "bottom" => measure.bottom,
            "records" => Some(measure.records.into()),
            "low" => limit(measure.limits.map(|limits| limits.0)),
            "high" => limit(measure.limits.map(|limits| limits.1)),
            _ => None,
        };
        number.map_or(Value::Null, Value::Decimal)
    }
}

/// A value as a cell of the method's table; what is not known is blank.
fn cell(value: Value) -> String {
    match value {
        Value::Null | Value::Texts(_) => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text,
    }
}

/// Adds up on how many records, synthetic ones among them, a figure rests.
fn rest_on(measure: &mut Measure, inputs: &[&Measure]) {
    measure.records += inputs.iter().map(|input| input.records).max().unwrap_or(0);
    measure.synthetic += inputs.iter().map(|input| input.synthetic).max().unwrap_or(0);
    measure.published += inputs.iter().map(|input| input.published).max().unwrap_or(0);
}

/// A number of a method to the 15 digits that a float has.
fn decimal(value: f64) -> Option<Decimal> {
    Decimal::try_from(value).ok().filter(|decimal| float(*decimal).is_finite())
}
