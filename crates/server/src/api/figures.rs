//! Numbers: tables of them, one, the rows behind it, the reasons for it.

use std::collections::BTreeMap;

use axum::http::header::ACCEPT;
use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::{Lang, Level, Node, Period, PeriodKind, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_measure::engine::rows::{RowsRequest, Which};
use zhiheng_measure::{Address, Measure};

use super::parameters::{check, limit, number};
use super::{Paged, answer, paged};
use crate::authorize::{Level as Sensitivity, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// Most periods of one table.
pub(crate) const PERIODS_MAX: usize = 200;

/// A number with all that belongs to it. Decimals are texts, so that no program rounds them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Number {
    /// Its address, ledger size included: it answers the same for ever.
    pub(crate) address: String,
    /// Indicator.
    pub(crate) indicator: String,
    /// Region.
    pub(crate) region: String,
    /// Period.
    pub(crate) period: String,
    /// Cuts: dimension and value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) cuts: BTreeMap<String, String>,
    /// Printed value; `null` without data.
    pub(crate) value: Option<String>,
    /// Exact numerator, or the total.
    pub(crate) top: Option<String>,
    /// Exact denominator; `null` for totals.
    pub(crate) bottom: Option<String>,
    /// Printed limits of the interval.
    pub(crate) low: Option<String>,
    /// See `low`.
    pub(crate) high: Option<String>,
    /// Method and level of the interval.
    pub(crate) interval: Option<String>,
    /// Records counted.
    pub(crate) records: u64,
    /// Of these, synthetic ones.
    pub(crate) synthetic: u64,
    /// Of these, published figures.
    pub(crate) published: u64,
    /// Records left out, by reason.
    pub(crate) excluded: Vec<LeftOut>,
    /// Target of this place and period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<Target>,
    /// What a reader must be told: `small`, `suppressed`, `unconfirmed`, `break` and the like.
    pub(crate) flags: Vec<String>,
    /// Digest of the catalog by which it was computed.
    pub(crate) catalog: String,
}

/// Records left out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeftOut {
    /// `filter`, `bottom`, `unknown`, `withdrawn`, `older`.
    pub(crate) reason: String,
    /// The rule behind it.
    pub(crate) rule: String,
    /// How many.
    pub(crate) records: u64,
}

/// A target.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Target {
    /// In the unit of the indicator.
    pub(crate) value: String,
    /// At least, or at most.
    pub(crate) at_least: bool,
    /// By the full value; `null` without data.
    pub(crate) met: Option<bool>,
    /// Whether the interval lies wholly on one side.
    pub(crate) certain: bool,
    /// Where it is set.
    pub(crate) basis: String,
}

/// A record behind a number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Row {
    /// Its entry in the ledger.
    pub(crate) entry: u64,
    /// Whether it meets the numerator; `null` where there is none, or it is not counted.
    pub(crate) met: Option<bool>,
    /// Why it is not counted.
    pub(crate) reason: Option<String>,
    /// `reported`, `published`, `synthetic`.
    pub(crate) provenance: String,
    /// Fields that have a value.
    #[schema(value_type = Object)]
    pub(crate) fields: BTreeMap<String, serde_json::Value>,
}

/// A reason, with the reasons under it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reason {
    /// The sentence, in the language asked for.
    pub(crate) text: String,
    /// Address of the number that it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    /// Where the rule stands in the catalog.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) origin: Option<String>,
    /// Reasons under it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub(crate) because: Vec<Reason>,
}

impl Reason {
    pub(crate) fn of(node: &Node, lang: Lang) -> Reason {
        Reason {
            text: node.sentence(lang),
            address: node.address.clone(),
            origin: node.origin.clone(),
            because: node.children.iter().map(|child| Reason::of(child, lang)).collect(),
        }
    }
}

impl From<&Measure> for Number {
    fn from(measure: &Measure) -> Number {
        let text = |decimal: Option<rust_decimal::Decimal>| decimal.map(|one| one.normalize().to_string());
        let address = &measure.address;
        Number {
            address: address.to_string(),
            indicator: address.indicator.clone(),
            region: address.region.to_string(),
            period: address.period.to_string(),
            cuts: address.cuts.iter().cloned().collect(),
            value: measure.value.clone(),
            top: text(measure.top),
            bottom: text(measure.bottom),
            low: measure.low.clone(),
            high: measure.high.clone(),
            interval: measure.interval.clone(),
            records: measure.records,
            synthetic: measure.synthetic,
            published: measure.published,
            excluded: measure
                .excluded
                .iter()
                .map(|one| LeftOut {
                    reason: one.reason.clone(),
                    rule: one.rule.clone(),
                    records: one.records,
                })
                .collect(),
            target: measure.target.as_ref().map(|target| Target {
                value: target.value.normalize().to_string(),
                at_least: target.at_least,
                met: target.met,
                certain: target.certain,
                basis: target.basis.clone(),
            }),
            flags: measure.flags.iter().map(|flag| flag.word().to_owned()).collect(),
            catalog: measure.catalog.clone(),
        }
    }
}

