//! Names and values of parameters to a query.

use zhiheng_base::{Decimal, Diagnostic};

use super::condition::{condition, extension};
use super::field::Test;
use super::{MOST_PER_PAGE, Order, PER_PAGE, Query, Token};
use crate::json::Value;
use crate::{Number, Time};

/// Parameters of one query at most, and values of one parameter.
const MOST: usize = 10_000;

/// A parameter with its values.
type Parameter = (String, Vec<String>);

impl Query {
    /// Reads names and values as they stand in a query string: several values are separated by `|`, or the name is repeated.
    /// `namespaces` are the prefixes of extension fields.
    ///
    /// # Errors
    ///
    /// ZH9560 to ZH9565, one for each parameter that is wrong.
    pub fn read(
        pairs: &[(String, String)],
        namespaces: &[(String, String)],
    ) -> Result<Query, Vec<Diagnostic>> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (name, value) in pairs {
            let values: Vec<String> = if takes_list(name) {
                value.split('|').map(str::to_owned).collect()
            } else {
                vec![value.clone()]
            };
            match parameters.iter_mut().find(|(own, _)| own == name) {
                Some((_, own)) if takes_list(name) => own.extend(values),
                Some(_) => return Err(vec![wrong(name, value)]),
                None => parameters.push((name.clone(), values)),
            }
        }
        Query::build(parameters, namespaces)
    }

    /// Reads a query in JSON, as named queries have it; its `@context` declares prefixes.
    ///
    /// # Errors
    ///
    /// As [`Query::read`].
    pub fn from_json(value: &Value<'_>) -> Result<Query, Vec<Diagnostic>> {
        let Value::Object(members) = value else { return Err(vec![wrong("query", &value.to_string())]) };
        let mut namespaces = Vec::new();
        let mut parameters = Vec::new();
        for (name, value) in members {
            if name == "@context" {
                contexts(value, &mut namespaces);
                continue;
            }
            let values = match value {
                Value::List(items) => items.iter().map(single).collect::<Option<Vec<_>>>(),
                other => single(other).map(|text| vec![text]),
            };
            parameters.push((
                name.clone().into_owned(),
                values.ok_or_else(|| vec![wrong(name, &value.to_string())])?,
            ));
        }
        Query::build(parameters, &namespaces)
    }

    fn build(parameters: Vec<Parameter>, namespaces: &[(String, String)]) -> Result<Query, Vec<Diagnostic>> {
        let mut query = Query { per_page: PER_PAGE, ..Query::default() };
        let mut problems = Vec::new();
        if parameters.len() > MOST || parameters.iter().any(|(_, values)| values.len() > MOST) {
            return Err(vec![Diagnostic::error("ZH9563").arg("most", MOST)]);
        }
        for (name, values) in parameters {
            match query.control(&name, &values, namespaces) {
                Ok(true) => {}
                Ok(false) => match condition(&name, &values, namespaces) {
                    Ok(condition) => query.conditions.push(condition),
                    Err(problem) => problems.push(problem),
                },
                Err(problem) => problems.push(problem),
            }
        }
        if query.limit.is_some() && query.most.is_some() {
            problems.push(clash("eventCountLimit", "maxEventCount"));
        }
        if query.limit.is_some() && query.order == Order::Capture {
            problems.push(Diagnostic::error("ZH9566").arg("name", "eventCountLimit").arg("other", "orderBy"));
        }
        if problems.is_empty() { Ok(query) } else { Err(problems) }
    }

    /// Takes a parameter that is about the answer; false if it is not one.
    fn control(
        &mut self,
        name: &str,
        values: &[String],
        namespaces: &[(String, String)],
    ) -> Result<bool, Diagnostic> {
        let one = || only(name, values);
        let count = || -> Result<usize, Diagnostic> {
            let text = one()?;
            text.parse().ok().filter(|count| *count > 0).ok_or_else(|| wrong(name, text))
        };
        match name {
            "orderBy" => {
                self.order = match one()? {
                    "eventTime" => Order::EventTime,
                    "recordTime" => Order::RecordTime,
                    own => Order::Own(extension(own, Test::Exists, namespaces)?),
                }
            }
            "orderDirection" => {
                self.ascending = match one()? {
                    "ASC" => true,
                    "DESC" => false,
                    other => return Err(wrong(name, other)),
                }
            }
            "eventCountLimit" => self.limit = Some(count()?),
            "maxEventCount" => self.most = Some(count()?),
            "perPage" => self.per_page = count()?.min(MOST_PER_PAGE),
            "nextPageToken" => {
                let text = one()?;
                let token =
                    Token::read(text).ok_or_else(|| Diagnostic::error("ZH9564").arg("value", text))?;
                self.from = Some(token);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn single(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone().into_owned()),
        Value::Number(number) => Some(number.text().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null => Some(String::new()),
        Value::List(_) | Value::Object(_) => None,
    }
}

fn contexts(value: &Value<'_>, out: &mut Vec<(String, String)>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| contexts(item, out)),
        Value::Object(members) => {
            let pairs = members
                .iter()
                .filter_map(|(prefix, space)| Some((prefix.clone().into_owned(), space.text()?.to_owned())));
            out.extend(pairs);
        }
        _ => {}
    }
}

fn takes_list(name: &str) -> bool {
    let numbers =
        ["EQ_quantity", "EQ_value_", "EQ_minValue_", "EQ_maxValue_", "EQ_meanValue_", "EQ_sDev_", "EQ_perc"];
    name == "eventType"
        || name.starts_with("MATCH_")
        || name.starts_with("WD_")
        || name.starts_with("EQ_") && !numbers.iter().any(|number| name.starts_with(number))
}

pub(super) fn wrong(name: &str, value: &str) -> Diagnostic {
    Diagnostic::error("ZH9561")
        .arg("name", crate::problem::shorten(name))
        .arg("value", crate::problem::shorten(value))
}

fn clash(name: &str, other: &str) -> Diagnostic {
    Diagnostic::error("ZH9562").arg("name", name).arg("other", other)
}

pub(super) fn unknown(name: &str) -> Diagnostic {
    Diagnostic::error("ZH9560").arg("name", crate::problem::shorten(name))
}

pub(super) fn only<'v>(name: &str, values: &'v [String]) -> Result<&'v str, Diagnostic> {
    match values {
        [one] => Ok(one),
        _ => Err(wrong(name, &values.join("|"))),
    }
}

pub(super) fn moment(name: &str, values: &[String]) -> Result<i64, Diagnostic> {
    let text = only(name, values)?;
    Time::read(text).map(|time| time.micros()).ok_or_else(|| wrong(name, text))
}

pub(super) fn number(name: &str, values: &[String]) -> Result<Decimal, Diagnostic> {
    let text = only(name, values)?;
    Number::read(text).and_then(|number| number.decimal()).ok_or_else(|| wrong(name, text))
}

pub(super) fn truth(name: &str, values: &[String]) -> Result<bool, Diagnostic> {
    match only(name, values)? {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        other => Err(wrong(name, other)),
    }
}
