//! Cases of a project as the ledger has them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use zhiheng_act::case::{Case, Entered, Taken, World, Writing, event_of, read, tell};
use zhiheng_base::{Date, Diagnostic, Lang, Node, RegionCode};
use zhiheng_catalog::model::{Field, Procedure};
use zhiheng_publish::shown::shown;
use zhiheng_record::{CaseEvent, CaseFilter, CaseHead, EntryKind, Provenance, Stepped};

use crate::desk::{Desk, Moment};
use crate::trouble::Trouble;

/// The region whose case it is: as its events say, else as its number does (`family-region-year-number`).
pub fn region_of(head: &CaseHead) -> Option<RegionCode> {
    let said = head.region.as_deref().or_else(|| head.case.rsplit('-').nth(2));
    said.and_then(|code| RegionCode::parse(code).ok())
}

impl Desk {
    /// Runs `work` in the world as it is today, with the cases below the one at hand.
    ///
    /// Blocks the thread while the next number of a case is looked up, so it runs on a runtime of several threads only.
    ///
    /// Errors: those of looking up the next number.
    pub fn within<T>(
        &self,
        today: Date,
        below: &[Case],
        work: impl FnOnce(World<'_>) -> T,
    ) -> Result<T, Trouble> {
        let failed: Cell<Option<Trouble>> = Cell::new(None);
        // Several cases of one prefix may be opened by one act.
        let given = RefCell::new(BTreeMap::<String, u64>::new());
        let number = |prefix: &str| {
            let mut given = given.borrow_mut();
            if let Some(last) = given.get_mut(prefix) {
                *last += 1;
                return *last;
            }
            let looked_up = self.ledger.next_case_number(prefix);
            let next = match tokio::runtime::Handle::try_current() {
                Ok(handle) => {
                    tokio::task::block_in_place(|| handle.block_on(looked_up).map_err(Trouble::from))
                }
                Err(none) => Err(Trouble::Internal(Box::new(none))),
            };
            let next = next.unwrap_or_else(|trouble| {
                failed.set(Some(trouble));
                0
            });
            given.insert(prefix.to_owned(), next);
            next
        };
        let done = work(World {
            catalog: &self.catalog,
            calendar: &self.calendar,
            staff: &self.staff,
            today,
            below,
            number: &number,
        });
        failed.into_inner().map_or(Ok(done), Err)
    }

    /// The procedure of a case.
    ///
    /// Errors: ZH8201 if the catalog has it no more.
    pub fn procedure(&self, case: &Case) -> Result<&Procedure, Trouble> {
        let known = self.catalog.procedures.get(&case.procedure);
        known.ok_or_else(|| Diagnostic::error("ZH8201").arg("id", &case.procedure).arg("all", "–").into())
    }

    /// How a field's value reads: codes and regions by their names.
    pub fn reads(&self, field: &Field, value: &serde_json::Value, on: Date, lang: Lang) -> String {
        shown(&self.catalog, field, value, &|_| None, on, lang).text
    }

    /// A case as a tree of sentences.
    ///
    /// Errors: ZH8201 if the catalog has its procedure no more.
    pub fn told(&self, case: &Case, lang: Lang) -> Result<Node, Trouble> {
        let reads = |field: &Field, value: &serde_json::Value, on: Date| self.reads(field, value, on, lang);
        Ok(tell(&self.catalog, self.procedure(case)?, case, &reads, lang))
    }

    /// The case with this number, as of a ledger size.
    ///
    /// Errors: ZH8229 if there is none.
    pub async fn case(&self, number: &str, as_of: Option<u64>) -> Result<Case, Trouble> {
        let events = self.ledger.case(number, as_of).await?;
        let Some(first) = events.first() else {
            return Err(Diagnostic::error("ZH8229").arg("case", number).into());
        };
        let of = self
            .catalog
            .procedures
            .get(&first.of)
            .ok_or_else(|| Diagnostic::error("ZH8201").arg("id", &first.of).arg("all", "–"))?;
        let entered = self.entered(&events).await?;
        let events = events.into_iter().map(read).collect::<Result<Vec<_>, Diagnostic>>()?;
        Ok(Case::after(of, events, entered))
    }

    /// The cases opened from this one, and from those.
    pub async fn below(&self, number: &str) -> Result<Vec<Case>, Trouble> {
        let mut found = Vec::new();
        let mut queue = vec![number.to_owned()];
        while let Some(parent) = queue.pop() {
            let filter = CaseFilter { parent: Some(parent), ..CaseFilter::default() };
            for head in self.ledger.cases(&filter).await? {
                queue.push(head.case.clone());
                found.push(self.case(&head.case, None).await?);
            }
        }
        Ok(found)
    }

    /// Cases that are not over, of one family or of all.
    pub async fn open_cases(&self, family: Option<&str>) -> Result<Vec<CaseHead>, Trouble> {
        let mut found: Vec<CaseHead> = Vec::new();
        // Only the states in which there is a case are asked for: most procedures have none.
        for (of, state) in self.ledger.case_states().await? {
            let Some(procedure) = self.catalog.procedures.get(&of) else { continue };
            let is_asked =
                family.is_none_or(|family| procedure.family == family || procedure.head.id == family);
            if !is_asked || procedure.state(&state).is_some_and(|state| state.end) {
                continue;
            }
            let filter = CaseFilter { of: Some(of), state: Some(state), ..CaseFilter::default() };
            found.extend(self.ledger.cases(&filter).await?);
        }
        // By procedure, and the cases of one by number, whatever their states.
        found.sort_by(|a, b| (&a.of, &a.case).cmp(&(&b.of, &b.case)));
        Ok(found)
    }

    /// Writes an act with all that follows in one transaction; see [`event_of`].
    ///
    /// Errors: those of the ledger, among them that somebody else acted first.
    pub async fn write(
        &self,
        moment: Moment,
        taken: &Taken,
        head: Option<u64>,
        id: &str,
        provenance: Provenance,
    ) -> Result<Stepped, Trouble> {
        let writing = Writing { catalog: &self.catalog, at: moment.at, provenance };
        let event = event_of(writing, taken, head, id)?;
        Ok(self.ledger.step(event).await?)
    }

    /// The records that a case's events entered, in their newest versions.
    async fn entered(&self, events: &[CaseEvent]) -> Result<Vec<Entered>, Trouble> {
        let mut entered = Vec::new();
        for index in events.iter().flat_map(|event| &event.records) {
            let first = self.ledger.entry(*index).await?;
            if first.kind != EntryKind::Record {
                continue;
            }
            let latest = self.ledger.latest(*index).await?;
            let newest = if latest == *index { first.clone() } else { self.ledger.entry(latest).await? };
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
