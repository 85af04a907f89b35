//! Between cases and the ledger: what an act would write → one event of the ledger; what the ledger has → the event again.

use jiff::Timestamp;
use serde_json::{Map, Value as Json};
use zhiheng_base::draft::Draft;
use zhiheng_base::{Diagnostic, canonical};
use zhiheng_catalog::Catalog;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{CaseEffect, CaseEvent, Event as Entry, Provenance, Submission};

use super::ask::{Follow, Taken};
use super::event::Event;

/// How an act is written down.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// The definitions by which it was decided.
    pub catalog: &'a Catalog,
    /// Now.
    pub at: Timestamp,
    /// How it came about; told cases are synthetic.
    pub provenance: Provenance,
}

/// The event of the ledger, with everything that follows. `head` is the case's newest event as the actor saw it, `id` the act's
/// own name, under which it is taken once however often it is sent.
///
/// Errors: ZH8227 for a value that canonical JSON cannot hold.
pub fn event_of(
    writing: Writing<'_>,
    taken: &Taken,
    head: Option<u64>,
    id: &str,
) -> Result<Entry, Diagnostic> {
    let by = taken.event.actor.as_ref().map_or("clock", |actor| actor.account.as_str());
    let effects = (taken.follows.iter().enumerate())
        .map(|(n, follow)| effect(writing, taken, follow, &format!("{id}/{n}"), by));
    let data = serde_json::to_value(&taken.event);
    Ok(Entry {
        case: taken.event.case.clone(),
        expected: head,
        id: id.to_owned(),
        of: taken.event.procedure.clone(),
        state: taken.event.to.clone(),
        region: taken.region.map(|region| region.to_string()),
        by: by.to_owned(),
        at: writing.at,
        provenance: writing.provenance,
        data: data.map_err(|error| Diagnostic::error("ZH8227").arg("why", error))?,
        letters: taken.letters.clone(),
        parent: taken.event.parent.clone(),
        effects: effects.collect::<Result<_, Diagnostic>>()?,
    })
}

fn effect(
    writing: Writing<'_>,
    taken: &Taken,
    follow: &Follow,
    id: &str,
    by: &str,
) -> Result<CaseEffect, Diagnostic> {
    let event = &taken.event;
    let reason = || event.reason.clone().unwrap_or_else(|| format!("{} {}", event.case, event.step));
    Ok(match follow {
        Follow::Record { of, data } => {
            let draft = draft(data)?;
            let record = writing.catalog.records.get(of);
            let submission = Submission {
                id: id.to_owned(),
                by: by.to_owned(),
                at: writing.at,
                of: of.clone(),
                provenance: writing.provenance,
                basis: Some(event.case.clone()),
                catalog: writing.catalog.digest.clone(),
                files: Vec::new(),
                body: to_hex(&sha256(&draft.data)),
                key: record.map(|record| record.key.clone()).unwrap_or_default(),
            };
            CaseEffect::Records { submission, drafts: vec![draft] }
        }
        Follow::Correct { entry, data, .. } => {
            CaseEffect::Correct { entry: *entry, draft: draft(data)?, reason: reason() }
        }
        Follow::Withdraw { entry, .. } => CaseEffect::Withdraw { entry: *entry, reason: reason() },
        Follow::Case { head, taken } => CaseEffect::Open(event_of(writing, taken, *head, id)?),
    })
}

/// Fields as the ledger takes them; it works the natural key out itself.
fn draft(data: &Map<String, Json>) -> Result<Draft, Diagnostic> {
    let bytes = canonical::to_vec(&Json::Object(data.clone()));
    let data = bytes.map_err(|why| Diagnostic::error("ZH8227").arg("why", why))?;
    Ok(Draft { key: [0; 32], data, personal: Vec::new(), place: None })
}

/// An event as the ledger gives it back, with the numbers of its letters.
///
/// Errors: ZH8227 if it is no event of a case.
pub fn read(event: CaseEvent) -> Result<(u64, Event), Diagnostic> {
    let wrong = |why: serde_json::Error| Diagnostic::error("ZH8227").arg("why", why);
    let mut data = event.data;
    if let Json::Object(fields) = &mut data {
        fields.insert("letters".to_owned(), serde_json::to_value(&event.letters).map_err(wrong)?);
    }
    let mut read: Event = serde_json::from_value(data).map_err(wrong)?;
    read.parent = read.parent.or(event.parent);
    Ok((event.entry, read))
}
