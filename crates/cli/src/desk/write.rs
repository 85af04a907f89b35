//! What an act would write → one event of the ledger, with everything that follows.

use jiff::Timestamp;
use zhiheng_act::case::{Follow, Taken};
use zhiheng_base::canonical;
use zhiheng_base::draft::Draft;
use zhiheng_catalog::Catalog;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{CaseEffect, Event, Provenance, Stepped, Submission};

use super::Desk;
use crate::failure::Failure;

/// Writes it all in one transaction. `head` is the case's newest event as the actor saw it, `id` the act's own name, under which
/// it is taken once however often it is sent.
pub(crate) fn write(
    desk: &Desk<'_>,
    taken: &Taken,
    head: Option<u64>,
    id: &str,
    provenance: Provenance,
) -> Result<Stepped, Failure> {
    let maker = Maker { catalog: &desk.catalog, at: desk.context.now(), provenance };
    let event = maker.event(taken, head, id)?;
    Ok(desk.context.wait(desk.ledger.step(event))?)
}

struct Maker<'a> {
    catalog: &'a Catalog,
    at: Timestamp,
    provenance: Provenance,
}

impl Maker<'_> {
    fn event(&self, taken: &Taken, head: Option<u64>, id: &str) -> Result<Event, Failure> {
        let by = taken.event.actor.as_ref().map_or("clock", |actor| actor.account.as_str());
        let effects = taken.follows.iter().enumerate().map(|(n, follow)| {
            self.effect(taken, follow, &format!("{id}/{n}"), by)
        });
        Ok(Event {
            case: taken.event.case.clone(),
            expected: head,
            id: id.to_owned(),
            of: taken.event.procedure.clone(),
            state: taken.event.to.clone(),
            by: by.to_owned(),
            at: self.at,
            provenance: self.provenance,
            data: serde_json::to_value(&taken.event)?,
            letters: taken.letters.clone(),
            parent: taken.event.parent.clone(),
            effects: effects.collect::<Result<_, Failure>>()?,
        })
    }

    fn effect(&self, taken: &Taken, follow: &Follow, id: &str, by: &str) -> Result<CaseEffect, Failure> {
        let reason = || {
            let event = &taken.event;
            event.reason.clone().unwrap_or_else(|| format!("{} {}", event.case, event.step))
        };
        Ok(match follow {
            Follow::Record { of, data } => {
                let draft = draft(data)?;
                let record = self.catalog.records.get(of);
                let submission = Submission {
                    id: id.to_owned(),
                    by: by.to_owned(),
                    at: self.at,
                    of: of.clone(),
                    provenance: self.provenance,
                    basis: Some(taken.event.case.clone()),
                    catalog: self.catalog.digest.clone(),
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
            Follow::Case { head, taken } => CaseEffect::Open(self.event(taken, *head, id)?),
        })
    }
}

/// Fields as the ledger takes them; it works the natural key out itself.
fn draft(data: &serde_json::Map<String, serde_json::Value>) -> Result<Draft, Failure> {
    let bytes = canonical::to_vec(&serde_json::Value::Object(data.clone())).map_err(anyhow::Error::msg)?;
    Ok(Draft { key: [0; 32], data: bytes, personal: Vec::new(), place: None })
}
