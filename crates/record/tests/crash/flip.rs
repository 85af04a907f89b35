//! Single flipped bits in the database file: every one that changes anything is found, and nothing changed is
//! served.

use std::collections::BTreeMap;
use std::path::Path;

use futures::TryStreamExt as _;
use jiff::Timestamp;
use rand::{Rng as _, SeedableRng as _};
use sqlx::{AssertSqlSafe, Connection as _};
use zhiheng_record::Ledger;

use crate::load::{append, append_packed, draft};
use crate::{count, key};

/// All tables and their columns.
const TABLES: &[(&str, &[&str])] = &[
    ("ledger_schema", &["version"]),
    ("head", &["one", "size", "at", "checkpoint"]),
    ("bundle", &["n", "entries", "bytes"]),
    ("tile", &["level", "n", "width", "bytes"]),
    ("submission", &["first", "id", "body", "receipt", "seal"]),
    ("personal", &["entry", "field", "salt", "value"]),
    ("personal_pack", &["low", "high", "bytes"]),
    ("key_run", &["low", "high", "pairs", "fences"]),
    ("key_block", &["run", "n", "bytes"]),
    ("version", &["entry", "first", "replaces", "withdrawn"]),
    ("tally", &["type", "submissions", "records", "corrections", "withdrawals"]),
    ("source_file", &["entry", "n", "name", "sha256", "size"]),
    ("act", &["entry", "kind", "digest"]),
    ("erasure", &["act", "entry", "field"]),
    (
        "case_head",
        &[
            "case_no",
            "procedure",
            "state",
            "parent",
            "first",
            "last",
            "events",
            "region",
            "opened_at",
            "changed_at",
            "stem",
            "number",
        ],
    ),
    ("case_event", &["entry", "case_no"]),
    ("case_act", &["id", "entry", "body"]),
    ("letter", &["series", "number", "entry", "n", "template"]),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_flipped_bit_is_found() {
    let flips = count("ZHIHENG_FLIPS", 150);
    let dir = tempfile::tempdir().expect("a folder");
    let good = dir.path().join("good.sqlite");
    let leaves = fill(&good).await;
    let bytes = std::fs::read(&good).expect("a file");
    let dump = dump(&good).await.expect("rows");
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(4_103);
    let (mut found, mut dead) = (0, 0);
    let mut codes: BTreeMap<String, u64> = BTreeMap::new();
    while found < flips {
        let place = random.random_range(0..bytes.len() * 8);
        let folder = tempfile::tempdir_in(dir.path()).expect("a folder");
        let path = folder.path().join("ledger.sqlite");
        let mut flipped = bytes.clone();
        flipped[place / 8] ^= 1 << (place % 8);
        std::fs::write(&path, flipped).expect("a file");
        if let Some(code) = inspect(&path, &leaves, place).await {
            found += 1;
            *codes.entry(code).or_default() += 1;
            continue;
        }
        // Not found: then it must have hit bytes that hold nothing.
        let now = self::dump(&path).await.expect("rows");
        let changed = now.iter().zip(&dump).find(|(now, before)| now != before);
        let changed = changed.map(|(now, _)| now.chars().take(60).collect::<String>());
        assert_eq!((now.len(), changed), (dump.len(), None), "bit {place} was not found");
        dead += 1;
    }
    #[expect(clippy::print_stderr, reason = "the numbers are the result")]
    {
        eprintln!("{found} flips found, {dead} in bytes that hold nothing; found as {codes:?}");
    }
}

/// What a ledger with a flipped bit is told to be; `None` if nothing was noticed. A leaf that is served must be
/// the right one.
async fn inspect(path: &Path, leaves: &[Vec<u8>], place: usize) -> Option<String> {
    let ledger = match Ledger::open(&path.display().to_string(), key()).await {
        Ok(ledger) => ledger,
        Err(error) => {
            return Some(error.diagnostic().map_or("database".to_owned(), |each| each.code.into_owned()));
        }
    };
    let mut served = std::pin::pin!(ledger.leaves(0..u64::MAX));
    while let Ok(Some((first, read))) = served.try_next().await {
        for (index, leaf) in (first as usize..).zip(read) {
            assert_eq!(leaves.get(index), Some(&leaf), "bit {place}: entry {index} served changed");
        }
    }
    for entry in [2, 305, 2400] {
        if let Ok(Some(value)) = ledger.personal(entry, "who").await {
            assert!(value.starts_with("person of "), "bit {place}: {value}");
        }
    }
    let alarm = ledger.alarm();
    let verification = ledger.verify(|_, _| {}).await;
    ledger.close().await;
    let problem = match verification {
        Ok(verification) => verification.problems.into_iter().next(),
        Err(error) => return Some(error.to_string()),
    };
    assert!(alarm.is_none() || problem.is_some(), "bit {place}: an alarm that verification does not see");
    problem.map(|problem| problem.code.into_owned())
}

/// A ledger with something in every table; its leaves.
async fn fill(path: &Path) -> Vec<Vec<u8>> {
    let at = Timestamp::UNIX_EPOCH;
    let ledger = Ledger::create(&path.display().to_string(), key()).await.expect("a ledger");
    for (n, records) in [300, 1, 500, 2, 1400].into_iter().enumerate() {
        append(&ledger, &format!("s-{n}"), records).await.expect("a receipt");
    }
    append_packed(&ledger, "packed", 400).await.expect("a receipt");
    let apart = append_packed(&ledger, "apart", 200).await.expect("a receipt");
    ledger.erase(apart.first + 150, "who", "asked", "a", at).await.expect("an erasure");
    ledger.correct(3, draft("moved", "fail"), "typo", "a", at, None).await.expect("a correction");
    ledger.withdraw(9, "twice", "a", at, None).await.expect("a withdrawal");
    ledger.erase(11, "who", "asked", "a", at).await.expect("an erasure");
    ledger.adopt("aa", None, "office", at).await.expect("an act");
    for n in 0..300 {
        let event = crate::cases::act(&format!("act {n}"), &format!("F-{n}"), None);
        ledger.step(event).await.expect("a step");
    }
    let all: Vec<_> = ledger.leaves(0..u64::MAX).try_collect().await.expect("leaves");
    assert!(ledger.verify(|_, _| {}).await.expect("a verification").is_sound());
    ledger.close().await;
    all.into_iter().flat_map(|(_, leaves)| leaves).collect()
}

/// Every row of every table.
async fn dump(path: &Path) -> Result<Vec<String>, sqlx::Error> {
    let mut connection = sqlx::SqliteConnection::connect(&path.display().to_string()).await?;
    let mut rows = Vec::new();
    for (table, columns) in TABLES {
        let columns: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let sql = format!("SELECT {} FROM {table} ORDER BY 1", columns.join(" || '|' || "));
        let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut connection).await?;
        rows.extend(found.into_iter().map(|row| format!("{table} {row}")));
    }
    Ok(rows)
}
