//! Whose events are whose: an enterprise that hands in events sees these again, and nothing of others.
//!
//! The sender of a capture is `account` for an office and `enterprise/account` for an enterprise. It stands in every entry, so
//! that what an enterprise may see needs no register beside the ledger.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use zhiheng_record::Ledger;
use zhiheng_trace::store::RECORD;

use crate::trouble::Trouble;

/// Whose events somebody may see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// Everybody's.
    All,
    /// Those that this enterprise handed in.
    Of(String),
}

impl View {
    /// The sender of what an account hands in under this view.
    pub fn sender(&self, account: &str) -> String {
        match self {
            View::All => account.to_owned(),
            View::Of(enterprise) => format!("{enterprise}/{account}"),
        }
    }

    /// Whether what `sender` handed in is in view.
    pub fn holds(&self, sender: &str) -> bool {
        match self {
            View::All => true,
            View::Of(enterprise) => owner(sender) == Some(enterprise.as_str()),
        }
    }
}

fn owner(sender: &str) -> Option<&str> {
    sender.split_once('/').map(|(owner, _)| owner)
}

/// Runs of entries by enterprise, as far as the ledger was read.
#[derive(Debug, Default)]
pub(super) struct Owned {
    size: u64,
    runs: BTreeMap<String, Vec<Range<u64>>>,
}

impl Owned {
    /// Reads what came since.
    pub(super) async fn follow(&mut self, ledger: &Ledger) -> Result<(), Trouble> {
        let size = ledger.size().await?;
        for (run, sender) in ledger.senders(RECORD, self.size..size).await? {
            if let Some(owner) = owner(&sender) {
                self.runs.entry(owner.to_owned()).or_default().push(run);
            }
        }
        self.size = self.size.max(size);
        Ok(())
    }

    /// The runs of an enterprise, in order.
    pub(super) fn of(&self, enterprise: &str) -> &[Range<u64>] {
        self.runs.get(enterprise).map_or(&[], Vec::as_slice)
    }
}

/// Whether an entry is in one of the runs.
pub(super) fn holds(runs: &[Range<u64>], entry: u64) -> bool {
    let place = runs.partition_point(|run| run.end <= entry);
    runs.get(place).is_some_and(|run| run.contains(&entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_in_its_run_alone() {
        let runs = [3..5, 9..10, 20..30];
        let within: Vec<u64> = (0..40).filter(|entry| holds(&runs, *entry)).collect();
        let wanted: Vec<u64> = [3, 4, 9].into_iter().chain(20..30).collect();
        assert_eq!(within, wanted);
    }

    #[test]
    fn a_sender_belongs_to_one_enterprise() {
        let own = View::Of("91621122MA00000001".to_owned());
        assert_eq!(own.sender("a1"), "91621122MA00000001/a1");
        assert!(own.holds("91621122MA00000001/a2"));
        for other in ["a1", "91621122MA00000002/a1", "91621122MA00000001", "", "/"] {
            assert!(!own.holds(other), "{other}");
            assert!(View::All.holds(other));
        }
    }
}
