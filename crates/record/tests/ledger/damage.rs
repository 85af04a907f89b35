//! What was changed behind the ledger's back: found, named, and not served.

use futures::TryStreamExt as _;
use zhiheng_record::{Ledger, LedgerKey};

use crate::home::{Home, append, assert_sound, at, begin, code, complaint, draft, key, on_both, submission};

on_both![
    a_missing_part_raises_an_alarm,
    a_changed_row_is_named,
    another_ledger_is_refused,
    an_older_copy_is_seen,
];

async fn a_missing_part_raises_an_alarm(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..1000).await;
    ledger.close().await;
    home.tamper("DELETE FROM bundle WHERE n = 1").await;
    let ledger = home.open().await;
    assert_eq!(ledger.alarm().expect("an alarm").code, "ZH4101");
    assert_eq!(code(ledger.begin(submission("s-2")).await), "ZH4021");
    assert_eq!(code(ledger.withdraw(1, "x", "a", at(1), None).await), "ZH4021");
    // What can be checked is served, what is missing is named.
    assert_eq!(code(ledger.entry(300).await), "ZH4101");
    let verification = ledger.verify(|_, _| {}).await.expect("a verification");
    assert_eq!(verification.problems[0].code, "ZH4101");
    assert_eq!(verification.problems[0].args["entry"], "256");
    assert_eq!(ledger.alarm().expect("an alarm").code, "ZH4101");
}

async fn a_changed_row_is_named(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..1500).await;
    append(&ledger, "s-2", 2000..2100).await;
    let mut appender = begin(&ledger, submission("s-3")).await;
    appender.push(vec![complaint(5000, "Li", 1)]).await.expect("outcomes");
    appender.commit().await.expect("a receipt");
    ledger.correct(3, draft(2, "fail"), "typo", "a", at(1), None).await.expect("a correction");
    ledger.erase(1603, "name", "asked", "a", at(1)).await.expect("an erasure");
    ledger.close().await;
    let swap = "UPDATE bundle SET n = -1 WHERE n = 1; UPDATE bundle SET n = 1 WHERE n = 2; \
                UPDATE bundle SET n = 2 WHERE n = -1";
    let cases: &[(&str, &str, &str)] = &[
        (swap, swap, "ZH4103"),
        (
            "UPDATE bundle SET entries = 255 WHERE n = 2",
            "UPDATE bundle SET entries = 256 WHERE n = 2",
            "ZH4102",
        ),
        ("UPDATE tile SET n = 9", "UPDATE tile SET n = 0", "ZH4103 ZH4104"),
        ("UPDATE tile SET width = 5", "UPDATE tile SET width = 6", "ZH4104"),
        ("UPDATE head SET at = at + 1", "UPDATE head SET at = at - 1", "ZH4107"),
        ("UPDATE head SET size = size - 1", "UPDATE head SET size = size + 1", "ZH4102 ZH4107"),
        (
            "UPDATE head SET checkpoint = replace(checkpoint, '\u{2014}', '-')",
            "UPDATE head SET checkpoint = replace(checkpoint, '- ', '\u{2014} ')",
            "ZH4106",
        ),
        (
            "UPDATE submission SET body = 'x' || body",
            "UPDATE submission SET body = substr(body, 2)",
            "ZH4109",
        ),
        (
            "UPDATE submission SET receipt = replace(receipt, '\"unchanged\":0', '\"unchanged\":1')",
            "UPDATE submission SET receipt = replace(receipt, '\"unchanged\":1', '\"unchanged\":0')",
            "ZH4109",
        ),
        (
            "UPDATE submission SET first = first + 9000",
            "UPDATE submission SET first = first - 9000",
            "ZH4109",
        ),
        ("UPDATE key_run SET pairs = pairs + 1", "UPDATE key_run SET pairs = pairs - 1", "ZH4108"),
        ("UPDATE key_run SET high = high + 1", "UPDATE key_run SET high = high - 1", "ZH4108"),
        ("UPDATE key_block SET n = n + 5", "UPDATE key_block SET n = n - 5", "ZH4108"),
        ("UPDATE version SET first = 4", "UPDATE version SET first = 3", "ZH4110"),
        ("UPDATE tally SET records = records + 1", "UPDATE tally SET records = records - 1", "ZH4111"),
        ("UPDATE personal SET field = 'nome'", "UPDATE personal SET field = 'name'", "ZH4112"),
        ("UPDATE erasure SET act = 2", "UPDATE erasure SET act = 1605", "ZH4112"),
        ("UPDATE personal SET value = 'Wang'", "UPDATE personal SET value = '  '", "ZH4112"),
        ("UPDATE source_file SET name = 'x'", "UPDATE source_file SET name = 'results.csv'", "ZH4116"),
    ];
    for (change, back, expected) in cases {
        assert!(home.tamper(change).await > 0, "{change}");
        let ledger = home.open().await;
        let verification = ledger.verify(|_, _| {}).await.expect("a verification");
        let found = verification.problems.first().map(|problem| problem.code.to_string()).unwrap_or_default();
        assert!(!found.is_empty() && expected.contains(&found), "{change}: {:?}", verification.problems);
        assert!(ledger.alarm().is_some(), "{change}");
        assert_eq!(code(ledger.begin(submission("s-9")).await), "ZH4021", "{change}");
        ledger.close().await;
        home.tamper(back).await;
    }
    assert_sound(&home.open().await).await;
    // Entries of swapped bundles are not served.
    home.tamper(swap).await;
    let ledger = home.open().await;
    assert_eq!(code(ledger.entry(256).await), "ZH4103");
    assert_eq!(code(ledger.leaves(0..2000).try_collect::<Vec<_>>().await), "ZH4103");
    assert_eq!(code(ledger.prove_inclusion(600, 1000).await), "ZH4103");
}

async fn another_ledger_is_refused(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..1).await;
    ledger.close().await;
    let other = LedgerKey::from_seed("other.example/quality", &[1; 32]).expect("a key");
    assert_eq!(code(Ledger::open(&home.url, other).await), "ZH4006");
    // The same name with another key: nothing can be checked, so nothing is served or written.
    let stranger = LedgerKey::from_seed(key().origin(), &[1; 32]).expect("a key");
    let opened = Ledger::open(&home.url, stranger).await.expect("a ledger");
    assert_eq!(opened.alarm().expect("an alarm").code, "ZH4106");
    assert_eq!(code(opened.entry(0).await), "ZH4106");
    assert_eq!(code(opened.begin(submission("s-2")).await), "ZH4021");
    home.tamper(
        "UPDATE ledger_schema SET version = 99 WHERE version = (SELECT max(version) FROM ledger_schema)",
    )
    .await;
    assert_eq!(code(Ledger::open(&home.url, key()).await), "ZH4007");
}

async fn an_older_copy_is_seen(home: Home) {
    if home.url.starts_with("postgres") {
        return;
    }
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..10).await;
    ledger.close().await;
    let path = std::path::Path::new(&home.url);
    let copy = std::fs::read(path).expect("a file");
    let ledger = home.open().await;
    append(&ledger, "s-2", 20..30).await;
    // The old file's content returns under a ledger that knows better.
    let old = home.dir.path().join("old.sqlite");
    std::fs::write(&old, copy).expect("a file");
    home.tamper(&format!(
        "ATTACH '{}' AS old; DELETE FROM head; INSERT INTO head SELECT * FROM old.head",
        old.display()
    ))
    .await;
    assert_eq!(code(ledger.size().await), "ZH4022");
    assert_eq!(code(ledger.begin(submission("s-3")).await), "ZH4021");
}
