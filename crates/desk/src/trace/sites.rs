//! Which read points and business locations events name. The world keeps one site for each event; the lists of the REST binding
//! want both apart.

use std::collections::BTreeSet;
use std::ops::Range;

use zhiheng_record::{EntryKind, Ledger};
use zhiheng_trace::Event;
use zhiheng_trace::id::canonical;
use zhiheng_trace::store::{Master, RECORD, Restored, master};

use super::internal;
use crate::trouble::Trouble;

/// Entries read at once.
const CHUNK: u64 = 8192;

/// Places by what they were in events, each in its canonical spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites {
    /// Where something was read.
    pub read_points: BTreeSet<String>,
    /// Where things were afterwards.
    pub locations: BTreeSet<String>,
}

impl Sites {
    /// Learns the places of an event.
    pub(super) fn add(&mut self, event: &Event) {
        let put = |known: &mut BTreeSet<String>, text: &str| {
            let text = canonical(text);
            if !known.contains(text.as_ref()) {
                known.insert(text.into_owned());
            }
        };
        if let Some(site) = &event.read_point {
            put(&mut self.read_points, &site.id);
        }
        if let Some(site) = &event.biz_location {
            put(&mut self.locations, &site.id);
        }
    }
}

/// Hands out the events of a range with their entries, arrival.
pub(super) async fn each(
    ledger: &Ledger,
    range: Range<u64>,
    mut take: impl FnMut(Told),
) -> Result<(), Trouble> {
    let mut at = range.start;
    while at < range.end {
        let next = range.end.min(at + CHUNK);
        let rows = ledger.whole(RECORD, at..next).await?;
        let told = tokio::task::spawn_blocking(move || {
            let told = rows.into_iter().map(|whole| {
                let is_there = whole.kind != EntryKind::Withdraw;
                let said = is_there.then(|| master(&whole.data, &whole.personal)).flatten();
                let is_event = is_there && said.is_none();
                Told {
                    entry: whole.entry,
                    at: whole.at,
                    restored: is_event.then(|| Restored::from_ledger(&whole.data, &whole.personal)).flatten(),
                    master: said.flatten(),
                }
            });
            told.collect::<Vec<_>>()
        });
        told.await.map_err(internal)?.into_iter().for_each(&mut take);
        at = next;
    }
    Ok(())
}

/// What an entry tells.
pub(super) struct Told {
    pub(super) entry: u64,
    pub(super) at: i64,
    pub(super) restored: Option<Restored>,
    /// What it says of a place or of goods, if it is no event.
    pub(super) master: Option<Master>,
}

/// The places of all events, kept up with the ledger.
#[derive(Debug, Default)]
pub(super) struct Known {
    size: u64,
    pub(super) sites: Sites,
}

impl Known {
    /// Reads what came since. After an erasure everything is read again: what was erased must be in no list.
    pub(super) async fn follow(&mut self, ledger: &Ledger) -> Result<(), Trouble> {
        let size = ledger.size().await?;
        if self.size < size && self.size > 0 && !ledger.erasures_in(self.size..size).await?.is_empty() {
            *self = Known::default();
        }
        let mut sites = std::mem::take(&mut self.sites);
        let from = std::mem::take(&mut self.size);
        each(ledger, from..size, |told| {
            if let Some(restored) = &told.restored {
                sites.add(&restored.event);
            }
        })
        .await?;
        (self.sites, self.size) = (sites, size);
        Ok(())
    }
}
