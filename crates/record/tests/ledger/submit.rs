//! Submissions: records in, receipts out, once.

use std::collections::BTreeSet;

use futures::TryStreamExt as _;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use zhiheng_record::verify::{leaf_hash, to_hex, verify_receipt};
use zhiheng_record::{Begun, Counts, EntryKind, Ledger, Outcome, Provenance};

use crate::home::{Home, append, assert_sound, begin, code, complaint, draft, key, on_both, submission};

on_both![
    records_come_back_as_they_were_handed_in,
    the_same_submission_at_once_is_taken_once,
    one_id_has_one_body,
    the_same_records_again_change_nothing,
    a_key_has_one_record,
    a_personal_value_is_compared_not_its_commitment,
    nothing_of_a_dropped_submission_stays,
    thousands_of_records_in_any_split_have_one_root,
    what_does_not_fit_is_refused,
];

async fn records_come_back_as_they_were_handed_in(home: Home) {
    let ledger = home.create().await;
    let (receipt, outcomes) = append(&ledger, "s-1", 0..3).await;
    assert_eq!(outcomes, [Outcome::New(1), Outcome::New(2), Outcome::New(3)]);
    assert_eq!((receipt.first, receipt.count, receipt.unchanged, receipt.repeated), (0, 4, 0, false));
    let entry = ledger.entry(2).await.expect("an entry");
    assert_eq!(entry.kind, EntryKind::Record);
    assert_eq!(entry.data["no"], "GS-1");
    assert_eq!(entry.place.map(|place| place.row), Some(3));
    assert_eq!(entry.submission.as_deref(), Some("s-1"));
    let submit = ledger.entry(0).await.expect("an entry");
    assert_eq!((submit.kind, submit.data["files"][0]["size"].as_u64()), (EntryKind::Submit, Some(4)));
    let checkpoint = verify_receipt(&receipt, ledger.key(), Some(&ledger.leaf(0).await.expect("a leaf")));
    assert_eq!(checkpoint.map(|checkpoint| checkpoint.size), Ok(4));
    assert!(verify_receipt(&receipt, ledger.key(), Some(b"another leaf")).is_err());
    assert!(serde_json::to_string(&receipt).expect("JSON").len() <= 4096);
    assert_eq!(ledger.receipt("s-1").await.expect("an answer"), Some(receipt.clone()));
    assert_eq!(ledger.find("sampling.result", &["GS-2"]).await.expect("an answer"), Some(3));
    assert_eq!(ledger.find("sampling.result", &["GS-3"]).await.expect("an answer"), None);
    assert_eq!(ledger.find("other.type", &["GS-2"]).await.expect("an answer"), None);
    let types = ledger.types().await.expect("types");
    assert_eq!(
        types.iter().map(|each| (each.of.as_str(), each.records)).collect::<Vec<_>>(),
        [("sampling.result", 3)]
    );
    assert_eq!(ledger.files().await.expect("files").len(), 1);
    assert_sound(&ledger).await;
    ledger.close().await;
    let again = home.open().await;
    assert_eq!(again.alarm(), None);
    assert_eq!(again.checkpoint().await.expect("a checkpoint"), receipt.checkpoint);
}

async fn the_same_submission_at_once_is_taken_once(home: Home) {
    let ledger = home.create().await;
    // Half of them through a second opening, as another process would.
    let other = home.open().await;
    let tasks: Vec<_> = (0..50)
        .map(|n| {
            let ledger = if n % 2 == 0 { ledger.clone() } else { other.clone() };
            tokio::spawn(async move {
                match ledger.begin(submission("s-1")).await.expect("a submission") {
                    Begun::Repeated(receipt) => receipt,
                    Begun::Fresh(mut appender) => {
                        appender.push(vec![draft(7, "pass")]).await.expect("outcomes");
                        appender.commit().await.expect("a receipt")
                    }
                }
            })
        })
        .collect();
    let mut receipts = Vec::new();
    for task in tasks {
        receipts.push(task.await.expect("a task"));
    }
    assert_eq!(receipts.iter().filter(|receipt| !receipt.repeated).count(), 1);
    for receipt in &mut receipts {
        receipt.repeated = false;
    }
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    assert_eq!(ledger.size().await.expect("a size"), 2);
    assert_sound(&ledger).await;
}

async fn one_id_has_one_body(home: Home) {
    let ledger = home.create().await;
    let (receipt, _) = append(&ledger, "s-1", 0..1).await;
    let mut other = submission("s-1");
    other.body = to_hex(&leaf_hash(b"changed"));
    assert_eq!(code(ledger.begin(other).await), "ZH4030");
    let mut other = submission("s-1");
    other.provenance = Provenance::Synthetic;
    assert_eq!(code(ledger.begin(other).await), "ZH4030");
    let Begun::Repeated(again) = ledger.begin(submission("s-1")).await.expect("an answer") else {
        panic!("taken twice");
    };
    assert!(again.repeated);
    assert_eq!(again.checkpoint, receipt.checkpoint);
    assert_eq!(ledger.size().await.expect("a size"), 2);
}

async fn the_same_records_again_change_nothing(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..2000).await;
    let (receipt, outcomes) = append(&ledger, "s-2", 0..2000).await;
    assert_eq!((receipt.count, receipt.unchanged), (1, 2000));
    assert!(outcomes.iter().zip(1..).all(|(outcome, index)| *outcome == Outcome::Same(index)));
    let (receipt, outcomes) = append(&ledger, "s-3", 1990..2010).await;
    assert_eq!((receipt.count, receipt.unchanged), (11, 10));
    assert_eq!(outcomes[9..11], [Outcome::Same(2000), Outcome::New(2003)]);
    assert_sound(&ledger).await;
}

