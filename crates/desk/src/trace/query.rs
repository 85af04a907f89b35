//! The SimpleEventQuery over the ledger: candidates by the picture, then each read whole and asked.

use std::sync::Arc;

use jiff::Timestamp;
use zhiheng_base::Diagnostic;
use zhiheng_trace::query::{Key, Page, Query, Token};
use zhiheng_trace::store::{RECORD, Restored};
use zhiheng_trace::world::AsOf;
use zhiheng_trace::{Event, Time};

use super::{Tracing, internal};
use crate::trouble::Trouble;

/// Entries between two candidates that are read along rather than asked for by themselves.
const ALONG: u64 = 64;
/// Entries read at once at most.
const AT_ONCE: u64 = 4096;

impl Tracing {
    /// A page of the events that fit parameters as they stand in a query string.
    ///
    /// Errors: ZH9560 to ZH9567, and those of the ledger.
    pub async fn query(&self, pairs: &[(String, String)]) -> Result<Page, Trouble> {
        let query = Query::read(pairs, &[])?;
        self.ask(&query).await
    }

    /// A page of the answer to a query.
    ///
    /// Errors: ZH9567 if more events fit than the query allows, and those of the ledger.
    pub async fn ask(&self, query: &Query) -> Result<Page, Trouble> {
        self.ask_among(query, |_| true).await
    }

    /// The same among the entries that `is_in_view` lets through.
    pub(super) async fn ask_among(
        &self,
        query: &Query,
        is_in_view: impl Fn(u64) -> bool,
    ) -> Result<Page, Trouble> {
        let (page, next) = self.entries_among(query, is_in_view).await?;
        let mut events = Vec::with_capacity(page.len());
        for entry in page {
            events.push(self.recorded(entry).await?);
        }
        Ok(Page { events, next, made: Time::at(Timestamp::now().as_microsecond()) })
    }

    /// The event at an entry with the time at which it was captured.
    pub(super) async fn recorded(&self, entry: u64) -> Result<Event, Trouble> {
        let (restored, at) = self.event(entry).await?;
        Ok(Event { recorded: Time::at(at), ..restored.event })
    }

    /// The entries of a page.
    pub(super) async fn entries_among(
        &self,
        query: &Query,
        is_in_view: impl Fn(u64) -> bool,
    ) -> Result<(Vec<u64>, Option<Token>), Trouble> {
        self.settled().await?;
        let size = query.from.map_or(AsOf::NOW.size, |from| from.size);
        let given = query.from.map_or(0, |from| from.given);
        let (mut candidates, size, masters) = {
            let held = self.held();
            let size = size.min(held.size);
            (query.candidates(&held.world, size), size, Arc::clone(&held.masters))
        };
        candidates.retain(|entry| is_in_view(*entry));
        let enough = query.is_in_order_of_capture().then_some(given + query.per_page + 1);
        let mut found: Vec<(Key, u64)> = Vec::new();
        for range in ranges(&candidates) {
            for (entry, restored, at) in self.read(range, &candidates).await? {
                if query.matches(&restored.event, at, &masters) {
                    found.push((query.key(&restored.event, at), entry));
                }
            }
            if let Some(most) = query.most.filter(|most| found.len() > *most) {
                return Err(Diagnostic::error("ZH9567").arg("most", most).into());
            }
            if enough.is_some_and(|enough| found.len() >= enough) {
                break;
            }
        }
        query.sort(&mut found);
        found.truncate(query.limit.unwrap_or(usize::MAX));
        let last = found.len().min(given.saturating_add(query.per_page));
        let page: Vec<u64> =
            found.get(given..last).unwrap_or_default().iter().map(|(_, entry)| *entry).collect();
        let next = (found.len() > last).then_some(Token { size, given: last });
        Ok((page, next))
    }

    /// The candidates in a range of entries.
    async fn read(
        &self,
        range: std::ops::Range<u64>,
        candidates: &[u64],
    ) -> Result<Vec<(u64, Restored, i64)>, Trouble> {
        let from = candidates.partition_point(|entry| *entry < range.start);
        let to = candidates.partition_point(|entry| *entry < range.end);
        let wanted: Vec<u64> = candidates.get(from..to).unwrap_or_default().to_vec();
        let rows = self.ledger.whole(RECORD, range).await?;
        let restore = tokio::task::spawn_blocking(move || {
            rows.into_iter()
                .filter(|whole| wanted.binary_search(&whole.entry).is_ok())
                .map(|whole| {
                    let restored = Restored::from_ledger(&whole.data, &whole.personal);
                    let damaged = || Diagnostic::error("ZH9555").arg("entry", whole.entry);
                    restored.map(|restored| (whole.entry, restored, whole.at)).ok_or_else(damaged)
                })
                .collect::<Result<Vec<_>, _>>()
        });
        Ok(restore.await.map_err(internal)??)
    }
}

/// Ranges of entries that hold all candidates, with few others in between.
fn ranges(candidates: &[u64]) -> Vec<std::ops::Range<u64>> {
    let mut out: Vec<std::ops::Range<u64>> = Vec::new();
    for &entry in candidates {
        match out.last_mut() {
            Some(last) if entry < last.end + ALONG && entry < last.start + AT_ONCE => last.end = entry + 1,
            _ => out.push(entry..entry + 1),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_all_candidates() {
        let candidates: Vec<u64> = vec![0, 1, 70, 500, 501, 5000];
        let ranges = ranges(&candidates);
        assert_eq!(ranges, [0..2, 70..71, 500..502, 5000..5001].map(|range| range));
        assert!(candidates.iter().all(|entry| ranges.iter().any(|range| range.contains(entry))));
    }
}
