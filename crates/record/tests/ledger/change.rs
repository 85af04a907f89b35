//! Corrections, withdrawals, erasures and acts.

use serde_json::json;
use zhiheng_record::verify::{verify_inclusion, verify_receipt};
use zhiheng_record::{EntryKind, Outcome};

use crate::home::{Home, append, assert_sound, at, begin, code, complaint, draft, on_both, submission};

on_both![
    a_correction_is_a_new_entry,
    a_correction_of_what_was_corrected_meanwhile_is_refused,
    two_corrections_at_once_are_one,
    withdrawing_twice_is_once,
    a_file_handed_in_again_undoes_nothing,
    a_corrected_key_moves,
    erasing_keeps_every_proof,
    acts_are_kept_in_order,
    a_change_without_cause_is_refused,
];

async fn a_correction_is_a_new_entry(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..5).await;
    let written =
        ledger.correct(3, draft(2, "fail"), "typo", "clerk", at(5), Some(3)).await.expect("a correction");
    assert_eq!((written.entry, written.repeated), (6, false));
    let history = ledger.history(3).await.expect("a history");
    let kinds: Vec<_> = history.iter().map(|entry| (entry.index, entry.kind, entry.corrects)).collect();
    assert_eq!(kinds, [(3, EntryKind::Record, None), (6, EntryKind::Correct, Some(3))]);
    assert_eq!(history[1].reason.as_deref(), Some("typo"));
    assert_eq!(history[1].data["result"], "fail");
    assert_eq!(ledger.latest(3).await.expect("an index"), 6);
    assert_eq!(ledger.latest(6).await.expect("an index"), 6);
    let again =
        ledger.correct(6, draft(2, "pass"), "no typo", "clerk", at(6), Some(6)).await.expect("a correction");
    assert_eq!(ledger.history(6).await.expect("a history").len(), 3);
    assert_eq!(ledger.superseded(u64::MAX).await.expect("pairs"), [(3, 6), (6, again.entry)]);
    assert_eq!(ledger.superseded(7).await.expect("pairs"), [(3, 6)]);
    assert_eq!(ledger.superseded(6).await.expect("pairs"), []);
    assert_eq!(ledger.find("sampling.result", &["GS-2"]).await.expect("an answer"), Some(again.entry));
    assert_sound(&ledger).await;
}

async fn a_correction_of_what_was_corrected_meanwhile_is_refused(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..2).await;
    ledger.correct(1, draft(0, "fail"), "typo", "a", at(1), Some(1)).await.expect("a correction");
    let late = ledger.correct(1, draft(0, "unclear"), "typo", "b", at(2), Some(1)).await;
    let refused = late.expect_err("a refusal").diagnostic().expect("a text");
    assert_eq!((refused.code.as_ref(), refused.args["latest"].as_str()), ("ZH4033", "3"));
    assert_eq!(code(ledger.withdraw(1, "wrong", "b", at(2), Some(1)).await), "ZH4033");
    assert_eq!(ledger.size().await.expect("a size"), 4);
}

async fn two_corrections_at_once_are_one(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..1).await;
    let other = home.open().await;
    let first = ledger.correct(1, draft(0, "a"), "typo", "a", at(1), Some(1));
    let second = other.correct(1, draft(0, "b"), "typo", "b", at(1), Some(1));
    let (first, second) = tokio::join!(first, second);
    let mut codes = [code(first), code(second)];
    codes.sort();
    assert_eq!(codes, ["ZH4033", "taken"]);
    assert_sound(&other).await;
    assert_sound(&ledger).await;
}

async fn withdrawing_twice_is_once(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..2).await;
    let first = ledger.withdraw(2, "entered twice", "a", at(1), None).await.expect("a withdrawal");
    let again = ledger.withdraw(2, "entered twice", "a", at(9), None).await.expect("a withdrawal");
    assert_eq!((first.entry, again.entry, again.repeated), (3, 3, true));
    assert_eq!(ledger.size().await.expect("a size"), 4);
    assert_eq!(ledger.find("sampling.result", &["GS-1"]).await.expect("an answer"), None);
    assert_eq!(ledger.types().await.expect("types")[0].withdrawals, 1);
    // It comes back by a correction, and can be withdrawn anew.
    ledger.correct(2, draft(1, "pass"), "it was right", "a", at(10), Some(3)).await.expect("a correction");
    assert_eq!(ledger.find("sampling.result", &["GS-1"]).await.expect("an answer"), Some(4));
    assert_eq!(ledger.withdraw(2, "no", "a", at(11), None).await.expect("a withdrawal").entry, 5);
    assert_sound(&ledger).await;
}

async fn a_file_handed_in_again_undoes_nothing(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..200).await;
    ledger.correct(1, draft(0, "fail"), "typo", "a", at(1), None).await.expect("a correction");
    ledger.withdraw(2, "entered twice", "a", at(1), None).await.expect("a withdrawal");
    let (receipt, outcomes) = append(&ledger, "s-2", 0..200).await;
    assert_eq!((receipt.count, receipt.unchanged), (1, 200));
    assert_eq!(outcomes[..3], [Outcome::Same(1), Outcome::Same(2), Outcome::Same(3)]);
    let mut appender = begin(&ledger, submission("s-3")).await;
    let drafts = vec![draft(0, "fail"), draft(0, "unclear"), draft(1, "fail")];
    let outcomes = appender.push(drafts).await.expect("outcomes");
    // Another content under the key of a withdrawn record is a new record.
    assert_eq!(outcomes, [Outcome::Same(201), Outcome::Different(201), Outcome::New(appender.first() + 1)]);
    let taken = appender.first() + 1;
    appender.commit().await.expect("a receipt");
    assert_eq!(ledger.find("sampling.result", &["GS-1"]).await.expect("an answer"), Some(taken));
    assert_eq!(code(ledger.correct(2, draft(1, "pass"), "back", "a", at(9), None).await), "ZH4037");
    assert_sound(&ledger).await;
}

