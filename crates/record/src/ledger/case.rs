//! Reading cases: their events with what each of them wrote, and the list of cases.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Ledger;
use super::read::View;
use super::step::StepData;
use crate::bundle::{Bundle, WIDTH};
use crate::entry::EntryKind;
use crate::error::LedgerError;
use crate::event::{CaseEvent, CaseFilter, CaseHead, Stepped};
use crate::leaf::Leaf;
use crate::store::cases::{self, HeadRow};

/// Cases read at once.
const PAGE: usize = 1000;

impl Ledger {
    /// The events of a case in order, as of a size of the ledger; empty if it has none.
    pub async fn case(&self, case: &str, as_of: Option<u64>) -> Result<Vec<CaseEvent>, LedgerError> {
        let mut view = self.view().await?;
        let size = as_of.map_or(view.known.size, |size| size.min(view.known.size));
        let work = async {
            let mut events: Vec<CaseEvent> = Vec::new();
            for entry in cases::events_of(&mut view.tx.conn(), case).await? {
                if entry >= size {
                    break;
                }
                let event = self.event_at(&mut view, entry, size).await?;
                // The entries are proved, the list is not: each event names the one before it.
                if event.case != case || event.previous != events.last().map(|last| last.entry) {
                    return Err(LedgerError::damage("ZH4117", entry, "events of a case"));
                }
                events.push(event);
            }
            Ok(events)
        };
        let done = work.await;
        self.inner.note(done)
    }

    /// The event that an act with this idempotency id wrote, if it was taken.
    pub async fn acted(&self, id: &str) -> Result<Option<CaseEvent>, LedgerError> {
        let mut view = self.view().await?;
        let Some((entry, _)) = cases::act(&mut view.tx.conn(), id).await? else { return Ok(None) };
        let size = view.known.size;
        let event = self.inner.note(self.event_at(&mut view, entry, size).await)?;
        if event.id == id {
            Ok(Some(event))
        } else {
            self.inner.note(Err(LedgerError::damage("ZH4117", entry, "ids of acts")))
        }
    }

    /// A case as it stands now: what it costs does not grow with its events.
    pub async fn case_head(&self, case: &str) -> Result<Option<CaseHead>, LedgerError> {
        let mut view = self.view().await?;
        match cases::head(&mut view.tx.conn(), case).await? {
            Some(row) => self.inner.note(listed(row)).map(Some),
            None => Ok(None),
        }
    }

    /// Cases by number.
    pub async fn cases(&self, filter: &CaseFilter) -> Result<Vec<CaseHead>, LedgerError> {
        let mut view = self.view().await?;
        let wanted = filter.limit.unwrap_or(usize::MAX);
        let mut page = filter.clone();
        let mut found = Vec::new();
        while found.len() < wanted {
            let rows = cases::heads(&mut view.tx.conn(), &page, PAGE.min(wanted)).await?;
            let Some(last) = rows.last() else { break };
            page.after = Some(last.case.clone());
            for row in rows.into_iter().take(wanted - found.len()) {
                found.push(self.inner.note(listed(row))?);
            }
        }
        Ok(found)
    }

    /// Every procedure and state in which there is a case now, in order.
    pub async fn case_states(&self) -> Result<Vec<(String, String)>, LedgerError> {
        let mut view = self.view().await?;
        Ok(cases::states(&mut view.tx.conn()).await?)
    }

    /// One more than the greatest number `n` of cases named `<prefix>-<n>`.
    pub async fn next_case_number(&self, prefix: &str) -> Result<u64, LedgerError> {
        let mut view = self.view().await?;
        Ok(cases::last_number(&mut view.tx.conn(), prefix).await? + 1)
    }

    /// The answer to an act that was taken before.
    pub(super) async fn stepped(&self, entry: u64) -> Result<Stepped, LedgerError> {
        let mut view = self.view().await?;
        let size = view.known.size;
        let event = self.inner.note(self.event_at(&mut view, entry, size).await)?;
        Ok(Stepped {
            entry,
            checkpoint: view.known.checkpoint.clone(),
            letters: event.letters,
            records: event.records,
            opened: event.opened,
            repeated: true,
        })
    }

    /// Reads the event at `entry` and what follows from it, below `size`.
    async fn event_at(&self, view: &mut View, entry: u64, size: u64) -> Result<CaseEvent, LedgerError> {
        let mut n = entry / WIDTH;
        let (mut bundle, _) = self.inner.bundle(&mut view.tx.conn(), &view.known, n).await?;
        let mut event = event_of(&leaf_of(&bundle, entry)?, entry)?;
        // Events of cases that this one opened, and whether the records being read are its own.
        let mut below = BTreeSet::new();
        let mut own = false;
        for index in entry + 1..size {
            if index / WIDTH != n {
                n = index / WIDTH;
                (bundle, _) = self.inner.bundle(&mut view.tx.conn(), &view.known, n).await?;
            }
            let leaf = leaf_of(&bundle, index)?;
            let direct = leaf.cause == Some(entry);
            match (leaf.kind, leaf.cause) {
                (EntryKind::Record, _) if index > entry + 1 => {
                    if own {
                        event.records.push(index);
                    }
                    continue;
                }
                (_, Some(cause)) if direct || below.contains(&cause) => {}
                _ => break,
            }
            own = direct && leaf.kind == EntryKind::Submit;
            match leaf.kind {
                EntryKind::Correct | EntryKind::Withdraw if direct => event.records.push(index),
                EntryKind::Step => {
                    below.insert(index);
                    if direct {
                        event.opened.push((event_of(&leaf, index)?.case, index));
                    }
                }
                _ => {}
            }
        }
        Ok(event)
    }
}

fn leaf_of(bundle: &Bundle, index: u64) -> Result<Leaf<'_>, LedgerError> {
    bundle
        .leaf((index % WIDTH) as usize)
        .and_then(|leaf| Leaf::parse(leaf).ok())
        .ok_or_else(|| LedgerError::damage("ZH4113", index, "not an entry"))
}

fn event_of(leaf: &Leaf<'_>, entry: u64) -> Result<CaseEvent, LedgerError> {
    let bad = || LedgerError::damage("ZH4117", entry, "not an event of a case");
    if leaf.kind != EntryKind::Step {
        return Err(bad());
    }
    let data: StepData = serde_json::from_slice(leaf.data).map_err(|_| bad())?;
    Ok(CaseEvent {
        entry,
        case: data.case,
        id: data.act,
        of: leaf.of.as_deref().ok_or_else(bad)?.to_owned(),
        state: data.state,
        region: data.region,
        by: leaf.by.clone().into_owned(),
        at: Timestamp::from_microsecond(leaf.at).map_err(|_| bad())?,
        previous: data.previous,
        parent: data.parent,
        cause: leaf.cause,
        data: data.event,
        letters: data.letters,
        records: Vec::new(),
        opened: Vec::new(),
    })
}

fn listed(row: HeadRow) -> Result<CaseHead, LedgerError> {
    let HeadRow { case, of, state, region, parent, first, last, events, opened_at, changed_at } = row;
    let time = |at| {
        Timestamp::from_microsecond(at).map_err(|_| LedgerError::damage("ZH4117", first, "time of a case"))
    };
    let (opened_at, changed_at) = (time(opened_at)?, time(changed_at)?);
    Ok(CaseHead { case, of, state, region, parent, first, last, events, opened_at, changed_at })
}
