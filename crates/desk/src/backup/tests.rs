//! Backups over projects made here: whole, interrupted, spoiled, while others write.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;
use zhiheng_record::project::Settings;
use zhiheng_record::{Access, Ledger, Project};

use super::*;
use crate::trouble::Trouble;

/// A project with an original, a catalog and some entries.
async fn project(dir: &Path) -> (Project, Ledger, Access) {
    let project = Project::create(dir, Settings::new("example.gov.cn/quality")).await.expect("a project");
    let ledger = project.ledger().await.expect("a ledger");
    let access = Access::open(&project.access_database()).await.expect("accounts");
    project.keep_file("results.csv", &b"1,2\n"[..]).expect("an original");
    fs::create_dir_all(dir.join("catalog/own")).expect("a folder");
    fs::write(dir.join("catalog/own/a.toml"), "# nothing\n").expect("a file");
    fs::write(dir.join("lake/derived.parquet"), "derived").expect("a file");
    fs::create_dir_all(dir.join("uploads")).expect("a folder");
    fs::write(dir.join("uploads/half"), "half").expect("a file");
    adopt(&ledger, 1).await;
    (project, ledger, access)
}

/// One more entry.
async fn adopt(ledger: &Ledger, n: u8) {
    let digest = format!("{n:064x}");
    ledger.adopt(&digest, None, "office", at(i64::from(n))).await.expect("an entry");
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_772_300_000 + second).expect("a time")
}

fn quiet() -> Progress {
    Arc::new(|_, _| {})
}

fn codes(trouble: &Trouble) -> Vec<String> {
    match trouble {
        Trouble::Problems(problems) => problems.iter().map(|problem| problem.code.to_string()).collect(),
        other => vec![other.to_string()],
    }
}

