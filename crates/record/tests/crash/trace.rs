//! A kill at chosen system calls: at the Nth write, fsync, rename or truncation of a scripted day.

use std::process::Command;

use zhiheng_record::Project;

use crate::count;
use crate::kill::read_notes;
use crate::load::{DAY_ENTRIES, command, day};

/// Each call is counted by itself, in each thread.
const CALLS: [&str; 6] = ["write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate"];

/// Until when the calls are counted; beyond it, a run that ended by itself ends the series sooner.
const MOST: u64 = 20_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_system_call_leaves_a_sound_ledger() {
    if !Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
    {
        assert!(std::env::var_os("CI").is_none(), "strace does not run");
        #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
        {
            eprintln!("did not run: a_kill_at_any_system_call_leaves_a_sound_ledger (strace does not run)");
        }
        return;
    }
    // 10 is every tenth call; 0 is the short run: a few places in each series.
    let step = count("ZHIHENG_TRACE_STEP", 0);
    let mut killed = 0;
    for call in CALLS {
        let mut at = 1;
        while at < MOST {
            if !one(call, at).await {
                break;
            }
            killed += 1;
            at = if step == 0 { at * 6 } else { at + step };
        }
    }
    assert!(killed >= 6, "{killed}");
    #[expect(clippy::print_stderr, reason = "the number is the result")]
    {
        eprintln!("killed at {killed} system calls");
    }
}

/// Runs the day with a kill at the `at`th `call`; false if it was not reached.
async fn one(call: &str, at: u64) -> bool {
    let dir = tempfile::tempdir().expect("a folder");
    let inject = format!("inject={call}:signal=KILL:when={at}");
    // -q keeps strace quiet; what it prints goes nowhere.
    let before = ["strace", "-f", "-q", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject];
    let status = command(dir.path(), "day", &before).status().expect("strace");
    let home = dir.path().join("project");
    if let Ok(project) = Project::open(&home) {
        let ledger = project.ledger().await.expect("a ledger");
        assert_eq!(ledger.alarm(), None, "{call} {at}");
        let verification = ledger.verify(|_, _| {}).await.expect("a verification");
        assert_eq!(verification.problems, [], "{call} {at}");
        for mut receipt in read_notes(dir.path()).taken {
            receipt.repeated = false;
            let kept = ledger.receipt(&receipt.submission).await.expect("an answer");
            assert_eq!(kept, Some(receipt), "{call} {at}");
        }
        ledger.close().await;
    }
    // The same day once more completes what is missing and repeats nothing.
    day(dir.path()).await.unwrap_or_else(|error| panic!("{call} {at}: {error}"));
    let ledger = Project::open(&home).expect("a project").ledger().await.expect("a ledger");
    assert_eq!(ledger.size().await.expect("a size"), DAY_ENTRIES, "{call} {at}");
    assert!(ledger.verify(|_, _| {}).await.expect("a verification").is_sound(), "{call} {at}");
    ledger.close().await;
    !status.success()
}