/// The periods asked for: one, or each of a kind within it.
fn periods(call: &Call) -> Result<Vec<Period>, Problem> {
    let whole = Period::parse(call.query.get("period"))?;
    let each = call.query.get("each");
    if each.is_empty() {
        return Ok(vec![whole]);
    }
    let kind = PeriodKind::parse(each).ok();
    let parts = kind.and_then(|kind| whole.parts(kind)).filter(|parts| parts.len() <= PERIODS_MAX);
    parts.ok_or_else(|| {
        zhiheng_base::Diagnostic::error("ZH7540").arg("each", each).arg("period", whole).into()
    })
}

/// The table that is asked for, with the words of its cuts.
pub(crate) async fn table(call: &Call, desk: &Desk) -> Result<(Vec<Measure>, Vec<String>), Problem> {
    let region = RegionCode::parse(call.query.get("region"))?;
    call.permit(&Thing::of_region(region, Sensitivity::Internal), &format!("figures {region}")).await?;
    let area = match call.query.get("level") {
        "" => Area::One(region),
        word => {
            let level = Level::parse(word)
                .ok_or_else(|| zhiheng_base::Diagnostic::error("ZH7541").arg("level", word))?;
            Area::Below(region, level)
        }
    };
    let mut query = Query::new(call.query.get("indicator"), area, periods(call)?);
    query.as_of = number(call, "as_of");
    let by = call.query.get("by").split(',').map(str::trim).filter(|word| !word.is_empty());
    let by: Vec<String> = by.map(str::to_owned).collect();
    for dimension in &by {
        query = query.by(dimension);
    }
    desk.engine.indicator(&query.indicator)?;
    Ok((desk.engine.table(&query).await?, by))
}

/// `GET /api/v1/measures?indicator=…&region=…&period=…`: a table of numbers, in SDMX for whoever asks for that.
pub(crate) async fn measures(call: Call) -> Answer {
    check(&call)?;
    let wanted = call.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wanted.contains("application/vnd.sdmx.data+json") {
        return super::sdmx::json(call).await;
    }
    if wanted.contains("application/vnd.sdmx.data+csv") {
        return super::sdmx::csv(call).await;
    }
    let desk = call.server.office()?.desk().await?;
    let (table, _) = table(&call, &desk).await?;
    let data: Vec<Number> = table.iter().map(Number::from).collect();
    let total = data.len() as u64;
    paged(&call, data, Paged { total: Some(total), next: None }).await
}

/// The address in the path.
fn address(call: &Call) -> Result<Address, Problem> {
    let text = format!("{}/{}/{}", call.param("indicator"), call.param("region"), call.param("period"));
    let address: Address = text.parse()?;
    Ok(Address { as_of: number(call, "as_of").or(address.as_of), ..address })
}

/// `GET /api/v1/measures/{indicator}/{region}/{period}`.
pub(crate) async fn measure(call: Call) -> Answer {
    check(&call)?;
    let desk = call.server.office()?.desk().await?;
    let measure = desk.engine.measure(&address(&call)?).await?;
    answer(&call, Number::from(&measure)).await
}

/// `GET /api/v1/measures/{indicator}/{region}/{period}/rows`.
pub(crate) async fn rows(call: Call) -> Answer {
    check(&call)?;
    let address = address(&call)?;
    let which = match call.query.get("which") {
        "" | "counted" => Which::Counted,
        "excluded" => Which::Excluded,
        "all" => Which::All,
        word => return Err(zhiheng_base::Diagnostic::error("ZH7542").arg("which", word).into()),
    };
    let desk = call.server.office()?.desk().await?;
    let request = RowsRequest { which, limit: limit(&call), after: number(&call, "after") };
    let found = desk.engine.rows(&address, request).await?;
    let row = |row: &zhiheng_measure::engine::rows::RecordRow| Row {
        entry: row.entry,
        met: row.met,
        reason: row.reason.clone(),
        provenance: row.provenance.clone(),
        fields: (found.columns.iter().cloned().zip(row.values.iter().cloned()))
            .filter(|(_, value)| !value.is_null())
            .collect(),
    };
    let data: Vec<Row> = found.rows.iter().map(row).collect();
    let next = found.next.map(|after| super::next(&call, "after", &after.to_string()));
    paged(&call, data, Paged { total: None, next }).await
}

/// `GET /api/v1/measures/{indicator}/{region}/{period}/explanation`.
pub(crate) async fn explanation(call: Call) -> Answer {
    check(&call)?;
    let desk = call.server.office()?.desk().await?;
    let explained = desk.engine.explain(&address(&call)?).await?;
    answer(&call, Reason::of(&explained.root, call.view.lang)).await
}