#[tokio::test]
async fn what_is_backed_up_is_there_again() {
    let (home, folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let (project, ledger, access) = project(home.path()).await;
    let made =
        make(&project, &ledger, Some(&access), folder.path(), at(10), quiet()).await.expect("a backup");
    assert_eq!((made.name().as_str(), made.manifest.entries), ("20260228T173330Z", 1));
    let paths: Vec<&str> = made.manifest.files.iter().map(|file| file.path.as_str()).collect();
    for path in ["access.sqlite", "catalog/own/a.toml", "keys/ledger.key", "ledger.sqlite", "zhiheng.toml"] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    assert!(!paths.iter().any(|path| path.contains("lake") || path.contains("uploads")), "{paths:?}");
    // what comes later is not in it
    adopt(&ledger, 2).await;
    let checked = check(&made.dir, quiet()).await.expect("sound");
    assert_eq!((checked.entries, checked.files, checked.bytes), (1, paths.len(), made.manifest.bytes()));
    let there = TempDir::new().expect("a folder");
    let restored = restore(&made.dir, &there.path().join("again"), quiet()).await.expect("restored");
    assert_eq!((restored.entries, &restored.root), (1, &checked.root));
    let again = Project::open(&there.path().join("again")).expect("a project");
    let ledger = again.ledger().await.expect("a ledger");
    assert_eq!(ledger.checkpoint().await.expect("a checkpoint"), made.manifest.checkpoint);
    assert_eq!(fs::read(again.dir().join("catalog/own/a.toml")).expect("the file"), b"# nothing\n");
    again.keep_file("new.csv", &b"3,4\n"[..]).expect("originals can be kept");
    // the same key goes on signing
    adopt(&ledger, 3).await;
    assert!(ledger.verify(|_, _| {}).await.expect("verified").is_sound());
}

#[tokio::test]
async fn only_what_is_new_takes_room() {
    use std::os::unix::fs::MetadataExt as _;
    let (home, folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let (project, ledger, access) = project(home.path()).await;
    let mut made = Vec::new();
    for second in [10, 20, 30] {
        let kept = project.keep_file("more.csv", format!("{second}\n").as_bytes()).expect("an original");
        made.push((kept.sha256, second));
        make(&project, &ledger, Some(&access), folder.path(), at(second), quiet()).await.expect("a backup");
    }
    let newest = backups(folder.path()).expect("backups");
    assert_eq!(newest.len(), 3);
    let first = newest[0].dir.join("files").join(&made[0].0);
    assert_eq!(fs::metadata(first).expect("the original").nlink(), 3);
    assert_eq!(prune(folder.path(), 1).expect("pruned"), ["20260228T173340Z", "20260228T173330Z"]);
    assert_eq!(backups(folder.path()).expect("backups").len(), 1);
    check(&newest[0].dir, quiet()).await.expect("sound without the others");
}

#[tokio::test]
async fn what_is_wrong_is_found() {
    let (home, folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let (project, ledger, access) = project(home.path()).await;
    let made =
        make(&project, &ledger, Some(&access), folder.path(), at(10), quiet()).await.expect("a backup");
    let again = make(&project, &ledger, Some(&access), folder.path(), at(10), quiet()).await;
    assert_eq!(codes(&again.expect_err("the same second")), ["ZH7231"]);
    let full = restore(&made.dir, home.path(), quiet()).await;
    assert_eq!(codes(&full.expect_err("a folder in use")), ["ZH7235"]);

    // an original that rotted in the project
    let original = made.manifest.files.iter().find(|file| file.path.starts_with("files/")).expect("one");
    fs::write(home.path().join(&original.path), b"1,3\n").expect("a file");
    let elsewhere = TempDir::new().expect("a folder");
    let rotten = make(&project, &ledger, None, elsewhere.path(), at(20), quiet()).await;
    assert_eq!(codes(&rotten.expect_err("a rotten original")), ["ZH7232"]);
    assert!(backups(elsewhere.path()).expect("none").is_empty());

    // in the backup: one file is another, one is gone
    fs::write(made.dir.join("catalog/own/a.toml"), "# other  \n").expect("a file");
    fs::remove_file(made.dir.join(&original.path)).expect("a file");
    let wrong = check(&made.dir, quiet()).await.expect_err("two files");
    assert_eq!(codes(&wrong), ["ZH7233", "ZH7233"]);
    let there = TempDir::new().expect("a folder");
    let refused = restore(&made.dir, &there.path().join("x"), quiet()).await.expect_err("not whole");
    assert_eq!(codes(&refused), ["ZH7233"]);
    assert!(Project::open(&there.path().join("x")).is_err(), "what is half restored is no project");
}

#[tokio::test]
async fn a_list_does_not_lead_out_of_its_folder() {
    let (home, folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let (project, ledger, access) = project(home.path()).await;
    let made =
        make(&project, &ledger, Some(&access), folder.path(), at(10), quiet()).await.expect("a backup");
    let list = made.dir.join("backup.json");
    let text = fs::read_to_string(&list).expect("the list");
    for path in ["../escape", "/tmp/escape", "a/../../escape", ""] {
        fs::write(&list, text.replace("catalog/own/a.toml", path)).expect("the list");
        let refused = check(&made.dir, quiet()).await.expect_err(path);
        assert_eq!(codes(&refused), ["ZH7230"], "{path}");
    }
    // another ledger under this list
    fs::write(&list, text.replace("\"entries\": 1", "\"entries\": 2")).expect("the list");
    assert_eq!(codes(&check(&made.dir, quiet()).await.expect_err("another")), ["ZH7234"]);
}

#[tokio::test]
async fn an_interrupted_backup_is_none() {
    let (home, folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let (project, ledger, access) = project(home.path()).await;
    let half = folder.path().join("20260228T100000Z.part");
    fs::create_dir_all(&half).expect("a folder");
    fs::write(half.join("ledger.sqlite"), "half").expect("a file");
    fs::create_dir_all(folder.path().join("notes.part")).expect("somebody's own");
    assert!(backups(folder.path()).expect("none").is_empty());
    make(&project, &ledger, Some(&access), folder.path(), at(10), quiet()).await.expect("a backup");
    assert!(!half.exists() && folder.path().join("notes.part").exists());
}

#[tokio::test]
async fn writing_goes_on_during_a_backup() {
    let (home, folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let (project, ledger, access) = project(home.path()).await;
    let writer = async {
        for n in 2..40 {
            adopt(&ledger, n).await;
        }
    };
    let backup = make(&project, &ledger, Some(&access), folder.path(), at(99), quiet());
    let ((), made) = tokio::join!(writer, backup);
    let made = made.expect("a backup");
    let checked = check(&made.dir, quiet()).await.expect("sound");
    assert!((1..=39).contains(&checked.entries), "{}", checked.entries);
}
