//! Where every return stands: the cases of the procedure, by record type, unit and period.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value as Json;
use tokio::sync::Mutex;
use zhiheng_act::case::Case;
use zhiheng_base::{Date, Period, RegionCode};
use zhiheng_catalog::Value;
use zhiheng_measure::engine::records::Standing;
use zhiheng_record::{CaseFilter, CaseHead, Receipt};

use super::PROCEDURE;
use super::duty::Return;
use crate::desk::Desk;
use crate::trouble::Trouble;

/// A hand-in of a return.
#[derive(Clone, Debug, PartialEq)]
pub struct HandedIn {
    /// Entry of the step.
    pub entry: u64,
    /// Submission id.
    pub submission: String,
    /// Records of the file.
    pub rows: i64,
    /// Records corrected.
    pub changed: i64,
    /// Records withdrawn.
    pub dropped: i64,
    /// The day.
    pub on: Date,
}

/// What was done with a return, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Entry of the event.
    pub entry: u64,
    /// Step.
    pub step: String,
    /// Account.
    pub by: String,
    /// The day.
    pub on: Date,
    /// What was said: a reason, an explanation, a remark.
    pub said: String,
}

/// A return that was handed in, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Case number.
    pub case: String,
    /// State of the procedure.
    pub state: String,
    /// Newest event: what the next actor names as seen.
    pub head: u64,
    /// When it changed last.
    pub at: Timestamp,
    /// Record type.
    pub of: String,
    /// Region of the unit.
    pub region: RegionCode,
    /// Period.
    pub period: Period,
    /// Whether the first hand-in came after its day.
    pub late: bool,
    /// Day by which a returned one is to be mended.
    pub mend_by: Option<Date>,
    /// Its hand-ins, in order.
    pub handed_in: Vec<HandedIn>,
    /// Everything that was done, in order.
    pub deeds: Vec<Deed>,
    /// Persons who handed it in.
    pub persons: Vec<String>,
    /// Entry of the acceptance, while it holds.
    pub accepted: Option<u64>,
}

impl Place {
    /// Whether a hand-in can follow, or a new one can begin.
    pub fn is_open(&self) -> bool {
        !matches!(self.state.as_str(), "accepted" | "filed")
    }
}

