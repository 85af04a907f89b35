//! Reading back: as of a size or a time, proofs, exports, rebuilding.

use std::path::Path;
use std::process::Command;

use futures::TryStreamExt as _;
use zhiheng_record::verify::{Checkpoint, leaf_hash, verify_consistency, verify_inclusion};

use crate::home::{Home, append, assert_sound, at, begin, code, draft, key, on_both, submission};

on_both![
    every_size_can_be_proved,
    time_never_goes_back_and_can_be_looked_up,
    a_rebuild_gives_the_same_bytes,
    an_export_is_verified_by_another_program,
    two_openings_see_the_same,
];

async fn every_size_can_be_proved(home: Home) {
    let ledger = home.create().await;
    let mut checkpoints = vec![ledger.checkpoint().await.expect("a checkpoint")];
    for (n, count) in [1, 254, 255, 256, 300, 600].into_iter().enumerate() {
        let from = n as u64 * 1000;
        let (receipt, _) = append(&ledger, &format!("s-{n}"), from..from + count).await;
        checkpoints.push(receipt.checkpoint);
    }
    let opened: Vec<_> =
        checkpoints.iter().map(|note| Checkpoint::open(note, ledger.key()).expect("a checkpoint")).collect();
    for (n, old) in opened.iter().enumerate() {
        assert_eq!(ledger.root_at(old.size).await.expect("a root"), old.root);
        for new in &opened[n..] {
            let proof = ledger.prove_consistency(old.size, new.size).await.expect("a proof");
            assert_eq!(verify_consistency(old.size, new.size, &proof, &old.root, &new.root), Ok(()));
        }
        for index in [0, 1, 255, 256, 257, 511, 512, 1000, old.size.saturating_sub(1)] {
            if index < old.size {
                let found = ledger.prove_inclusion(index, old.size).await.expect("a proof");
                assert_eq!(found.root, old.root);
                let leaf = leaf_hash(&ledger.leaf(index).await.expect("a leaf"));
                assert_eq!(verify_inclusion(index, old.size, &leaf, &found.proof, &old.root), Ok(()));
            }
        }
    }
    let size = ledger.size().await.expect("a size");
    assert_eq!(code(ledger.root_at(size + 1).await), "ZH4050");
    assert_eq!(code(ledger.root_at(u64::MAX).await), "ZH4050");
    assert_eq!(code(ledger.prove_inclusion(0, size + 1).await), "ZH4050");
    assert_eq!(code(ledger.prove_inclusion(size, size).await), "ZH4034");
    assert_eq!(code(ledger.prove_consistency(size, u64::MAX).await), "ZH4050");
    assert_eq!(code(ledger.prove_consistency(3, 2).await), "ZH4050");
    let all: Vec<_> = ledger.leaves(0..u64::MAX).try_collect().await.expect("leaves");
    assert_eq!(all.iter().map(|(_, leaves)| leaves.len() as u64).sum::<u64>(), size);
    let none: Vec<_> = ledger.leaves(size..u64::MAX).try_collect().await.expect("leaves");
    assert!(none.is_empty());
}

async fn time_never_goes_back_and_can_be_looked_up(home: Home) {
    let ledger = home.create().await;
    for (n, seconds) in [100, 200, 150, 300].into_iter().enumerate() {
        let mut late = submission(&format!("s-{n}"));
        late.at = at(seconds);
        let mut appender = begin(&ledger, late).await;
        let drafts = (0..299).map(|k| draft(n as u64 * 1000 + k, "pass")).collect();
        appender.push(drafts).await.expect("outcomes");
        appender.commit().await.expect("a receipt");
    }
    // The third was handed in with an earlier time than the second: the ledger took it at the second's.
    assert_eq!(ledger.entry(600).await.expect("an entry").at, at(200));
    for (seconds, size) in
        [(0, 0), (99, 0), (100, 300), (199, 300), (200, 900), (299, 900), (300, 1200), (999, 1200)]
    {
        assert_eq!(ledger.size_at(at(seconds)).await.expect("a size"), size, "{seconds}");
    }
    assert_sound(&ledger).await;
}

async fn a_rebuild_gives_the_same_bytes(home: Home) {
    let ledger = home.create().await;
    for n in 0..40_u64 {
        append(&ledger, &format!("s-{n}"), n * 100..n * 100 + 1 + n * 7 % 90).await;
    }
    append(&ledger, "large", 10_000..16_000).await;
    ledger.correct(3, draft(100_000, "pass"), "typo", "a", at(1), None).await.expect("a correction");
    ledger.withdraw(5, "twice", "a", at(1), None).await.expect("a withdrawal");
    ledger.adopt("aa", None, "office", at(1)).await.expect("an act");
    let before = projections(&home).await;
    assert!(before.contains("key_block"));
    for statement in [
        "DELETE FROM key_block WHERE n = 0",
        "UPDATE version SET withdrawn = 0",
        "DELETE FROM tally",
        "UPDATE act SET digest = 'bb'",
        "DELETE FROM source_file",
    ] {
        home.tamper(statement).await;
        let verification = ledger.verify(|_, _| {}).await.expect("a verification");
        assert!(!verification.is_sound(), "{statement}");
        let again = home.open().await;
        again.rebuild(|_, _| {}).await.expect("a rebuild");
        assert_sound(&again).await;
        assert_eq!(projections(&home).await, before, "{statement}");
    }
}

