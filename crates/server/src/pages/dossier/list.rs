//! Every place of a scheme's round: how far the scoring has come, and what is left for the reader to do.

use std::collections::BTreeSet;

use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_desk::panel::{Round, Standing};
use zhiheng_desk::verdicts::scheme;

use super::{address, from_above, is_of, is_settled};
use crate::authorize::{Action, Level, Thing};
use crate::call::Call;
use crate::pages::sheet::{Cell, Section, Sheet, Table};
use crate::route::Answer;
use crate::text::Text;

/// What is left for the reader to do in a round, as the id of a text; empty if the round is nothing of theirs.
pub(crate) fn mine_of(call: &Call, standing: &Standing, place: RegionCode) -> &'static str {
    match () {
        () if !from_above(call, Action::Score, place) => "",
        () if is_of(call, place) => "dossier-mine-apart",
        () if !standing.opinions.is_empty() => "",
        () => match (standing.interest(call.account()), standing.seal(call.account())) {
            (None, _) => "dossier-mine-declare",
            (Some(one), _) if one.interested => "dossier-mine-apart",
            (Some(_), None) => "dossier-mine-score",
            (Some(_), Some(_)) => "dossier-mine-sealed",
        },
    }
}

/// Whether what is left waits for the reader.
pub(crate) fn waits(mine: &str) -> bool {
    matches!(mine, "dossier-mine-declare" | "dossier-mine-score")
}

/// `GET /assess/{scheme}/{period}/dossiers`.
pub(crate) async fn list(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    call.signed_in()?;
    let within = match call.query.get("within") {
        "" => call.start()?,
        code => RegionCode::parse(code)?,
    };
    let subject = format!("dossiers {}", call.param("scheme"));
    call.permit(&Thing::of_region(within, Level::Internal), &subject).await?;
    let desk = call.server.office()?.desk().await?;
    let scheme = scheme(&desk.catalog, call.param("scheme"))?;
    let period = Period::parse(call.param("period"))?;
    let places: BTreeSet<RegionCode> = (desk.catalog.regions.iter())
        .map(|region| region.code)
        .filter(|code| code.level() == scheme.assesses && within.contains(*code))
        .filter(|code| desk.catalog.regions.at(*code, period.last_day()).is_some())
        .collect();
    let panel =
        scheme.panel.as_ref().ok_or_else(|| Diagnostic::error("ZH7330").arg("scheme", &scheme.head.id))?;
    let of = |place| Round { scheme, panel, place, period };
    let mut known = desk.rounds_stand(&of(within), within).await?;
    let mut table = Table::new(&call, "dossiers", &["region", "#evidence", "#sealed", "state", "mine"]);
    let mut mine = 0;
    for place in places {
        let (round, standing) = (of(place), known.remove(&place).unwrap_or_default());
        let own = mine_of(&call, &standing, place);
        mine += u32::from(waits(own));
        let state = match () {
            () if is_settled(&round, &standing) => "settled",
            () if !standing.opinions.is_empty() => "opened",
            () => "scoring",
        };
        let name = desk.catalog.regions.title(place, lang).unwrap_or_default();
        table.rows.push(vec![
            Cell::to(name, address(&round)),
            Cell::of(standing.evidence.len().to_string()),
            Cell::of(format!("{}/{}", standing.seals.len(), round.panel.reviewers)),
            Cell::of(t.say(&format!("dossier-state-{state}"))),
            Cell::of(if own.is_empty() { String::new() } else { t.say(own) }),
        ]);
    }
    let mut sheet =
        Sheet::new(&call, format!("{} · {}", scheme.head.name.get(lang), t.say("server-title-dossier-list")));
    sheet.frame = sheet.frame.under("assess.list");
    sheet.crumb(period.title(lang), format!("/assess/{}/{period}", scheme.head.id));
    if call.who().rights(Action::Score).next().is_some() {
        sheet.lead = t.with("dossier-list-mine", "n", mine);
    }
    sheet.sections.push(Section::Table(table));
    sheet.answer(&call)
}
