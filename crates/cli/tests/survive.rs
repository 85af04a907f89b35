//! The import command with its child, killed, out of disk, with failing disks: what it acknowledged is there once, the
//! ledger stays sound, and the same command again completes what was interrupted.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rand::{Rng as _, SeedableRng as _};

/// Rows of the file: enough that an import takes some tenths of a second.
const ROWS: u64 = 12_000;

/// A count from the environment, for longer runs than the usual one.
fn count(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A folder with a file of rows and a project.
struct Here {
    dir: tempfile::TempDir,
}

impl Here {
    fn new(rows: u64) -> Here {
        Here::of("survive.example/quality", rows)
    }

    fn of(origin: &str, rows: u64) -> Here {
        let here = Here { dir: tempfile::tempdir().unwrap() };
        here.good(&["bench", "generate", "--rows", &rows.to_string(), "--seed", "7", "-o", "rows.csv"]);
        here.good(&["init", "project", "--origin", origin]);
        here
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The command; `before` are a program and its arguments to run it under.
    fn command(&self, before: &[&str], args: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_zhiheng");
        let mut command = match before {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.args(args).current_dir(self.dir.path()).env("ZHIHENG_PROJECT", self.path("project"));
        command.env("ZHIHENG_LANG", "en").env("ZHIHENG_NO_PROGRESS", "true").stdin(Stdio::null());
        command
    }

    fn import(&self, before: &[&str]) -> Command {
        self.command(
            before,
            &["record", "import", "rows.csv", "--type", "sampling.batch", "--receipt", "receipt.json"],
        )
    }

    fn good(&self, args: &[&str]) -> Output {
        let output = self.command(&[], args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        output
    }

    /// Entries of the ledger, all of them derived again.
    fn sound_size(&self, after: &str) -> u64 {
        let output = self.command(&[], &["ledger", "verify", "--format", "json"]).output().unwrap();
        assert!(output.status.success(), "{after}: {} {}", text(&output.stdout), text(&output.stderr));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        told["size"].as_u64().unwrap()
    }

    /// After an import that died: all or nothing is recorded, and all of it if it was acknowledged; the same command
    /// again completes it once.
    fn completes(&self, acknowledged: bool, after: &str) {
        let size = self.sound_size(after);
        assert!(size == 0 || size == ROWS + 1, "{after}: {size} entries");
        assert!(size > 0 || !acknowledged, "{after}: a receipt, and nothing recorded");
        let again = self.import(&[]).output().unwrap();
        assert!(again.status.success(), "{after}: {}", text(&again.stderr));
        assert_eq!(
            text(&again.stderr).contains("taken before"),
            size > 0,
            "{after}: {}",
            text(&again.stderr)
        );
        assert_eq!(self.sound_size(after), ROWS + 1, "{after}");
        assert_eq!(std::fs::read_dir(self.path("project/files")).unwrap().count(), 1, "{after}: files");
    }

    fn afresh(&self) {
        std::fs::remove_dir_all(self.path("project")).unwrap();
        let _ = std::fs::remove_file(self.path("receipt.json"));
        self.good(&["init", "project", "--origin", "survive.example/quality"]);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether any process still works on this folder's file.
fn anyone_left(dir: &Path) -> bool {
    let Ok(processes) = std::fs::read_dir("/proc") else { return false };
    processes.flatten().any(|process| {
        std::fs::read_link(process.path().join("cwd")).is_ok_and(|cwd| cwd == dir)
            && std::fs::read(process.path().join("cmdline"))
                .is_ok_and(|line| text(&line).contains("intake-worker"))
    })
}

fn quiet(command: &mut Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn an_import_killed_at_any_moment_can_be_repeated() {
    let here = Here::new(ROWS);
    let started = Instant::now();
    assert!(here.import(&[]).output().unwrap().status.success());
    let whole = started.elapsed().as_millis() as u64;
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(20_130_815);
    let kills = count("ZHIHENG_KILLS", 8);
    for kill in 0..kills {
        here.afresh();
        let mut child = quiet(&mut here.import(&[]));
        std::thread::sleep(Duration::from_millis(random.random_range(1..=whole + whole / 10)));
        child.kill().unwrap();
        child.wait().unwrap();
        // The child of the killed process has nobody to tell and ends by itself.
        let waited = Instant::now();
        while anyone_left(here.dir.path()) {
            assert!(waited.elapsed() < Duration::from_secs(10), "kill {kill}: the reader lives on");
            std::thread::sleep(Duration::from_millis(20));
        }
        here.completes(here.path("receipt.json").exists(), &format!("kill {kill} of {kills}"));
    }
}

/// Runs an import under `strace` with `inject`; how it ended.
fn injected(here: &Here, call: &str, inject: &str) -> Output {
    here.afresh();
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:{inject}");
    let before = ["strace", "-f", "-q", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    here.import(&before).output().expect("strace")
}

/// Where in each series of calls: a few places, or every so many with `ZHIHENG_TRACE_STEP`.
fn places(here: &Here, call: &str, how: &str, mut see: impl FnMut(&Output, &str)) -> u64 {
    let step = count("ZHIHENG_TRACE_STEP", 0);
    let (mut at, mut n_seen) = (1, 0);
    loop {
        let output = injected(here, call, &format!("{how}:when={at}"));
        if output.status.success() {
            return n_seen;
        }
        see(&output, &format!("{call} {at}"));
        n_seen += 1;
        at = if step == 0 { at * 5 } else { at + step };
    }
}

#[test]
fn an_import_killed_at_chosen_system_calls_can_be_repeated() {
    let here = Here::new(ROWS);
    let mut n_seen = 0;
    for call in ["write", "pwrite64", "fsync", "fdatasync", "rename"] {
        n_seen += places(&here, call, "signal=KILL", |_, after| {
            here.completes(here.path("receipt.json").exists(), after);
        });
    }
    assert!(n_seen >= 6, "{n_seen}");
}

#[test]
fn a_disk_that_fails_to_flush_is_said_and_nothing_is_acknowledged() {
    let here = Here::new(ROWS);
    let mut n_seen = 0;
    // By file, as each thread counts its calls by itself: the kept original and its folder, the ledger's log and folder.
    for path in ["project/files", "project/ledger.sqlite-wal", "project"] {
        for at in 1..=3 {
            here.afresh();
            let inject = format!("inject=fsync,fdatasync:error=EIO:when={at}");
            let path = here.path(path).display().to_string();
            let before = [
                "strace",
                "-f",
                "-q",
                "-o",
                "/dev/null",
                "-P",
                &path,
                "-e",
                "trace=fsync,fdatasync",
                "-e",
                &inject,
            ];
            let output = here.import(&before).output().expect("strace");
            if output.status.success() {
                break;
            }
            n_seen += 1;
            let (said, after) = (text(&output.stderr), format!("{path} {at}"));
            assert_eq!(output.status.code(), Some(3), "{after}: {said}");
            assert!(said.contains("error[ZH4063]") && said.contains("hint"), "{after}: {said}");
            here.completes(here.path("receipt.json").exists(), &after);
        }
    }
    assert!(n_seen >= 3, "{n_seen}");
}

#[test]
fn a_full_disk_is_said_and_the_import_completes_when_there_is_room() {
    let here = Here::new(ROWS);
    let mut n_seen = 0;
    // From this call on, every write to a file finds no room. `write` would also take the command's own words.
    for first in [3, 20, 60, 150, 300, 600] {
        let output = injected(&here, "pwrite64", &format!("error=ENOSPC:when={first}+"));
        if output.status.success() {
            break;
        }
        n_seen += 1;
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{first}: {said}");
        assert!(said.contains("error[ZH") && said.contains("hint"), "{first}: {said}");
        here.completes(here.path("receipt.json").exists(), &format!("full from write {first}"));
    }
    assert!(n_seen >= 3, "{n_seen}");
}

#[test]
fn the_folder_of_another_instance_is_refused_with_its_name() {
    // Another name, and the same name with another key.
    for (origin, code) in [("other.example/quality", "ZH4006"), ("survive.example/quality", "ZH4106")] {
        let (here, other) = (Here::new(40), Here::of(origin, 60));
        other.good(&["record", "import", "rows.csv", "--type", "sampling.batch"]);
        here.good(&["record", "import", "rows.csv", "--type", "sampling.batch"]);
        for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
            let (from, to) = (other.path("project").join(name), here.path("project").join(name));
            let _ = std::fs::remove_file(&to);
            if from.exists() {
                std::fs::copy(from, to).unwrap();
            }
        }
        let verify = here.command(&[], &["ledger", "verify"]).output().unwrap();
        let said = text(&verify.stderr);
        assert_eq!(verify.status.code(), Some(1), "{} {said}", text(&verify.stdout));
        assert!(said.contains(code) && said.contains("hint"), "{said}");
        assert!(
            code != "ZH4006" || said.contains(origin) && said.contains("survive.example/quality"),
            "{said}"
        );
        // Nothing is written to it and no number is made from it.
        let import = here.import(&[]).output().unwrap();
        assert_eq!(import.status.code(), Some(1), "{}", text(&import.stderr));
        let measure = ["measure", "show", "sampling.pass_rate/100000/2013"];
        let shown = here.command(&[], &measure).output().unwrap();
        assert!(!shown.status.success(), "{}", text(&shown.stdout));
    }
}