async fn a_key_has_one_record(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..300).await;
    let mut appender = begin(&ledger, submission("s-2")).await;
    let drafts =
        vec![draft(5, "fail"), draft(900, "pass"), draft(900, "fail"), draft(900, "pass"), draft(5, "pass")];
    let outcomes = appender.push(drafts).await.expect("outcomes");
    let first = appender.first();
    let expected = [
        Outcome::Different(6),
        Outcome::New(first + 1),
        Outcome::Different(first + 1),
        Outcome::Same(first + 1),
        Outcome::Same(6),
    ];
    assert_eq!(outcomes, expected);
    let codes: Vec<_> =
        outcomes.iter().filter_map(|outcome| outcome.diagnostic(first)).map(|each| each.code).collect();
    assert_eq!(codes, ["ZH4031", "ZH4042"]);
    assert_eq!(appender.counts(), Counts { new: 1, same: 2, different: 2, too_long: 0 });
    appender.commit().await.expect("a receipt");
    assert_sound(&ledger).await;
}

async fn a_personal_value_is_compared_not_its_commitment(home: Home) {
    let ledger = home.create().await;
    let mut appender = begin(&ledger, submission("s-1")).await;
    let drafts = vec![complaint(1, "Li", 1), complaint(1, "Li", 2), complaint(1, "Wang", 3)];
    let outcomes = appender.push(drafts).await.expect("outcomes");
    assert_eq!(outcomes, [Outcome::New(1), Outcome::Same(1), Outcome::Different(1)]);
    appender.commit().await.expect("a receipt");
    let mut appender = begin(&ledger, submission("s-2")).await;
    let outcomes =
        appender.push(vec![complaint(1, "Li", 4), complaint(1, "Wang", 5)]).await.expect("outcomes");
    assert_eq!(outcomes, [Outcome::Same(1), Outcome::Different(1)]);
    let mut lying = complaint(2, "Li", 6);
    "Zhao".clone_into(&mut lying.personal[0].value);
    assert_eq!(code(appender.push(vec![lying]).await), "ZH4039");
    assert_eq!(ledger.personal(1, "name").await.expect("an answer").as_deref(), Some("Li"));
    assert_sound(&ledger).await;
}

async fn nothing_of_a_dropped_submission_stays(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..10).await;
    let before = ledger.checkpoint().await.expect("a checkpoint");
    let mut appender = begin(&ledger, submission("s-2")).await;
    appender.push((10..20_000).map(|n| draft(n, "pass")).collect()).await.expect("outcomes");
    appender.rollback();
    assert_eq!(ledger.checkpoint().await.expect("a checkpoint"), before);
    let (receipt, _) = append(&ledger, "s-2", 10..20).await;
    assert_eq!((receipt.first, receipt.count), (11, 11));
    assert_sound(&ledger).await;
}

async fn thousands_of_records_in_any_split_have_one_root(home: Home) {
    let ledger = home.create().await;
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 3, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let mut roots = BTreeSet::new();
    for case in 0..3 {
        let splits =
            prop::collection::vec(1..900_usize, 4..12).new_tree(&mut runner).expect("a tree").current();
        let fresh;
        let ledger = if case == 0 {
            &ledger
        } else {
            fresh = Home::sqlite();
            &fresh.create().await
        };
        let mut appender = begin(ledger, submission("s-1")).await;
        let mut drafts: Vec<_> = (0..5000).map(|n| draft(n, "pass")).collect();
        for split in splits {
            let rest = drafts.split_off(split.min(drafts.len()));
            appender.push(drafts).await.expect("outcomes");
            drafts = rest;
        }
        appender.push(drafts).await.expect("outcomes");
        appender.commit().await.expect("a receipt");
        roots.insert(ledger.root_at(5001).await.expect("a root"));
        assert_sound(ledger).await;
        let read: Vec<_> = ledger.leaves(250..5001).try_collect().await.expect("leaves");
        assert_eq!(read.iter().map(|(_, leaves)| leaves.len()).sum::<usize>(), 4751);
        assert_eq!((read[0].0, read[1].0), (250, 256));
    }
    assert_eq!(roots.len(), 1);
}

async fn what_does_not_fit_is_refused(home: Home) {
    let ledger = home.create().await;
    let mut appender = begin(&ledger, submission("s-1")).await;
    let mut long = draft(1, "pass");
    long.data = format!(r#"{{"no":"1","x":"{}"}}"#, "x".repeat(65_535)).into_bytes();
    let outcomes = appender.push(vec![draft(0, "pass"), long, draft(2, "pass")]).await.expect("outcomes");
    assert!(matches!(outcomes[..], [Outcome::New(1), Outcome::TooLong(_), Outcome::New(2)]), "{outcomes:?}");
    for data in ["", "{", "[]", r#"{"no":1.5}"#, r#"{"no": 1}"#] {
        let mut bad = draft(3, "pass");
        bad.data = data.as_bytes().to_vec();
        assert_eq!(code(appender.push(vec![bad]).await), "ZH4039", "{data}");
    }
    drop(appender);
    for id in ["", "a\nb", &"x".repeat(256)] {
        assert_eq!(code(ledger.begin(submission(id)).await), "ZH4043");
    }
    assert_eq!(code(Ledger::create(&home.url, key()).await), "ZH4004");
    assert_eq!(code(ledger.entry(0).await), "ZH4034");
    assert_sound(&ledger).await;
}