/// What a case of the procedure is about; `None` if its sheet is not of this procedure's making.
fn place(head: &CaseHead, case: &Case) -> Option<Place> {
    let text = |field: &str| match case.sheet.get(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let day = |field: &str| match case.sheet.get(field) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    let mut handed_in = Vec::new();
    let mut deeds = Vec::new();
    let mut persons: Vec<String> = Vec::new();
    let mut accepted = None;
    for (entry, event) in &case.events {
        let said = |field: &str| event.form.get(field).and_then(Json::as_str).map(str::to_owned);
        let number = |field: &str| event.form.get(field).and_then(Json::as_i64).unwrap_or_default();
        accepted = match event.step.as_str() {
            "accept" => Some(*entry),
            "reopen" => None,
            _ => accepted,
        };
        if let Some(submission) = said("submission") {
            let (rows, changed, dropped) = (number("rows"), number("changed"), number("dropped"));
            handed_in.push(HandedIn { entry: *entry, submission, rows, changed, dropped, on: event.on });
            let person = event.actor.as_ref().map(|actor| actor.person.clone());
            persons.extend(person.filter(|person| !persons.contains(person)));
        }
        deeds.push(Deed {
            entry: *entry,
            step: event.step.clone(),
            by: event.actor.as_ref().map(|actor| actor.account.clone()).unwrap_or_default(),
            on: event.on,
            said: ["faults", "why", "explanation", "remark", "archive_no"]
                .into_iter()
                .find_map(said)
                .unwrap_or_default(),
        });
    }
    Some(Place {
        case: head.case.clone(),
        state: head.state.clone(),
        head: head.last,
        at: head.changed_at,
        of: text("dataset")?,
        region: RegionCode::parse(&text("region")?).ok()?,
        period: Period::parse(&text("period_name")?).ok()?,
        late: matches!(case.sheet.get("late"), Some(Value::Bool(true))),
        mend_by: day("mend_by"),
        handed_in,
        deeds,
        persons,
        accepted,
    })
}

/// Where returns stand now: each with its newest case that was not withdrawn, else with the newest.
#[derive(Clone, Debug, Default)]
pub struct Newest(HashMap<(String, RegionCode, Period), Arc<Place>>);

impl Newest {
    fn of_all(all: impl IntoIterator<Item = Arc<Place>>) -> Newest {
        let rank = |place: &Place| (place.state != "withdrawn", place.head);
        let mut newest: HashMap<_, Arc<Place>> = HashMap::new();
        for place in all {
            let key = (place.of.clone(), place.region, place.period);
            match newest.entry(key) {
                Entry::Vacant(free) => drop(free.insert(place)),
                Entry::Occupied(mut known) if rank(known.get()) < rank(&place) => drop(known.insert(place)),
                Entry::Occupied(_) => {}
            }
        }
        Newest(newest)
    }

    /// Where a return stands; `None` if nothing was ever handed in.
    pub fn of(&self, what: &Return) -> Option<&Arc<Place>> {
        self.0.get(&(what.of.clone(), what.region, what.period))
    }

    /// Every return that was ever handed in, in the order of its last event.
    pub fn all(&self) -> Vec<&Arc<Place>> {
        let mut all: Vec<&Arc<Place>> = self.0.values().collect();
        all.sort_by_key(|place| place.head);
        all
    }
}

/// The places of all returns; cases are told anew only when they have changed.
#[derive(Debug, Default)]
pub struct Places {
    known: Mutex<BTreeMap<String, Arc<Place>>>,
}

impl Places {
    /// Where all returns stand.
    ///
    /// Errors: those of the ledger.
    pub async fn newest(&self, desk: &Desk) -> Result<Newest, Trouble> {
        let filter = CaseFilter { of: Some(PROCEDURE.to_owned()), ..CaseFilter::default() };
        let heads = desk.ledger.cases(&filter).await?;
        let mut known = self.known.lock().await;
        let mut found = Vec::with_capacity(heads.len());
        for head in &heads {
            if let Some(place) = known.get(&head.case).filter(|place| place.head == head.last) {
                found.push(Arc::clone(place));
            } else if let Some(place) = place(head, &desk.case(&head.case, None).await?) {
                let place = Arc::new(place);
                known.insert(head.case.clone(), Arc::clone(&place));
                found.push(place);
            }
        }
        Ok(Newest::of_all(found))
    }

    /// Where a return stands; `None` if nothing was ever handed in.
    ///
    /// Errors: those of the ledger.
    pub async fn find(&self, desk: &Desk, what: &Return) -> Result<Option<Arc<Place>>, Trouble> {
        Ok(self.newest(desk).await?.of(what).cloned())
    }
}

/// The records that the hand-ins of a return brought or corrected and that stand now.
///
/// Errors: those of the ledger and the lake.
pub async fn own_records(
    desk: &Desk,
    what: &Return,
    place: Option<&Place>,
) -> Result<Vec<Standing>, Trouble> {
    let Some(place) = place else { return Ok(Vec::new()) };
    let mut ranges = Vec::new();
    for one in &place.handed_in {
        if let Some(Receipt { first, count, .. }) = desk.ledger.receipt(&one.submission).await? {
            ranges.push(first..first + count);
        }
    }
    let events = desk.ledger.case(&place.case, None).await?;
    let changed: Vec<u64> = events.into_iter().flat_map(|event| event.records).collect();
    let standing = desk.engine.records_in(&what.of, what.region, what.period, None).await?;
    let own = |one: &Standing| {
        ranges.iter().any(|range| range.contains(&one.entry)) || changed.contains(&one.entry)
    };
    Ok(standing.into_iter().filter(own).collect())
}

/// How many records of a return changed after its acceptance: new, corrected or withdrawn ones.
///
/// Errors: those of the lake.
pub async fn changed_since(desk: &Desk, what: &Return, accepted: u64) -> Result<usize, Trouble> {
    let engine = &desk.engine;
    let now = engine.records_in(&what.of, what.region, what.period, None).await?;
    let then = engine.records_in(&what.of, what.region, what.period, Some(accepted)).await?;
    let after = now.iter().filter(|one| one.entry > accepted).count();
    let gone =
        then.iter().filter(|old| now.binary_search_by_key(&old.entry, |one| one.entry).is_err()).count();
    // A correction is one of each: the old version is gone, the new one is after.
    Ok(after.max(gone))
}
