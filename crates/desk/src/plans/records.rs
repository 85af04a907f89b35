//! Records for plans, as they stand.

use serde_json::{Map, Value};
use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_measure::engine::Engine;
use zhiheng_measure::engine::records::Standing;
use zhiheng_plan::Row;

/// Standing records of one type.
#[derive(Clone, Debug)]
pub struct Records(Vec<(u64, Map<String, Value>)>);

impl Records {
    /// All records of `of`.
    ///
    /// # Errors
    ///
    /// Those of the lake, here and below.
    pub async fn of(engine: &Engine, of: &str) -> Result<Records, Diagnostic> {
        Ok(Records::from(engine.records(of, None, None).await?))
    }

    /// Those with this text in a field; no others are read.
    pub async fn only(engine: &Engine, of: &str, field: &str, text: &str) -> Result<Records, Diagnostic> {
        Ok(Records::from(engine.records(of, Some((field, text)), None).await?))
    }

    /// Those of a region, with all below it, that happened in a period; no others are read.
    pub async fn among(
        engine: &Engine,
        of: &str,
        region: RegionCode,
        period: Period,
    ) -> Result<Records, Diagnostic> {
        Ok(Records::from(engine.records_in(of, region, period, None).await?))
    }

    /// As plans read them.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.0.iter().map(|(entry, data)| Row { entry: *entry, data })
    }

    /// Keeps those of a register that hold on `on`.
    #[must_use]
    pub fn holding(mut self, on: Date) -> Records {
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
    #[must_use]
    pub fn with(mut self, field: &str, text: &str) -> Records {
        self.0.retain(|(_, data)| data.get(field).and_then(Value::as_str) == Some(text));
        self
    }

    /// Keeps those whose region in `field` lies in `region`.
    #[must_use]
    pub fn within(mut self, field: &str, region: RegionCode) -> Records {
        self.0.retain(|(_, data)| {
            let code = data.get(field).and_then(Value::as_str).and_then(|code| RegionCode::parse(code).ok());
            code.is_some_and(|code| region.contains(code))
        });
        self
    }
}

impl From<Vec<Standing>> for Records {
    fn from(standing: Vec<Standing>) -> Records {
        Records(standing.into_iter().map(|record| (record.entry, record.data)).collect())
    }
}
