//! The people of a project, from its registers of officers and deputies.

use serde_json::{Map, Value as Json};
use zhiheng_act::case::{Delegation, Officer, Staff};
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_measure::engine::Engine;

/// Record type of officers.
const OFFICER: &str = "base.officer";
/// Record type of deputies.
const DELEGATION: &str = "base.delegation";

/// Officers and deputies as the registers have them now.
///
/// Errors: those of reading the lake.
pub async fn staff(engine: &Engine) -> Result<Staff, Diagnostic> {
    let officers = engine.records(OFFICER, None, None).await?;
    let delegations = engine.records(DELEGATION, None, None).await?;
    Ok(Staff {
        officers: officers.iter().filter_map(|row| officer(&row.data)).collect(),
        delegations: delegations.iter().filter_map(|row| delegation(&row.data)).collect(),
    })
}

fn officer(row: &Map<String, Json>) -> Option<Officer> {
    let text = |field: &str| row.get(field).and_then(Json::as_str);
    let day = |field: &str| text(field).and_then(|day| day.parse::<Date>().ok());
    Some(Officer {
        account: text("account")?.to_owned(),
        person: text("person")?.to_owned(),
        unit: text("unit")?.to_owned(),
        short: text("short").unwrap_or_default().to_owned(),
        region: RegionCode::parse(text("region")?).ok()?,
        role: text("role")?.to_owned(),
        superior: text("superior").map(str::to_owned),
        since: day("since_day")?,
        until: day("until_day"),
    })
}

fn delegation(row: &Map<String, Json>) -> Option<Delegation> {
    let text = |field: &str| row.get(field).and_then(Json::as_str);
    let day = |field: &str| text(field).and_then(|day| day.parse::<Date>().ok());
    Some(Delegation {
        person: text("person")?.to_owned(),
        deputy: text("deputy")?.to_owned(),
        role: text("role").map(str::to_owned),
        since: day("since_day")?,
        until: day("until_day"),
    })
}
