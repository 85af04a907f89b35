//! Salted values in packs: the same values, proofs and erasures as in rows.

use zhiheng_base::draft::Draft;
use zhiheng_record::verify::verify_receipt;
use zhiheng_record::{Ledger, Outcome, Receipt, Salts};

use crate::home::{Home, append, assert_sound, at, begin, code, complaint, on_both, salted, submission};

on_both![
    packed_values_are_those_of_rows,
    erasing_takes_a_pack_apart,
    twins_in_one_pack_are_seen,
    salts_of_another_seed_are_refused,
    a_changed_pack_is_damage,
    a_ledger_without_packs_gets_them,
];

fn name(n: u64) -> String {
    format!("Zhang-{n}-of-the-pack")
}

/// Hands in complaints `0..count` in packs of `size`.
async fn packed(ledger: &Ledger, id: &str, count: u64, size: u64) -> Receipt {
    let mut appender = begin(ledger, submission(id)).await;
    for first in (0..count).step_by(size as usize) {
        let mut salts = Salts::fresh().expect("random bytes");
        let range = first..count.min(first + size);
        let drafts: Vec<Draft> = range.map(|n| salted(n, &name(n), salts.take())).collect();
        let outcomes = appender.push_packed(drafts, salts).await.expect("outcomes");
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::New(_))));
    }
    appender.commit().await.expect("a receipt")
}

async fn packed_values_are_those_of_rows(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-0", 5000..5010).await;
    let receipt = packed(&ledger, "s-1", 700, 300).await;
    assert_eq!(home.count("personal_pack").await, 3);
    assert_eq!(home.count("personal").await, 0);
    let first = receipt.first + 1;
    for n in [0, 1, 299, 300, 650, 699] {
        let value = ledger.personal(first + n, "name").await.expect("an answer");
        assert_eq!(value, Some(name(n)), "{n}");
        assert_eq!(ledger.personal(first + n, "address").await.expect("an answer"), None);
    }
    assert_eq!(ledger.personal(3, "name").await.expect("an answer"), None);
    let whole = ledger.whole("sampling.result", first + 250..first + 350).await.expect("records");
    let told: Vec<_> = whole.into_iter().map(|whole| (whole.entry, whole.personal)).collect();
    let wanted: Vec<_> = (250..350).map(|n| (first + n, vec![("name".to_owned(), Some(name(n)))])).collect();
    assert_eq!(told, wanted);
    // Corrections, withdrawals and what is handed in again treat them as any other.
    let mut appender = begin(&ledger, submission("s-2")).await;
    let again = vec![complaint(5, &name(5), 3), complaint(6, "Li", 4), complaint(900, "Li", 5)];
    let outcomes = appender.push(again).await.expect("outcomes");
    let fresh = appender.first() + 1;
    assert_eq!(outcomes, [Outcome::Same(first + 5), Outcome::Different(first + 6), Outcome::New(fresh)]);
    appender.commit().await.expect("a receipt");
    let corrected = ledger.correct(first + 6, complaint(6, "Li", 7), "typo", "a", at(2), None).await;
    let corrected = corrected.expect("a correction").entry;
    assert_eq!(ledger.personal(corrected, "name").await.expect("an answer").as_deref(), Some("Li"));
    assert_eq!(ledger.personal(first + 6, "name").await.expect("an answer"), Some(name(6)));
    assert!(verify_receipt(&receipt, ledger.key(), None).is_ok());
    assert_sound(&ledger).await;
    ledger.rebuild(|_, _| {}).await.expect("a rebuild");
    assert_sound(&ledger).await;
}

async fn erasing_takes_a_pack_apart(home: Home) {
    let ledger = home.create().await;
    let receipt = packed(&ledger, "s-1", 400, 200).await;
    let entry = receipt.first + 1 + 250;
    let packs = home.packs().await;
    let before = ledger.prove_inclusion(entry, 401).await.expect("a proof");
    let erased =
        ledger.erase(entry, "name", "asked by the person", "clerk", at(3)).await.expect("an erasure");
    let again = ledger.erase(entry, "name", "again", "clerk", at(4)).await.expect("an erasure");
    assert_eq!((again.entry, again.repeated), (erased.entry, true));
    assert_eq!(ledger.personal(entry, "name").await.expect("an answer"), None);
    assert_eq!(ledger.personal(entry + 1, "name").await.expect("an answer"), Some(name(251)));
    assert_eq!(ledger.personal(receipt.first + 1, "name").await.expect("an answer"), Some(name(0)));
    assert_eq!((home.count("personal_pack").await, home.count("personal").await), (1, 200));
    assert_eq!(ledger.prove_inclusion(entry, 401).await.expect("a proof"), before);
    // A second one of the same pack.
    ledger.erase(entry + 9, "name", "asked", "clerk", at(5)).await.expect("an erasure");
    let whole = ledger.whole("sampling.result", entry - 60..entry + 10).await.expect("records");
    let gone: Vec<u64> =
        whole.iter().filter(|whole| whole.personal[0].1.is_none()).map(|whole| whole.entry).collect();
    assert_eq!((whole.len(), gone), (70, vec![entry, entry + 9]));
    // Handed in again, it does not come back.
    let mut appender = begin(&ledger, submission("s-2")).await;
    let outcomes = appender.push(vec![complaint(250, &name(250), 99)]).await.expect("outcomes");
    assert_eq!(outcomes, [Outcome::Same(entry)]);
    appender.rollback();
    assert_sound(&ledger).await;
    ledger.rebuild(|_, _| {}).await.expect("a rebuild");
    assert_sound(&ledger).await;
    if !home.url.starts_with("postgres") {
        // Neither the erased text nor a piece of the pack, whose seed tells its salt, is left in any file.
        let gone = &packs[1];
        let pieces: Vec<&[u8]> = gone.windows(24).step_by(7).collect();
        let erased = name(250);
        let files = std::fs::read_dir(home.dir.path()).expect("a folder");
        let mut left = 0;
        for file in files {
            let bytes = std::fs::read(file.expect("a file").path()).expect("bytes");
            assert!(!bytes.windows(erased.len()).any(|window| window == erased.as_bytes()));
            let windows: std::collections::BTreeSet<&[u8]> = bytes.windows(24).collect();
            assert!(pieces.iter().all(|piece| !windows.contains(piece)));
            left += usize::from(windows.contains(&packs[0][..24]));
        }
        assert_eq!(left, 1, "the other pack is still there, so looking finds what there is");
    }
}

