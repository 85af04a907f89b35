//! The child process: the same drafts as in process, and one clear answer to every way of dying.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use zhiheng_base::{Diagnostic, Lang};
use zhiheng_intake::worker::Aim;
use zhiheng_intake::{Frame, Request, spawn};

use crate::support::{Outcome, file, import, request};

/// The child's program, built beside the tests.
pub(crate) fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().and_then(Path::parent).unwrap();
    let program = folder.join("examples/intake_worker");
    assert!(program.exists(), "{} is missing: cargo build --examples -p zhiheng-intake", program.display());
    program
}

fn by_child(program: &Path, request: &Request) -> Outcome {
    let mut outcome = Outcome::default();
    match spawn(program, request) {
        Err(failed) => outcome.failed = Some(failed),
        Ok(frames) => {
            for frame in frames {
                match frame {
                    Ok(frame) => outcome.take(frame),
                    Err(failed) => outcome.failed = Some(failed),
                }
            }
        }
    }
    outcome
}

fn plain(path: &Path) -> Request {
    request(path, Aim::Record("plain.row".into()))
}

fn some_rows(count: usize) -> Vec<u8> {
    let mut text = "no,day,count,phone,note\n".to_owned();
    for n in 0..count {
        let day = if n % 50 == 7 { "2013-02-30" } else { "2013-02-28" };
        text.push_str(&format!("{n},{day},{},{},第{n}行\n", n % 1_001, if n % 3 == 0 { "139" } else { "" }));
    }
    text.into_bytes()
}

#[test]
fn the_child_says_what_this_process_says() {
    let file = file(&some_rows(20_000));
    let request = plain(file.path());
    let here = import(&request);
    let there = by_child(&program(), &request);
    assert_eq!(there.failed, None);
    there.adds_up();
    assert_eq!(there.head, here.head);
    assert_eq!(there.problems, here.problems);
    assert_eq!((there.done.kept, there.done.refused), (19_600, 400));
    assert_eq!(there.done.groups, here.done.groups);
    for (ours, theirs) in here.drafts.iter().zip(&there.drafts) {
        assert_eq!((ours.key, &ours.place), (theirs.key, &theirs.place));
        if ours.personal.is_empty() {
            assert_eq!(ours.data, theirs.data);
        } else {
            assert_eq!(ours.personal[0].value, theirs.personal[0].value);
            assert_ne!(ours.personal[0].salt, theirs.personal[0].salt);
        }
    }
}

#[test]
fn a_child_that_is_dropped_ends() {
    let file = file(&some_rows(200_000));
    let mut frames = spawn(&program(), &plain(file.path())).unwrap();
    assert!(matches!(frames.next(), Some(Ok(Frame::Head(_)))));
    drop(frames);
}

#[track_caller]
fn dies(program: &Path, request: &Request, code: &str) -> Diagnostic {
    let failed = by_child(program, request).failed.unwrap();
    assert_eq!(failed.code, code, "{}", failed.message(Lang::En));
    failed
}

#[test]
fn memory_processor_time_and_other_catalogs_are_named() {
    let small = file(b"no,day\n1,2013-01-01\n");
    let mut short = plain(small.path());
    short.limits.memory = 24 << 20;
    let failed = dies(&program(), &short, "ZH3401");
    assert!(failed.hint(Lang::Zh).is_some());

    let large = file(&some_rows(1_500_000));
    let mut slow = plain(large.path());
    slow.limits.cpu_seconds = 1;
    slow.limits.bytes_per_second = u64::MAX;
    dies(&program(), &slow, "ZH3402");

    let mut other = plain(small.path());
    other.catalog = Some("0".repeat(64));
    dies(&program(), &other, "ZH3409");
    dies(&program(), &request(small.path(), Aim::Record("plain.raw".into())), "ZH3016");
    dies(&program(), &plain(Path::new("/nowhere.csv")), "ZH3001");
    dies(&program(), &plain(Path::new("/")), "ZH3001");
}

#[test]
fn programs_that_are_no_worker_are_survived() {
    let small = file(b"no,day\n1,2013-01-01\n");
    let script = |body: &str| {
        let script = tempfile::Builder::new().suffix(".sh").tempfile().unwrap().into_temp_path();
        std::fs::write(&script, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
        script
    };
    let request = plain(small.path());
    assert_eq!(dies(&script("exit 7"), &request, "ZH3403").args["how"], "exit 7");
    assert_eq!(dies(&script("kill -SEGV $$"), &request, "ZH3403").args["how"], "signal 11");
    dies(&script("exit 0"), &request, "ZH3403");
    dies(&script("echo this is no frame at all; exit 0"), &request, "ZH3405");
    dies(Path::new("/nowhere/zhiheng"), &request, "ZH3406");
    let mut patient = request;
    patient.limits.idle_seconds = 1;
    dies(&script("exec /bin/sleep 20"), &patient, "ZH3404");
}

#[test]
fn hostile_files_end_the_same_way_in_the_child() {
    let header = format!(
        "<row r=\"1\">{}{}</row>",
        crate::hostile::cell("A1", "no"),
        crate::hostile::cell("B1", "day")
    );
    let far = format!("<row r=\"1048576\">{}</row>", crate::hostile::cell("XFD1048576", "x"));
    let corners = file(&crate::hostile::workbook(&crate::hostile::sheet(&format!("{header}{far}"))));
    let outcome = by_child(&program(), &plain(corners.path()));
    assert_eq!(outcome.codes(), [("ZH3018".into(), 1_048_576, String::new())]);
    let bomb = file(&crate::hostile::workbook(&" ".repeat(250_000_000)));
    dies(&program(), &plain(bomb.path()), "ZH3010");
    dies(&program(), &plain(file(&"[".repeat(100_000).into_bytes()).path()), "ZH3108");
}