/// All derived rows as text.
async fn projections(home: &Home) -> String {
    use std::fmt::Write as _;

    use sqlx::Row as _;
    let mut text = String::new();
    macro_rules! dump {
        ($kind:ty, $hex:literal) => {{
            let mut connection = <$kind as sqlx::Connection>::connect(&home.url).await.expect("a connection");
            for (table, columns, order) in [
                (
                    "key_run",
                    concat!("low || ':' || high || ':' || pairs || ':' || ", $hex, "(fences)"),
                    "low",
                ),
                ("key_block", concat!("run || ':' || n || ':' || ", $hex, "(bytes)"), "run, n"),
                ("version", "entry || ':' || first || ':' || replaces || ':' || withdrawn", "entry"),
                ("tally", "type || ':' || submissions || ':' || records || ':' || corrections", "type"),
                (
                    "source_file",
                    "entry || ':' || n || ':' || name || ':' || sha256 || ':' || size",
                    "entry, n",
                ),
                ("act", "entry || ':' || kind || ':' || digest", "entry"),
            ] {
                let sql = format!("SELECT {columns} FROM {table} ORDER BY {order}");
                let rows =
                    sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.expect("rows");
                for row in rows {
                    let _ = writeln!(text, "{table} {}", row.get::<String, _>(0));
                }
            }
        }};
    }
    if home.url.starts_with("postgres") {
        dump!(sqlx::PgConnection, "md5");
    } else {
        dump!(sqlx::SqliteConnection, "hex");
    }
    text
}

async fn an_export_is_verified_by_another_program(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..66_000).await;
    append(&ledger, "s-2", 70_000..70_100).await;
    ledger.withdraw(5, "twice", "a", at(1), None).await.expect("a withdrawal");
    // Five times: an event with a submission whose records stand already, an event, and the event of a case it opens.
    crate::case::fill(&ledger).await;
    let dir = home.dir.path().join("export");
    let exported = ledger.export(&dir, |_, _| {}).await.expect("an export");
    assert_eq!((exported.entries, exported.receipts), (66_123, 7));
    assert_eq!(code(ledger.export(&dir, |_, _| {}).await), "ZH4051");
    let receipts = std::fs::read_to_string(dir.join("receipts.jsonl")).expect("receipts");
    let receipt = home.dir.path().join("receipt.json");
    let vkey = key().public().to_string();
    for n in [4, 1] {
        std::fs::write(&receipt, receipts.lines().nth(n).expect("a receipt")).expect("a file");
        let (good, said) =
            python(&[&dir, Path::new("--key"), Path::new(&vkey), Path::new("--receipt"), &receipt]);
        assert!(good, "{said}");
        assert!(said.contains("66123 entries"), "{said}");
    }
    // It is not the program that says yes to everything.
    for (path, place) in [
        ("tile/entries/x000/000", 300),
        ("tile/entries/x000/000", 1),
        ("tile/entries/000", 300),
        ("tile/0/100", 8),
        ("tile/1/000", 8),
        ("tile/1/001.p/2", 8),
        ("checkpoint", 30),
    ] {
        let path = dir.join(path);
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let mut wrong = bytes.clone();
        wrong[place] ^= 4;
        std::fs::write(&path, wrong).expect("a file");
        let (good, said) = python(&[&dir, Path::new("--key"), Path::new(&vkey)]);
        assert!(!good, "{}: {said}", path.display());
        std::fs::write(&path, bytes).expect("a file");
    }
    let other =
        std::fs::read_to_string(&receipt).expect("a receipt").replace("\"count\":101", "\"count\":100");
    std::fs::write(&receipt, other).expect("a file");
    assert!(!python(&[&dir, Path::new("--key"), Path::new(&vkey), Path::new("--receipt"), &receipt]).0);
}

fn python(args: &[&Path]) -> (bool, String) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/verify_ledger.py");
    let done = Command::new("python3").arg(script).args(args).output().expect("python3");
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    (done.status.success(), said)
}

async fn two_openings_see_the_same(home: Home) {
    let first = home.create().await;
    let second = home.open().await;
    for n in 0..6 {
        let (ledger, other) = if n % 2 == 0 { (&first, &second) } else { (&second, &first) };
        append(ledger, &format!("s-{n}"), n * 400..n * 400 + 399).await;
        assert_eq!(other.size().await.expect("a size"), (n + 1) * 400);
        assert_eq!(other.checkpoint().await.expect("a note"), ledger.checkpoint().await.expect("a note"));
        assert_eq!(
            other.entry(n * 400 + 7).await.expect("an entry").data["no"],
            format!("GS-{}", n * 400 + 6)
        );
    }
    assert_sound(&first).await;
}
