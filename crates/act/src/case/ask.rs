//! What somebody wants to do in a case, in which world, and what it would write.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::model::Procedure;
use zhiheng_catalog::{Catalog, Value};

use super::event::{Event, Evidence};
use super::figures::Figure;
use super::fold::Case;
use super::staff::Staff;
use crate::clock::Calendar;

/// Everything outside the case that a decision rests on.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Definitions.
    pub catalog: &'a Catalog,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Who may act.
    pub staff: &'a Staff,
    /// Today: nothing is done on a later day.
    pub today: Date,
    /// Cases opened from the case at hand, and from those.
    pub below: &'a [Case],
    /// The next free number of cases whose numbers begin with this text and a hyphen.
    pub number: &'a dyn Fn(&str) -> u64,
}

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// What.
    pub act: Act,
    /// Account, or the code of an enterprise; empty for a lapse.
    pub account: String,
    /// The day on which it is done.
    pub on: Date,
    /// What the form says, by field.
    pub form: BTreeMap<String, Value>,
    /// What was fetched for the fields that nobody types; see [`super::wanted`].
    pub figures: BTreeMap<String, Figure>,
    /// Files attached.
    pub evidence: Vec<Evidence>,
    /// Why; needed to reject, and where the form differs from the ledger.
    pub reason: Option<String>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A step, by id; on a case that is not there, the opening step (which may be left empty if there is but one).
    Step(String),
    /// Approve the proposal with this seal, or whichever waits.
    Approve(Option<String>),
    /// Turn the proposal down.
    Reject,
    /// Attach files.
    Attach,
    /// Take the step of a clock that has ended.
    Lapse,
}

/// What an act would write, all of it in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The event.
    pub event: Event,
    /// The region whose case it is from now on; nothing where the act changes nothing on the sheet.
    pub region: Option<RegionCode>,
    /// Letters: template id and series of its number.
    pub letters: Vec<(String, String)>,
    /// What follows.
    pub follows: Vec<Follow>,
    /// Warnings: late, dates that may still change.
    pub remarks: Vec<Diagnostic>,
    /// The act was done before; nothing is to be written.
    pub repeated: bool,
}

/// What follows from a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Follow {
    /// A record is entered.
    Record {
        /// Record type.
        of: String,
        /// Fields.
        data: Map<String, Json>,
    },
    /// A record that the case entered is corrected.
    Correct {
        /// Record type.
        of: String,
        /// Entry of its newest version.
        entry: u64,
        /// All fields.
        data: Map<String, Json>,
    },
    /// A record that the case entered is withdrawn.
    Withdraw {
        /// Record type.
        of: String,
        /// Entry of its newest version.
        entry: u64,
    },
    /// A case is opened, or one that was opened from this is annulled with it.
    Case {
        /// Newest event of the case; `None` if it is opened.
        head: Option<u64>,
        /// What it writes there.
        taken: Box<Taken>,
    },
}

impl<'a> World<'a> {
    /// The procedure of a case.
    ///
    /// Errors: ZH8201 if the catalog does not have it.
    pub fn procedure(&self, id: &str) -> Result<&'a Procedure, Diagnostic> {
        let known = &self.catalog.procedures;
        known.get(id).ok_or_else(|| {
            let all: Vec<&str> = known.keys().map(String::as_str).collect();
            Diagnostic::error("ZH8201").arg("id", id).arg("all", all.join(", "))
        })
    }

    /// The version of a family (or the procedure itself) in force on a day and in a region: the day is `dated` of the form, or
    /// `on`, the region that of the form; of several the one for the narrowest region.
    ///
    /// Errors: ZH8201 if there is none of that name, ZH8202 if none is in force on the day.
    pub fn version(
        &self,
        family: &str,
        form: &BTreeMap<String, Value>,
        on: Date,
    ) -> Result<&'a Procedure, Diagnostic> {
        let all = || {
            let known = self.catalog.procedures.values();
            known.filter(|one| one.family == family || one.head.id == family)
        };
        if all().next().is_none() {
            return self.procedure(family);
        }
        let day = |procedure: &Procedure| match procedure.dated.as_ref().and_then(|field| form.get(field)) {
            Some(Value::Date(day)) => *day,
            _ => on,
        };
        let region = |procedure: &Procedure| match form.get(&procedure.region) {
            Some(Value::Text(code)) => RegionCode::parse(code).ok(),
            _ => None,
        };
        let holds = |one: &&'a Procedure| {
            let day = day(one);
            let here =
                one.within.is_none_or(|within| region(one).is_some_and(|region| within.contains(region)));
            here && one.head.since <= day && one.head.until.is_none_or(|until| day <= until)
        };
        (all().filter(holds)).max_by_key(|one| one.within.map(RegionCode::level)).ok_or_else(|| {
            let day = all().next().map_or(on, day);
            Diagnostic::error("ZH8202").arg("id", family).arg("on", day)
        })
    }

    /// The cases opened from this one.
    pub(crate) fn children<'c>(&'c self, number: &'c str) -> impl Iterator<Item = &'a Case> + 'c {
        self.below.iter().filter(move |child| child.parent.as_deref() == Some(number))
    }

    /// Whether a case is over.
    pub(crate) fn is_ended(&self, case: &Case) -> bool {
        let procedure = self.catalog.procedures.get(&case.procedure);
        procedure.and_then(|procedure| procedure.state(&case.state)).is_some_and(|state| state.end)
    }
}
