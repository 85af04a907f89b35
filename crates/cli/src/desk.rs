//! The desk on which cases are dealt with: definitions, calendar, people and cases of a project, and the way from what an act
//! would write to the ledger.

mod form;

use std::cell::Cell;
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use zhiheng_act::case::{Case, Delegation, Entered, Officer, Staff, Taken, World, Writing, event_of, read};
use zhiheng_act::clock::Calendar;
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::Procedure;
use zhiheng_record::{CaseEvent, CaseFilter, CaseHead, EntryKind, Ledger, Provenance, Stepped};

use crate::commands::measure::engine;
use crate::context::Context;
use crate::failure::Failure;

pub(crate) use form::{attached, read as read_form};

/// The calendar of working days: the newest of the catalog's folders, else the shipped one.
pub(crate) fn calendar(context: &Context) -> Result<Calendar, Failure> {
    for folder in context.catalog_folders().iter().rev() {
        let path = folder.join("base/holidays.csv");
        if path.is_file() {
            return Ok(Calendar::parse(&std::fs::read_to_string(path)?, "")?);
        }
    }
    Ok(Calendar::parse(zhiheng_catalog::shipped("base/holidays.csv").unwrap_or_default(), "")?)
}

/// Everything that cases of a project rest on.
pub(crate) struct Desk<'c> {
    pub(crate) context: &'c Context,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) calendar: Calendar,
    pub(crate) staff: Staff,
    pub(crate) ledger: Ledger,
}

impl<'c> Desk<'c> {
    /// The project's desk; people as the registers have them now.
    pub(crate) fn open(context: &'c Context) -> Result<Desk<'c>, Failure> {
        let catalog = context.catalog()?;
        let (_, ledger) = context.ledger()?;
        let engine = engine(context)?;
        let rows = |of: &str| context.wait(engine.records(of, None, None));
        let staff = Staff {
            officers: rows("base.officer")?.iter().filter_map(|row| officer(&row.data)).collect(),
            delegations: rows("base.delegation")?.iter().filter_map(|row| delegation(&row.data)).collect(),
        };
        Ok(Desk { context, catalog, calendar: calendar(context)?, staff, ledger })
    }

    /// Runs `work` in the world as it is, with the cases below the one at hand.
    pub(crate) fn within<T>(&self, below: &[Case], work: impl FnOnce(World<'_>) -> T) -> Result<T, Failure> {
        let failed: Cell<Option<Failure>> = Cell::new(None);
        // Several cases of one prefix may be opened by one act.
        let given = std::cell::RefCell::new(std::collections::BTreeMap::<String, u64>::new());
        let number = |prefix: &str| {
            let mut given = given.borrow_mut();
            if let Some(last) = given.get_mut(prefix) {
                *last += 1;
                return *last;
            }
            let next = self.context.wait(self.ledger.next_case_number(prefix)).unwrap_or_else(|error| {
                failed.set(Some(error.into()));
                0
            });
            given.insert(prefix.to_owned(), next);
            next
        };
        let done = work(World {
            catalog: &self.catalog,
            calendar: &self.calendar,
            staff: &self.staff,
            today: self.context.today(),
            below,
            number: &number,
        });
        failed.into_inner().map_or(Ok(done), Err)
    }

    /// The procedure of a case.
    pub(crate) fn procedure(&self, case: &Case) -> Result<&Procedure, Failure> {
        let known = self.catalog.procedures.get(&case.procedure);
        known.ok_or_else(|| Diagnostic::error("ZH8201").arg("id", &case.procedure).arg("all", "–").into())
    }

    /// The case with this number, as of a ledger size.
    ///
    /// Errors: ZH8229 if there is none.
    pub(crate) fn case(&self, number: &str, as_of: Option<u64>) -> Result<Case, Failure> {
        let events = self.context.wait(self.ledger.case(number, as_of))?;
        let Some(first) = events.first() else {
            return Err(Diagnostic::error("ZH8229").arg("case", number).into());
        };
        let of = self
            .catalog
            .procedures
            .get(&first.of)
            .ok_or_else(|| Diagnostic::error("ZH8201").arg("id", &first.of).arg("all", "–"))?;
        let entered = self.entered(&events)?;
        let events = events.into_iter().map(read).collect::<Result<Vec<_>, Diagnostic>>()?;
        Ok(Case::after(of, events, entered))
    }

    /// Writes an act with all that follows in one transaction; see [`event_of`].
    pub(crate) fn write(
        &self,
        taken: &Taken,
        head: Option<u64>,
        id: &str,
        provenance: Provenance,
    ) -> Result<Stepped, Failure> {
        let writing = Writing { catalog: &self.catalog, at: self.context.now(), provenance };
        let event = event_of(writing, taken, head, id)?;
        Ok(self.context.wait(self.ledger.step(event))?)
    }

    /// The cases opened from this one, and from those.
    pub(crate) fn below(&self, number: &str) -> Result<Vec<Case>, Failure> {
        let mut found = Vec::new();
        let mut queue = vec![number.to_owned()];
        while let Some(parent) = queue.pop() {
            let filter = CaseFilter { parent: Some(parent), ..CaseFilter::default() };
            for head in self.context.wait(self.ledger.cases(&filter))? {
                queue.push(head.case.clone());
                found.push(self.case(&head.case, None)?);
            }
        }
        Ok(found)
    }

    /// Cases that are not over, of one family or of all.
    pub(crate) fn open_cases(&self, family: Option<&str>) -> Result<Vec<CaseHead>, Failure> {
        let mut found = Vec::new();
        for procedure in self.catalog.procedures.values() {
            if family.is_some_and(|family| procedure.family != family && procedure.head.id != family) {
                continue;
            }
            let ends = procedure.states.iter().filter(|state| state.end).map(|state| state.id.clone());
            let filter = CaseFilter {
                of: Some(procedure.head.id.clone()),
                without: ends.collect(),
                ..CaseFilter::default()
            };
            found.extend(self.context.wait(self.ledger.cases(&filter))?);
        }
        Ok(found)
    }

    /// The records that a case's events entered, in their newest versions.
    fn entered(&self, events: &[CaseEvent]) -> Result<Vec<Entered>, Failure> {
        let mut entered = Vec::new();
        for index in events.iter().flat_map(|event| &event.records) {
            let first = self.context.wait(self.ledger.entry(*index))?;
            if first.kind != EntryKind::Record {
                continue;
            }
            let latest = self.context.wait(self.ledger.latest(*index))?;
            let newest = if latest == *index {
                first.clone()
            } else {
                self.context.wait(self.ledger.entry(latest))?
            };
            let withdrawn = newest.kind == EntryKind::Withdraw;
            let data = if withdrawn { first.data.clone() } else { newest.data };
            entered.push(Entered {
                of: first.of.unwrap_or_default(),
                entry: latest,
                data: data.as_object().cloned().unwrap_or_default(),
                withdrawn,
            });
        }
        Ok(entered)
    }
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
