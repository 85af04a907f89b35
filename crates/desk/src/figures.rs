//! Fetching the figures that a form needs, from measures, schemes, records and the disclosure check, all at one ledger size.

use std::collections::BTreeMap;

use rust_decimal::RoundingStrategy;
use zhiheng_act::case::{Ask, Asked, Case, Figure, Wanted, wanted};
use zhiheng_base::{Date, Decimal, Diagnostic, Period, RegionCode};
use zhiheng_catalog::Value;
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{Field, FieldType, FigurePart, Procedure, RecordKind};
use zhiheng_judge::Verdict;
use zhiheng_measure::Address;
use zhiheng_methods::disclosure::Summary;

use crate::desk::Desk;
use crate::disclosure::{Limits, check_all};
use crate::row::{Fields, record_type};
use crate::trouble::Trouble;
use crate::verdicts;

/// What was answered already: several fields take parts of one answer.
#[derive(Default)]
struct Answers {
    verdicts: BTreeMap<(String, RegionCode, String), Vec<Verdict>>,
    checks: BTreeMap<String, Summary>,
}

impl Desk {
    /// Fetches what the form of a step lacks, until nothing more is wanted. Figures are those of the ledger as the desk has it
    /// now; their addresses say so.
    ///
    /// Errors: ZH8246 for what cannot be asked, and those of measuring and judging. Where a person may put another value and has
    /// done so, an answer that cannot be given is none.
    pub async fn fetch(
        &self,
        today: Date,
        procedure: &Procedure,
        case: &Case,
        ask: &mut Ask,
    ) -> Result<(), Trouble> {
        let mut answers = Answers::default();
        if procedure.figures.is_empty() {
            return Ok(());
        }
        loop {
            let found = self.within(today, &[], |world| wanted(world, procedure, case, ask))??;
            if found.is_empty() {
                return Ok(());
            }
            for one in found {
                let Some(field) = procedure.field(&one.field) else { continue };
                let size = self.engine.size();
                let is_typed = ask.form.get(&one.field).is_some_and(|value| *value != Value::Null);
                let may_differ = procedure.figure(&one.field).is_some_and(|figure| figure.may_differ);
                let (value, from) = match self.answer(&one, field, size, &mut answers).await {
                    Err(Trouble::Problems(_)) if is_typed && may_differ => (Value::Null, None),
                    outcome => outcome?,
                };
                let from = from.unwrap_or_else(|| format!("{}@{size}", one.of));
                ask.figures.insert(one.field, Figure { value, from, size });
            }
        }
    }

    /// The value of a figure, with its address where that is another than what was asked.
    async fn answer(
        &self,
        wanted: &Wanted,
        field: &Field,
        size: u64,
        answers: &mut Answers,
    ) -> Result<(Value, Option<String>), Trouble> {
        let number = |number: Option<Decimal>| number.map_or(Value::Null, |number| fitting(field, number));
        match &wanted.of {
            Asked::Measure { indicator, region, period, cuts } => {
                let mut address = Address::new(indicator, *region, *period).at_size(size);
                address.cuts.clone_from(cuts);
                let measure = self.engine.measure(&address).await?;
                let value = match wanted.part {
                    FigurePart::Top => number(measure.top),
                    FigurePart::Bottom => number(measure.bottom),
                    FigurePart::Records => number(Some(measure.records.into())),
                    _ => number(measure.value.as_deref().and_then(|text| Decimal::from_str_exact(text).ok())),
                };
                Ok((value, Some(measure.address.to_string())))
            }
            Asked::Scheme { scheme, region, period, within } => {
                let verdicts = self.verdicts(scheme, *region, *period, *within, size, answers).await?;
                let Some(verdict) = verdicts.iter().find(|verdict| verdict.region == *region) else {
                    return Ok((Value::Null, None));
                };
                let value = match wanted.part {
                    FigurePart::Points => number(verdict.points),
                    FigurePart::Rank => number(verdict.rank.map(Decimal::from)),
                    FigurePart::Veto => Value::Bool(verdict.veto.is_some()),
                    _ => verdict.grade.clone().map_or(Value::Null, Value::Text),
                };
                Ok((value, None))
            }
            Asked::Record { of, find, field: taken, on } => {
                let value = self.standing(of, find, taken, *on, size).await?;
                Ok((
                    if let Some(decimal) = value.to_decimal() { fitting(field, decimal) } else { value },
                    None,
                ))
            }
            Asked::Disclosure { tables, least, most_share } => {
                let key = wanted.of.to_string();
                let summary = match answers.checks.get(&key) {
                    Some(summary) => *summary,
                    None => {
                        let limits = Limits { least: *least, most_share: *most_share, totals_stay: false };
                        let checked = check_all(&self.engine, tables, limits, Some(size)).await?;
                        let all = checked.iter().map(|one| one.summary);
                        let summary = all.reduce(Summary::and).unwrap_or_default();
                        answers.checks.insert(key, summary);
                        summary
                    }
                };
                let value = match wanted.part {
                    FigurePart::Cells => Decimal::from(summary.cells),
                    FigurePart::Smallest => Decimal::from(summary.smallest),
                    FigurePart::LargestShare => Decimal::try_from(summary.largest_share).unwrap_or_default(),
                    FigurePart::Hidden => Decimal::from(summary.hidden),
                    _ => Decimal::from(summary.beside),
                };
                Ok((number(Some(value)), None))
            }
        }
    }

