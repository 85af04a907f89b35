//! Watched series as data, with the words of their states as programs know them.

use serde::Serialize;
use zhiheng_base::{Date, Period, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::signals::{Side, Watched};

use super::asked::Asked;
use super::mute::Names;
use super::word;
use crate::call::Call;
use crate::pages::returns::place_name;
use crate::pages::sheet::number_href;

/// What was asked, and every series.
#[derive(Serialize)]
pub(super) struct Signals<'w> {
    region: RegionCode,
    period: Period,
    /// Last day that counts as over.
    until: Date,
    signals: Vec<Signal<'w>>,
}

#[derive(Serialize)]
struct Signal<'w> {
    indicator: &'w str,
    name: &'w str,
    region: RegionCode,
    place: String,
    href: String,
    /// `alarm`, `error`, `recovering`, `muted`, `no-data`, `normal`.
    state: &'static str,
    /// What it would be if it were not muted.
    reading: &'static str,
    newest: Option<&'w str>,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    side: Option<&'static str>,
    first_seen: Option<&'w str>,
    fault: Option<String>,
    mute: Option<Muted<'w>>,
}

#[derive(Serialize)]
struct Muted<'w> {
    until: Date,
    reason: &'w str,
    by: &'w str,
    on: &'w str,
    entry: u64,
}

/// The series as data.
pub(super) fn rows<'w>(
    call: &Call,
    desk: &Desk,
    asked: &Asked,
    names: &'w Names,
    shown: &[&'w Watched<'w>],
) -> Signals<'w> {
    let lang = call.view.lang;
    let signal = |one: &&'w Watched<'w>| {
        let newest = one.reading.newest.as_ref();
        Signal {
            indicator: &one.indicator.head.id,
            name: one.indicator.head.name.get(lang),
            region: one.address.region,
            place: place_name(call, desk, one.address.region),
            href: number_href(&one.address.to_string()),
            state: word(one),
            reading: one.reading.state.word(),
            newest: newest.map(|step| step.period.as_str()),
            value: newest.and_then(|step| step.value),
            low: newest.and_then(|step| step.low),
            high: newest.and_then(|step| step.high),
            side: one.reading.side().map(Side::word),
            first_seen: one.reading.since.as_deref(),
            fault: one.reading.fault.as_ref().map(|fault| fault.sentence(lang)),
            mute: one.mute.as_ref().map(|mute| Muted {
                until: mute.until,
                reason: &mute.reason,
                by: names.of_account(&mute.by),
                on: &mute.on,
                entry: mute.entry,
            }),
        }
    };
    Signals {
        region: asked.region,
        period: asked.window.period,
        until: asked.window.until,
        signals: shown.iter().map(signal).collect(),
    }
}
