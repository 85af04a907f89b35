//! The child process: this test program started again, writing until it is killed.
//!
//! It notes each attempt before it begins, and each acknowledgement, with fsync, after it came.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use zhiheng_base::draft::{Draft, PersonalValue};
use zhiheng_record::project::Settings;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{
    Begun, Ledger, LedgerError, Project, Provenance, Receipt, Salts, SourceFile, Submission,
};

use crate::key;

/// Variables that tell the child what to do.
const FOLDER: &str = "ZHIHENG_CRASH_FOLDER";
const TASK: &str = "ZHIHENG_CRASH_TASK";

/// Name of the test that is the child.
const CHILD: &str = "load::child";

/// The command that starts the child with `task`; `before` are a program and arguments to run it under.
pub(crate) fn command(folder: &Path, task: &str, before: &[&str]) -> Command {
    let program = std::env::current_exe().expect("this program");
    let mut command = match before {
        [] => Command::new(&program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(&program);
            command
        }
    };
    command.args([CHILD, "--exact", "--nocapture"]).env(FOLDER, folder).env(TASK, task);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let (Ok(folder), Ok(task)) = (std::env::var(FOLDER), std::env::var(TASK)) else { return };
    let folder = PathBuf::from(folder);
    if let Some((run, url)) = task.strip_prefix("cases ").and_then(|rest| rest.split_once(' ')) {
        return crate::cases::decide(&folder, run, url).await;
    }
    match task.strip_prefix("load ") {
        Some(run) => load(&folder, run).await,
        None => day(&folder).await.expect("a day"),
    }
}

pub(crate) fn database(folder: &Path) -> String {
    folder.join("ledger.sqlite").display().to_string()
}

/// Records of submission number `n`.
pub(crate) fn records(n: u64) -> u64 {
    1 + n * n % 700
}

pub(crate) fn submission(id: &str, files: Vec<SourceFile>) -> Submission {
    Submission {
        id: id.to_owned(),
        by: "child".to_owned(),
        at: Timestamp::UNIX_EPOCH,
        of: "sampling.result".to_owned(),
        provenance: Provenance::Synthetic,
        basis: None,
        catalog: String::new(),
        files,
        body: to_hex(&sha256(id.as_bytes())),
        key: vec!["no".to_owned()],
    }
}

pub(crate) fn draft(no: &str, result: &str) -> Draft {
    salted(no, result, [7; 32])
}

fn salted(no: &str, result: &str, salt: [u8; 32]) -> Draft {
    let value = format!("person of {no}");
    let commitment = to_hex(&sha256(&[&salt[..], value.as_bytes()].concat()));
    Draft {
        key: [0; 32],
        data: format!(r#"{{"no":"{no}","result":"{result}","who":"sha256:{commitment}"}}"#).into_bytes(),
        personal: vec![PersonalValue { field: "who".to_owned(), salt, value }],
        place: None,
    }
}

pub(crate) async fn append(ledger: &Ledger, id: &str, count: u64) -> Result<Receipt, LedgerError> {
    match ledger.begin(submission(id, Vec::new())).await? {
        Begun::Repeated(receipt) => Ok(receipt),
        Begun::Fresh(mut appender) => {
            appender.push((0..count).map(|k| draft(&format!("{id}.{k}"), "pass")).collect()).await?;
            appender.commit().await
        }
    }
}

/// The same with the persons in packs of 128 records.
pub(crate) async fn append_packed(ledger: &Ledger, id: &str, count: u64) -> Result<Receipt, LedgerError> {
    match ledger.begin(submission(id, Vec::new())).await? {
        Begun::Repeated(receipt) => Ok(receipt),
        Begun::Fresh(mut appender) => {
            for first in (0..count).step_by(128) {
                let mut salts = Salts::fresh()?;
                let no = |k: u64| format!("{id}.{k}");
                let last = count.min(first + 128);
                let drafts = (first..last).map(|k| salted(&no(k), "pass", salts.take())).collect();
                appender.push_packed(drafts, salts).await?;
            }
            appender.commit().await
        }
    }
}

/// Appends for ever, in two tasks.
async fn load(folder: &Path, run: &str) {
    let url = database(folder);
    let ledger = match Ledger::open(&url, key()).await {
        Ok(ledger) => ledger,
        Err(_) => Ledger::create(&url, key()).await.expect("a ledger"),
    };
    let notes = Arc::new(Mutex::new(note_file(folder)));
    let tasks: Vec<_> = (0..2)
        .map(|task| {
            let (ledger, notes, run) = (ledger.clone(), Arc::clone(&notes), run.to_owned());
            tokio::spawn(async move {
                for n in 0.. {
                    let id = format!("{run}-{task}-{n}");
                    note(&notes, &format!("try {id} {}", records(n)), false);
                    let receipt = if n % 2 == 0 {
                        append(&ledger, &id, records(n)).await
                    } else {
                        append_packed(&ledger, &id, records(n)).await
                    };
                    let receipt = receipt.expect("a receipt");
                    let text = serde_json::to_string(&receipt).expect("JSON");
                    note(&notes, &format!("taken {text}"), true);
                    if n % 5 == 4 {
                        let entry = receipt.first + 1;
                        let done = ledger.withdraw(entry, "test", "child", Timestamp::UNIX_EPOCH, None).await;
                        note(&notes, &format!("withdrawn {}", done.expect("a withdrawal").entry), true);
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a task");
    }
}

fn note_file(folder: &Path) -> File {
    OpenOptions::new().create(true).append(true).open(folder.join("notes")).expect("a file")
}

fn note(notes: &Mutex<File>, line: &str, sync: bool) {
    let mut file = notes.lock().expect("a lock");
    file.write_all(format!("{line}\n").as_bytes()).expect("a line");
    if sync {
        file.sync_all().expect("fsync");
    }
}

/// Entries that [`day`] leaves, however often it is interrupted.
pub(crate) const DAY_ENTRIES: u64 = 3 * 301 + 701 + 5;

/// A scripted day in a project: each step can be repeated, and counts once.
pub(crate) async fn day(folder: &Path) -> Result<(), LedgerError> {
    let notes = Mutex::new(note_file(folder));
    let home = folder.join("project");
    let project = match Project::open(&home) {
        Ok(project) => project,
        Err(_) => Project::create(&home, Settings::new("crash.example/day")).await?,
    };
    let ledger = project.ledger().await?;
    let at = Timestamp::UNIX_EPOCH;
    ledger.adopt("aa", None, "office", at).await?;
    for n in 0..3 {
        let id = format!("s-{n}");
        let kept = project.keep_file("in.csv", id.as_bytes())?;
        if let Begun::Fresh(mut appender) = ledger.begin(submission(&id, vec![kept])).await? {
            appender.push((0..300).map(|k| draft(&format!("{id}.{k}"), "pass")).collect()).await?;
            let receipt = appender.commit().await?;
            note(&notes, &format!("taken {}", serde_json::to_string(&receipt).expect("JSON")), true);
        }
    }
    match ledger.correct(5, draft("s-0.3", "fail"), "typo", "child", at, None).await {
        Err(LedgerError::Refused(refused)) if refused.code == "ZH4036" => {}
        other => drop(other?),
    }
    ledger.withdraw(400, "twice", "child", at, None).await?;
    ledger.erase(7, "who", "asked", "child", at).await?;
    let receipt = append(&ledger, "large", 700).await?;
    note(&notes, &format!("taken {}", serde_json::to_string(&receipt).expect("JSON")), true);
    ledger.release("bb", serde_json::json!({}), "office", at).await?;
    ledger.close().await;
    Ok(())
}