async fn twins_in_one_pack_are_seen(home: Home) {
    let ledger = home.create().await;
    let mut appender = begin(&ledger, submission("s-1")).await;
    let mut salts = Salts::fresh().expect("random bytes");
    let rows = [(1, "Li"), (2, "Zhao"), (1, "Li"), (1, "Wang"), (3, "Qian"), (2, "Zhao")];
    let drafts = rows.map(|(n, name)| salted(n, name, salts.take())).to_vec();
    let outcomes = appender.push_packed(drafts, salts).await.expect("outcomes");
    let wanted = [
        Outcome::New(1),
        Outcome::New(2),
        Outcome::Same(1),
        Outcome::Different(1),
        Outcome::New(3),
        Outcome::Same(2),
    ];
    assert_eq!(outcomes, wanted);
    appender.commit().await.expect("a receipt");
    for (entry, name) in [(1, "Li"), (2, "Zhao"), (3, "Qian")] {
        assert_eq!(ledger.personal(entry, "name").await.expect("an answer").as_deref(), Some(name));
    }
    // The pack was needed as rows, so no seed of these salts is kept.
    assert_eq!((home.count("personal_pack").await, home.count("personal").await), (0, 3));
    assert_sound(&ledger).await;
}

async fn salts_of_another_seed_are_refused(home: Home) {
    let ledger = home.create().await;
    let mut appender = begin(&ledger, submission("s-1")).await;
    let salts = Salts::fresh().expect("random bytes");
    assert_eq!(code(appender.push_packed(vec![complaint(1, "Li", 1)], salts).await), "ZH4039");
    drop(appender);
    // Out of their order they are others, too.
    let mut appender = begin(&ledger, submission("s-1")).await;
    let mut salts = Salts::fresh().expect("random bytes");
    let (first, second) = (salts.take(), salts.take());
    let drafts = vec![salted(1, "Li", second), salted(2, "Wang", first)];
    assert_eq!(code(appender.push_packed(drafts, salts).await), "ZH4039");
    drop(appender);
    assert_eq!(ledger.size().await.expect("a size"), 0);
}

async fn a_changed_pack_is_damage(home: Home) {
    let ledger = home.create().await;
    packed(&ledger, "s-1", 600, 300).await;
    ledger.close().await;
    let cases = [
        (
            "UPDATE personal_pack SET high = high - 1 WHERE low = 1",
            "UPDATE personal_pack SET high = high + 1 WHERE low = 1",
        ),
        ("UPDATE personal_pack SET low = 2 WHERE low = 1", "UPDATE personal_pack SET low = 1 WHERE low = 2"),
        (
            "UPDATE personal_pack SET low = 9999 WHERE low = 1",
            "UPDATE personal_pack SET low = 1 WHERE low = 9999",
        ),
        (
            "UPDATE personal_pack SET high = 9999 WHERE low = 301",
            "UPDATE personal_pack SET high = 601 WHERE low = 301",
        ),
        (
            "INSERT INTO personal_pack SELECT 0, 601, bytes FROM personal_pack WHERE low = 1",
            "DELETE FROM personal_pack WHERE low = 0",
        ),
        // a pack that still holds what was erased
        (
            "INSERT INTO erasure (act, entry, field) VALUES (600, 5, 'name')",
            "DELETE FROM erasure WHERE act = 600",
        ),
    ];
    for (change, back) in cases {
        assert_eq!(home.tamper(change).await, 1, "{change}");
        let ledger = home.open().await;
        let verification = ledger.verify(|_, _| {}).await.expect("a verification");
        let codes: Vec<_> = verification.problems.iter().map(|problem| problem.code.as_ref()).collect();
        assert!(!codes.is_empty() && codes.iter().all(|code| *code == "ZH4112"), "{change}: {codes:?}");
        ledger.close().await;
        home.tamper(back).await;
    }
    assert_sound(&home.open().await).await;
}

async fn a_ledger_without_packs_gets_them(home: Home) {
    let ledger = home.create().await;
    let mut appender = begin(&ledger, submission("s-1")).await;
    appender.push((0..300).map(|n| complaint(n, "Li", n as u8)).collect()).await.expect("outcomes");
    appender.commit().await.expect("a receipt");
    ledger.close().await;
    home.tamper("DROP TABLE personal_pack").await;
    home.tamper("DELETE FROM ledger_schema WHERE version = 4").await;
    let ledger = home.open().await;
    let mut appender = begin(&ledger, submission("s-2")).await;
    let mut salts = Salts::fresh().expect("random bytes");
    let drafts = (300..400).map(|n| salted(n, &name(n), salts.take())).collect();
    appender.push_packed(drafts, salts).await.expect("outcomes");
    let first = appender.commit().await.expect("a receipt").first;
    assert_eq!(ledger.personal(1, "name").await.expect("an answer").as_deref(), Some("Li"));
    assert_eq!(ledger.personal(first + 1, "name").await.expect("an answer"), Some(name(300)));
    assert_sound(&ledger).await;
}
