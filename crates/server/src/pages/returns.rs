//! Returns by their names, and what there is to hand in.

use std::collections::BTreeSet;
use std::sync::Arc;

use zhiheng_base::{Period, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::handin::duty::{duties, periods};
use zhiheng_desk::handin::matrix::Status;
use zhiheng_desk::handin::{Draft, Given, Place, Return, State, units};

use super::sheet::{Cell, Section, Sheet, Table};
use crate::authorize::{Action, Part, reach};
use crate::call::Call;
use crate::counter::Counter;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Periods that are listed of each data set, if not asked for more.
pub(crate) const PERIODS: usize = 4;
/// Returns that are listed.
const LISTED: usize = 200;

/// Where files are handed in, if this server takes any.
pub(crate) fn counter(call: &Call) -> Result<&Counter, Problem> {
    call.server.counter().ok_or_else(Problem::not_found)
}

/// The regions in which somebody may do something.
pub(crate) fn regions(call: &Call, action: Action) -> Vec<RegionCode> {
    let parts = reach(call.who(), action).parts;
    let all = parts.iter().filter(|part: &&Part| part.enterprise.is_none()).filter_map(|part| part.region);
    let mut all: Vec<RegionCode> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The return that the address names.
pub(crate) fn named(call: &Call, desk: &Desk) -> Result<Return, Problem> {
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let asked = (call.param("record"), region, call.param("period"));
    Ok(Return::named(&desk.catalog, asked, call.server.today())?)
}

/// The page of a return.
pub(super) fn href(what: &Return) -> String {
    format!("/submit/{}/{}/{}", what.of, what.region, what.period)
}

/// Names of a return's parts.
pub(super) struct Names {
    pub(super) record: String,
    pub(super) unit: String,
    pub(super) period: String,
}

impl Names {
    pub(super) fn of(call: &Call, desk: &Desk, what: &Return) -> Names {
        Names {
            record: record_name(call, desk, &what.of),
            unit: place_name(call, desk, what.region),
            period: what.period.title(call.view.lang),
        }
    }
}

/// A record type's name; its id if it has none.
pub(super) fn record_name(call: &Call, desk: &Desk, of: &str) -> String {
    let record = desk.catalog.records.get(of);
    record.map_or_else(|| of.to_owned(), |record| record.head.name.get(call.view.lang).to_owned())
}

/// A region's name; its code if it has none.
pub(crate) fn place_name(call: &Call, desk: &Desk, region: RegionCode) -> String {
    let name = desk.catalog.regions.title(region, call.view.lang);
    name.map_or_else(|| region.to_string(), str::to_owned)
}

/// A return that a unit of the caller's owes, and how it stands.
pub(crate) struct Owed {
    pub(crate) what: Return,
    pub(crate) status: Status,
    pub(crate) place: Option<Arc<Place>>,
}

/// Which returns are asked for.
pub(crate) struct Asked<'a> {
    /// Only this record type; all if empty.
    pub(crate) of: &'a str,
    /// Periods of each record type.
    pub(crate) periods: usize,
}

impl Asked<'_> {
    /// The newest of every record type.
    pub(crate) const NEWEST: Asked<'static> = Asked { of: "", periods: PERIODS };
}

/// The returns of all units for which the caller may hand in: by record type, the newest period first, then by region.
pub(crate) async fn owed(
    call: &Call,
    desk: &Desk,
    counter: &Counter,
    asked: Asked<'_>,
) -> Result<Vec<Owed>, Problem> {
    let today = call.server.today();
    let places = counter.places.newest(desk).await?;
    let own = regions(call, Action::Submit);
    let mut all = Vec::new();
    let is_asked = |id: &str| asked.of.is_empty() || asked.of == id;
    for (record, duty) in duties(&desk.catalog).filter(|(record, _)| is_asked(&record.head.id)) {
        let below = own.iter().flat_map(|region| units(&desk.catalog.regions, duty, *region, today));
        // Rights that lie in each other give a unit twice.
        let below: BTreeSet<RegionCode> = below.collect();
        for period in periods(duty, today, asked.periods) {
            for region in &below {
                let what = Return { of: record.head.id.clone(), region: *region, period, duty };
                let place = places.of(&what).cloned();
                let status = Status::of(place.as_deref(), what.due(), today);
                all.push(Owed { what, status, place });
            }
        }
    }
    Ok(all)
}

/// `GET /submit`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let (counter, office) = (counter(&call)?, call.server.office()?);
    let desk = office.desk().await?;
    let mut table = Table::new(&call, "returns", &["dataset", "unit", "return-period", "due", "state"]);
    for Owed { what, status, .. } in owed(&call, &desk, counter, Asked::NEWEST).await? {
        let names = Names::of(&call, &desk, &what);
        table.rows.push(vec![
            Cell::to(names.record, href(&what)),
            Cell::of(names.unit),
            Cell::of(names.period),
            Cell::of(what.due().to_string()),
            Cell::of(t.say(&format!("server-return-{}", status.word()))),
        ]);
    }
    let next = table.part(call.query.get("from"), LISTED);
    let mut sheet = Sheet::new(&call, t.say("server-title-submit-list"));
    sheet.lead = t.say("server-submit-lead");
    let drafts = drafts(&call, &desk, counter, |_| true)?;
    if !drafts.rows.is_empty() {
        sheet.sections.push(Section::Table(drafts));
    }
    sheet.sections.push(Section::Table(table));
    if let Some((next, rest)) = next {
        let rest = t.with("server-submit-more", "n", rest);
        sheet.sections.push(Section::Text(vec![Cell::to(rest, format!("/submit?from={next}"))]));
    }
    sheet.answer(&call)
}

/// The caller's drafts that were not sent.
pub(super) fn drafts(
    call: &Call,
    desk: &Desk,
    counter: &Counter,
    wanted: impl Fn(&Draft) -> bool,
) -> Result<Table, Problem> {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "drafts", &["file", "dataset", "return-period", "at", "state"]);
    let own = counter.drafts.all()?.into_iter().filter(|draft| draft.account == call.account());
    for draft in own.filter(|draft| !matches!(draft.state, State::Sent { .. }) && wanted(draft)) {
        let state = match draft.state {
            State::Checking => "checking",
            State::Paused => "paused",
            State::Checked => "checked",
            State::Sending { .. } => "sending",
            State::Sent { .. } => "sent",
            State::Failed { .. } => "failed",
        };
        let period = draft.period.parse::<Period>().ok();
        table.rows.push(vec![
            Cell::to(shown_name(t, &draft), format!("/drafts/{}", draft.id)),
            Cell::of(record_name(call, desk, &draft.of)),
            Cell::of(period.map_or(draft.period, |period| period.title(call.view.lang))),
            Cell::of(super::account::minute(draft.at)),
            Cell::of(t.say(&format!("server-draft-{state}"))),
        ]);
    }
    Ok(table)
}

/// A file's name; what was no file is called what it was.
pub(super) fn shown_name(t: Text, draft: &Draft) -> String {
    match draft.given {
        Given::File => draft.name.clone(),
        Given::Table => t.say("server-draft-table"),
        Given::Nil => t.say("server-draft-nil"),
    }
}