    /// The verdicts of a scheme over the places that are ranked with one.
    async fn verdicts<'a>(
        &self,
        id: &str,
        region: RegionCode,
        period: Period,
        within: Option<RegionCode>,
        size: u64,
        answers: &'a mut Answers,
    ) -> Result<&'a [Verdict], Trouble> {
        let scheme = verdicts::scheme(&self.catalog, id)?;
        // A rank is one among the places of the same parent.
        let within = within.or_else(|| self.catalog.regions.parent(region)).unwrap_or(region);
        let key = (id.to_owned(), within, period.to_string());
        if !answers.verdicts.contains_key(&key) {
            let asked = verdicts::Asked { within, period, as_of: Some(size) };
            let judgement = verdicts::judged(&self.engine, scheme, &asked).await?;
            answers.verdicts.insert(key.clone(), judgement.verdicts);
        }
        Ok(answers.verdicts.get(&key).map(Vec::as_slice).unwrap_or_default())
    }

    /// A field of the one record of a type that stands with these values on a day, at a ledger size; null if there is none.
    ///
    /// Errors: ZH7222 if several stand, and those of reading.
    pub async fn standing(
        &self,
        of: &str,
        find: &[(String, Value)],
        taken: &str,
        on: Date,
        size: u64,
    ) -> Result<Value, Trouble> {
        let record = record_type(&self.catalog, of)?;
        // The first text narrows down what is read; the rest is compared here.
        let only = find.iter().find_map(|(name, value)| match value {
            Value::Text(text) => Some((name.as_str(), text.as_str())),
            _ => None,
        });
        let rows = self.engine.records(of, only, Some(size)).await?;
        let holds = |row: &Fields<'_>| {
            let alike = find.iter().all(|(name, value)| same(&row.value(name), value));
            let day = |name: &str| match row.value(name) {
                Value::Date(day) => Some(day),
                _ => None,
            };
            alike
                && match &record.kind {
                    RecordKind::Observation { date } => day(date).is_none_or(|day| day <= on),
                    RecordKind::Register { from, until } => {
                        day(from).is_none_or(|from| from <= on) && day(until).is_none_or(|until| on <= until)
                    }
                }
        };
        let fields: Vec<Fields<'_>> = rows.iter().map(|row| Fields { record, data: &row.data }).collect();
        let mut found = fields.iter().filter(|row| holds(row));
        match (found.next(), found.next()) {
            (None, _) => Ok(Value::Null),
            (Some(row), None) => Ok(row.value(taken)),
            (Some(_), Some(_)) => {
                let what: Vec<String> = find.iter().map(|(name, _)| name.clone()).collect();
                let problem = Diagnostic::error("ZH7222").arg("of", of).arg("find", what.join(", "));
                Err(problem.arg("on", on).into())
            }
        }
    }
}

/// Whether two values are the same; numbers by their value.
fn same(one: &Value, other: &Value) -> bool {
    match (one.to_decimal(), other.to_decimal()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// A number as its field holds it: to so many digits, half to even as GB/T 8170 has it.
fn fitting(field: &Field, number: Decimal) -> Value {
    let digits = match field.kind {
        FieldType::Integer { .. } if number.is_integer() => {
            return i64::try_from(number.trunc()).map_or(Value::Decimal(number), Value::Integer);
        }
        FieldType::Decimal { scale, .. } => scale,
        FieldType::Money => 2,
        _ => return Value::Decimal(number),
    };
    Value::Decimal(number.round_dp_with_strategy(digits, RoundingStrategy::MidpointNearestEven))
}

#[cfg(test)]
mod tests {
    use zhiheng_base::Words;

    use super::*;

    fn field(kind: FieldType) -> Field {
        Field {
            id: "x".to_owned(),
            name: Words::new("数", "number"),
            also: Vec::new(),
            kind,
            optional: false,
            many: false,
            personal: false,
            says: None,
            example: None,
            line: 1,
        }
    }

    fn fits(kind: FieldType, number: &str) -> Value {
        fitting(&field(kind), Decimal::from_str_exact(number).unwrap())
    }

    #[test]
    fn numbers_are_rounded_to_the_digits_of_their_field() {
        let decimal = |scale| FieldType::Decimal { min: None, max: None, scale, unit: None };
        let is = |text: &str| Value::Decimal(Decimal::from_str_exact(text).unwrap());
        assert_eq!(fits(decimal(6), "92.21428571428571"), is("92.214286"));
        // Half to even: GB/T 8170.
        assert_eq!(fits(decimal(1), "0.25"), is("0.2"));
        assert_eq!(fits(decimal(1), "0.35"), is("0.4"));
        assert_eq!(fits(FieldType::Money, "1.005"), is("1.00"));
        assert_eq!(fits(FieldType::Integer { min: None, max: None }, "12.0"), Value::Integer(12));
        // What is no whole number stays as it is: the form refuses it.
        assert_eq!(fits(FieldType::Integer { min: None, max: None }, "12.5"), is("12.5"));
    }

    #[test]
    fn numbers_are_the_same_by_their_value() {
        let decimal = Value::Decimal(Decimal::from_str_exact("3.00").unwrap());
        assert!(same(&Value::Integer(3), &decimal) && !same(&Value::Integer(4), &decimal));
        assert!(same(&Value::Text("3".into()), &Value::Text("3".into())));
        assert!(!same(&Value::Text("3".into()), &Value::Integer(3)));
    }
}
