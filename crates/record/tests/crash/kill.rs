//! `kill -9` at random moments under load.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use zhiheng_record::{Ledger, Receipt};

use crate::load::{command, database};
use crate::{count, key};

/// What the child noted: attempts by id with their records, receipts, withdrawals.
#[derive(Default)]
pub(crate) struct Notes {
    tried: BTreeMap<String, u64>,
    pub(crate) taken: Vec<Receipt>,
    withdrawn: Vec<u64>,
}

pub(crate) fn read_notes(folder: &Path) -> Notes {
    let text = std::fs::read_to_string(folder.join("notes")).unwrap_or_default();
    let mut notes = Notes::default();
    // A line without its end was being written when the process died.
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        let (what, rest) = line.split_once(' ').expect("a note");
        match what {
            "try" => {
                let (id, records) = rest.split_once(' ').expect("an attempt");
                notes.tried.insert(id.to_owned(), records.parse().expect("a count"));
            }
            "taken" => notes.taken.push(serde_json::from_str(rest).expect("a receipt")),
            _ => notes.withdrawn.push(rest.parse().expect("an entry")),
        }
    }
    notes
}

/// Everything that was acknowledged is in the ledger, nothing twice, nothing that was not tried.
async fn compare(folder: &Path) -> u64 {
    let notes = read_notes(folder);
    let ledger = Ledger::open(&database(folder), key()).await.expect("a ledger");
    assert_eq!(ledger.alarm(), None);
    let verification = ledger.verify(|_, _| {}).await.expect("a verification");
    assert_eq!(verification.problems, []);
    for mut receipt in notes.taken {
        receipt.repeated = false;
        assert_eq!(ledger.receipt(&receipt.submission).await.expect("an answer"), Some(receipt));
    }
    let mut size = 0;
    for (id, records) in &notes.tried {
        if let Some(receipt) = ledger.receipt(id).await.expect("an answer") {
            assert_eq!(receipt.count, records + 1, "{id}");
            size += receipt.count;
        }
    }
    let types = ledger.types().await.expect("types");
    let withdrawals: u64 = types.iter().map(|each| each.withdrawals).sum();
    assert!(withdrawals >= notes.withdrawn.len() as u64);
    for entry in notes.withdrawn {
        assert!(ledger.entry(entry).await.expect("an entry").corrects.is_some());
    }
    // Entries of no attempt, or of one attempt twice, would not add up.
    assert_eq!(verification.size, size + withdrawals);
    ledger.close().await;
    verification.size
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_before_a_kill_is_there_once() {
    let kills = count("ZHIHENG_KILLS", 12);
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(20_131_231);
    let mut dir = tempfile::tempdir().expect("a folder");
    for kill in 0..kills {
        if kill % 10 == 0 {
            dir = tempfile::tempdir().expect("a folder");
        }
        let mut child = command(dir.path(), &format!("load {kill}"), &[]).spawn().expect("a child");
        // Long enough to open and write; where exactly it dies is chance.
        tokio::time::sleep(Duration::from_millis(random.random_range(30..600))).await;
        child.kill().expect("a kill");
        let status = child.wait().expect("a status");
        assert!(!status.success());
        if Path::new(&database(dir.path())).exists() && !read_notes(dir.path()).tried.is_empty() {
            compare(dir.path()).await;
        }
    }
}
