//! Muting a signal: who knows of it says why, and until when it need not be told as new. It stays on the page.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_desk::signals::{MUTE, Mute, State, Watched, is_watched};
use zhiheng_desk::{Desk, Trouble};

use super::asked::{Asked, given};
use super::{HERE, may_mute, page};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::pages::act::moment;
use crate::pages::forms::{Blank, Button, Filled, at};
use crate::pages::layout::go;
use crate::pages::returns::place_name;
use crate::pages::sheet::Section;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;
use crate::text::Text;

/// The field that the link of a series leads to.
const FIRST: &str = "ends_on";

/// Names of the accounts that muted something: the record has their ids.
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    pub(crate) async fn of<'w>(
        call: &Call,
        shown: impl Iterator<Item = &'w Watched<'w>>,
    ) -> Result<Names, Problem> {
        let mut names = BTreeMap::new();
        for mute in shown.filter_map(|one| one.mute.as_ref()) {
            if !names.contains_key(&mute.by) {
                let account = call.server.access.account(&mute.by).await?;
                names.insert(mute.by.clone(), account.map_or_else(|| mute.by.clone(), |found| found.name));
            }
        }
        Ok(Names(names))
    }

    /// The name of an account; its id if it has none.
    pub(crate) fn of_account<'n>(&'n self, id: &'n str) -> &'n str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// Until when, why and by whom.
    pub(super) fn says(&self, t: Text, mute: &Mute) -> String {
        let until = mute.until.to_string();
        let by = self.of_account(&mute.by);
        say(
            t.0,
            "signals-muted",
            &[("until", &until), ("reason", &mute.reason), ("by", by), ("on", &mute.on)],
        )
    }
}

/// Where a series is muted: the page with its form.
pub(super) fn href(asked: &Asked, one: &Watched<'_>) -> String {
    let more = format!("&indicator={}&region={}#{FIRST}", one.indicator.head.id, one.address.region);
    asked.href(&more)
}

/// The form for the series that the address names, if there is such a one and it is the visitor's to mute.
pub(super) fn form(
    call: &Call,
    desk: &Desk,
    asked: &Asked,
    all: &[Watched<'_>],
    wrong: &[Diagnostic],
) -> Result<Option<Section>, Problem> {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let (indicator, region) = (given(call, "indicator"), given(call, "region"));
    let is_named =
        |one: &&Watched<'_>| one.indicator.head.id == indicator && one.address.region.to_string() == region;
    let is_open =
        |one: &&Watched<'_>| one.reading.state != State::Normal && may_mute(call, one.address.region);
    let Some(one) = all.iter().find(is_named).filter(is_open) else { return Ok(None) };
    let name = one.indicator.head.name.get(lang);
    let place = place_name(call, desk, one.address.region);
    let title = say(lang, "signals-mute-title", &[("name", name), ("place", &place)]);
    let mut form = Filled::new(title, format!("{HERE}/mute"), String::new());
    form.says = t.say("signals-mute-says");
    form.buttons = vec![Button::new(t.say("signals-mute"), "first", "mute")];
    if one.is_muted() {
        form.buttons.push(Button::new(t.say("signals-end"), "", "end"));
    }
    form.back = asked.href("");
    form.hidden = vec![
        ("indicator", indicator.to_owned()),
        ("region", region.to_owned()),
        ("within", asked.region.to_string()),
        ("period", asked.window.period.to_string()),
        ("once", secret::random()?),
    ];
    let blank = |name, kind| Blank::new(t, name, kind).value(call.form.get(name)).judged(lang, wrong);
    form.blanks = vec![blank(FIRST, "date"), blank("reason", "text")];
    Ok(Some(Section::Form(form)))
}

/// `POST /signals/mute`.
pub(crate) async fn send(call: Call) -> Answer {
    call.signed_in()?;
    // Whoever has the action nowhere learns nothing; then the region is asked for by itself.
    call.permit(&Thing::instance(), "signals").await?;
    let region = RegionCode::parse(call.form.get("region")).map_err(|_| Problem::malformed("region"))?;
    let indicator = call.form.get("indicator").to_owned();
    call.permit(&Thing::of_region(region, Level::Internal), &format!("mute {indicator} {region}")).await?;
    let desk = call.server.office()?.desk().await?;
    if !desk.catalog.indicators.get(&indicator).is_some_and(is_watched) {
        return Err(Problem::malformed("indicator"));
    }
    let once = call.form.get("once");
    if !secret::is_plausible(once) {
        return Err(Problem::malformed("once"));
    }
    let wrong = match asked_until(&call) {
        Err(wrong) => wrong,
        Ok(until) => {
            let row = vec![
                ("no", once.to_owned()),
                ("indicator", indicator),
                ("region", region.to_string()),
                ("ends_on", until.to_string()),
                ("reason", call.form.get("reason").to_owned()),
                ("said_by", call.account().to_owned()),
                ("said_on", call.server.today().to_string()),
            ];
            // Sent twice, it is said once.
            let id = format!("mute/{once}");
            if desk.ledger.receipt(&id).await?.is_some() {
                return back(&call);
            }
            match desk.put(moment(&call), MUTE, &[row], call.account(), id).await {
                Ok(_) => return back(&call),
                Err(Trouble::Problems(problems)) => problems,
                Err(trouble) => return Err(trouble.into()),
            }
        }
    };
    drop(desk);
    page(&call, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await
}

/// The day on which the mute is over, with everything that is wrong with what was typed. One that is ended is over today.
fn asked_until(call: &Call) -> Result<Date, Vec<Diagnostic>> {
    let today = call.server.today();
    let mut wrong = Vec::new();
    let until = match call.form.get("act") {
        "end" => today,
        _ => match call.form.get(FIRST).parse::<Date>() {
            Ok(day) if day > today => day,
            Ok(_) => {
                wrong.push(at(FIRST, Diagnostic::error("ZH7556").arg("today", today)));
                today
            }
            Err(_) => {
                wrong.push(at(FIRST, Diagnostic::error("ZH7532")));
                today
            }
        },
    };
    if call.form.get("reason").is_empty() {
        wrong.push(at("reason", Diagnostic::error("ZH7555")));
    }
    if wrong.is_empty() { Ok(until) } else { Err(wrong) }
}

/// The page from which it was asked.
fn back(call: &Call) -> Answer {
    let within = RegionCode::parse(call.form.get("within"));
    let period = Period::parse(call.form.get("period"));
    match (within, period) {
        (Ok(within), Ok(period)) => go(call, &format!("{HERE}?within={within}&period={period}")),
        _ => go(call, HERE),
    }
}