async fn a_corrected_key_moves(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..3).await;
    assert_eq!(code(ledger.correct(1, draft(2, "fail"), "typo", "a", at(1), None).await), "ZH4037");
    let moved = ledger.correct(1, draft(77, "pass"), "typo", "a", at(1), None).await.expect("a correction");
    let (_, outcomes) = append(&ledger, "s-2", 77..78).await;
    assert_eq!(outcomes, [Outcome::Same(moved.entry)]);
    // Its old number is free for another record, and the old row is known.
    let mut appender = begin(&ledger, submission("s-3")).await;
    let outcomes =
        appender.push(vec![draft(0, "pass"), draft(0, "fail"), draft(77, "fail")]).await.expect("outcomes");
    let free = appender.first() + 1;
    assert_eq!(outcomes, [Outcome::Same(1), Outcome::New(free), Outcome::Different(moved.entry)]);
    appender.commit().await.expect("a receipt");
    assert_sound(&ledger).await;
    ledger.rebuild(|_, _| {}).await.expect("a rebuild");
    assert_sound(&ledger).await;
    assert_eq!(ledger.find("sampling.result", &["GS-0"]).await.expect("an answer"), Some(free));
}

async fn erasing_keeps_every_proof(home: Home) {
    const NAME: &str = "Zhang-Sanfeng-erase-me";
    let ledger = home.create().await;
    let mut appender = begin(&ledger, submission("s-1")).await;
    let drafts = (0..300).map(|n| complaint(n, if n == 7 { NAME } else { "Li" }, n as u8)).collect();
    appender.push(drafts).await.expect("outcomes");
    let receipt = appender.commit().await.expect("a receipt");
    assert_eq!(ledger.personal(8, "name").await.expect("an answer").as_deref(), Some(NAME));
    let before = ledger.prove_inclusion(8, 301).await.expect("a proof");
    let erased = ledger.erase(8, "name", "asked by the person", "clerk", at(3)).await.expect("an erasure");
    assert_eq!(
        ledger.erase(8, "name", "again", "clerk", at(4)).await.expect("an erasure").entry,
        erased.entry
    );
    assert_eq!(ledger.personal(8, "name").await.expect("an answer"), None);
    assert_eq!(ledger.personal(9, "name").await.expect("an answer").as_deref(), Some("Li"));
    let after = ledger.prove_inclusion(8, 301).await.expect("a proof");
    assert_eq!(after, before);
    assert_eq!(verify_inclusion(8, 301, &after.leaf, &after.proof, &after.root), Ok(()));
    assert!(verify_receipt(&receipt, ledger.key(), None).is_ok());
    // Handed in again, it does not come back.
    let mut appender = begin(&ledger, submission("s-2")).await;
    assert_eq!(appender.push(vec![complaint(7, NAME, 99)]).await.expect("outcomes"), [Outcome::Same(8)]);
    appender.commit().await.expect("a receipt");
    assert_eq!(code(ledger.erase(8, "address", "asked", "clerk", at(5)).await), "ZH4041");
    assert_sound(&ledger).await;
    if !home.url.starts_with("postgres") {
        for file in std::fs::read_dir(home.dir.path()).expect("a folder") {
            let path = file.expect("a file").path();
            let bytes = std::fs::read(&path).expect("bytes");
            let found = bytes.windows(NAME.len()).position(|window| window == NAME.as_bytes());
            assert_eq!(found, None, "{}", path.display());
        }
    }
}

async fn acts_are_kept_in_order(home: Home) {
    let ledger = home.create().await;
    let first = ledger.adopt("aa", None, "office", at(1)).await.expect("an act");
    assert_eq!(ledger.adopt("aa", None, "office", at(2)).await.expect("an act").entry, first.entry);
    ledger.adopt("bb", None, "office", at(3)).await.expect("an act");
    let pins = json!({ "size": 2, "catalog": "bb" });
    ledger.release("cc", pins.clone(), "office", at(4)).await.expect("an act");
    let acts = ledger.acts().await.expect("acts");
    let told: Vec<_> = acts.iter().map(|act| (act.entry, act.kind.as_str(), act.digest.as_str())).collect();
    assert_eq!(told, [(0, "adopt", "aa"), (1, "adopt", "bb"), (2, "release", "cc")]);
    assert_eq!(ledger.entry(2).await.expect("an entry").data["pins"], pins);
    assert_sound(&ledger).await;
}

async fn a_change_without_cause_is_refused(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..1).await;
    assert_eq!(code(ledger.correct(1, draft(0, "fail"), " ", "a", at(1), None).await), "ZH4040");
    assert_eq!(code(ledger.withdraw(1, "", "a", at(1), None).await), "ZH4040");
    assert_eq!(code(ledger.correct(1, draft(0, "pass"), "typo", "a", at(1), None).await), "ZH4036");
    assert_eq!(code(ledger.correct(0, draft(0, "fail"), "typo", "a", at(1), None).await), "ZH4035");
    assert_eq!(code(ledger.correct(9, draft(0, "fail"), "typo", "a", at(1), None).await), "ZH4034");
    assert_eq!(code(ledger.withdraw(9, "typo", "a", at(1), None).await), "ZH4034");
    assert_eq!(ledger.size().await.expect("a size"), 2);
}
