//! Watched series as programs read them.

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::Diagnostic;
use zhiheng_desk::Desk;
use zhiheng_desk::signals::{Side, Watched};

use super::parameters::check;
use super::{after, paged};
use crate::call::Call;
use crate::pages::returns::place_name;
use crate::pages::sheet::number_href;
use crate::pages::signals::{Asked, Names, WORDS, watched, word};
use crate::route::Answer;

/// A watched series as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Signal {
    /// Indicator.
    indicator: String,
    /// Its name in the language asked for.
    name: String,
    /// Region.
    region: String,
    /// Its name.
    place: String,
    /// The page of the number, with the chart.
    href: String,
    /// `alarm`, `error`, `recovering`, `muted`, `no-data`, `normal`.
    state: &'static str,
    /// What it would be if it were not muted.
    reading: &'static str,
    /// The newest step that was judged.
    newest: Option<String>,
    /// Its value.
    value: Option<f64>,
    /// Its lower limit.
    low: Option<f64>,
    /// Its upper limit.
    high: Option<f64>,
    /// `above`, `below`, or `within` the limits, where another rule marks it.
    side: Option<&'static str>,
    /// The step since which it has been out of the ordinary.
    first_seen: Option<String>,
    /// Why there is no judgement.
    fault: Option<String>,
    /// Who muted it, until when and why.
    mute: Option<Muted>,
}

/// A mute.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Muted {
    /// Last day.
    until: String,
    /// Why.
    reason: String,
    /// Who.
    by: String,
    /// On which day.
    on: String,
    /// The record.
    entry: u64,
}

impl Signal {
    pub(crate) fn of(call: &Call, desk: &Desk, names: &Names, one: &Watched<'_>) -> Signal {
        let (lang, reading) = (call.view.lang, &one.reading);
        let newest = reading.newest.as_ref();
        Signal {
            indicator: one.indicator.head.id.clone(),
            name: one.indicator.head.name.get(lang).to_owned(),
            region: one.address.region.to_string(),
            place: place_name(call, desk, one.address.region),
            href: number_href(&one.address.to_string()),
            state: word(one),
            reading: reading.state.word(),
            newest: newest.map(|step| step.period.clone()),
            value: newest.and_then(|step| step.value),
            low: newest.and_then(|step| step.low),
            high: newest.and_then(|step| step.high),
            side: reading.side().map(Side::word),
            first_seen: reading.since.clone(),
            fault: reading.fault.as_ref().map(|fault| fault.sentence(lang)),
            mute: one.mute.as_ref().map(|mute| Muted {
                until: mute.until.to_string(),
                reason: mute.reason.clone(),
                by: names.of_account(&mute.by).to_owned(),
                on: mute.on.clone(),
                entry: mute.entry,
            }),
        }
    }
}

/// `GET /api/v1/signals?region=…&period=…&state=…`: a region and its parts one level down, what asks for more first.
pub(crate) async fn list(call: Call) -> Answer {
    check(&call)?;
    let state = call.query.get("state");
    if !state.is_empty() && !WORDS.contains(&state) {
        return Err(Diagnostic::error("ZH7558").arg("state", state).arg("known", WORDS.join(", ")).into());
    }
    let desk = call.server.office()?.desk().await?;
    let asked = Asked::named(&call, &desk, (call.query.get("region"), call.query.get("period"))).await?;
    let mut all = watched(&desk, &asked).await?;
    all.retain(|one| state.is_empty() || word(one) == state);
    let names = Names::of(&call, all.iter()).await?;
    let all = all.iter().map(|one| Signal::of(&call, &desk, &names, one)).collect();
    let (data, page) = after(&call, all, |one: &Signal| format!("{}:{}", one.indicator, one.region));
    paged(&call, data, page).await
}
