//! Records for plans, as they stand.

use serde_json::{Map, Value};
use zhiheng_base::{Date, RegionCode};
use zhiheng_measure::engine::Engine;
use zhiheng_plan::Row;

use crate::context::Context;
use crate::failure::Failure;

/// Standing records of one type.
pub(super) struct Records(Vec<(u64, Map<String, Value>)>);

impl Records {
    /// All records of `of`.
    pub(super) fn of(context: &Context, engine: &Engine, of: &str) -> Result<Records, Failure> {
        let standing = context.wait(engine.records(of, None, None))?;
        Ok(Records(standing.into_iter().map(|record| (record.entry, record.data)).collect()))
    }

    /// As plans read them.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.0.iter().map(|(entry, data)| Row { entry: *entry, data })
    }

    /// Keeps those of a register that hold on `on`.
    pub(super) fn holding(mut self, on: Date) -> Records {
        let day = |data: &Map<String, Value>, field: &str| {
            data.get(field).and_then(Value::as_str).and_then(|text| text.parse::<Date>().ok())
        };
        self.0.retain(|(_, data)| {
            day(data, "since_day").is_none_or(|since| since <= on)
                && day(data, "until_day").is_none_or(|until| on <= until)
        });
        self
    }

    /// Keeps those with this text in a field.
    pub(super) fn with(mut self, field: &str, text: &str) -> Records {
        self.0.retain(|(_, data)| data.get(field).and_then(Value::as_str) == Some(text));
        self
    }

    /// Keeps those whose region in `field` lies in `region`.
    pub(super) fn within(mut self, field: &str, region: RegionCode) -> Records {
        self.0.retain(|(_, data)| {
            let code = data.get(field).and_then(Value::as_str).and_then(|code| RegionCode::parse(code).ok());
            code.is_some_and(|code| region.contains(code))
        });
        self
    }
}
