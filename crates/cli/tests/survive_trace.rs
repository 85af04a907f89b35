//! The capture command, killed: of each document everything is recorded or nothing, what was acknowledged is there, the
//! ledger stays sound, and the same command again completes what was interrupted, with the answers of a project that nobody killed.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;

/// A count from the environment, for longer runs than the usual one.
fn count(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder with documents and a project.
struct Here {
    dir: tempfile::TempDir,
    documents: Vec<String>,
}

impl Here {
    fn new() -> Here {
        let mut here = Here { dir: tempfile::tempdir().unwrap(), documents: Vec::new() };
        // one world in three documents: what one of them says, another may continue or void
        here.good(&["trace", "generate", "--events", "3000", "--seed", "1", "-o", "world"]);
        let whole: Value =
            serde_json::from_slice(&std::fs::read(here.path("world/events-00001.jsonld")).unwrap()).unwrap();
        let events = whole["epcisBody"]["eventList"].as_array().unwrap();
        for (part, events) in events.chunks(events.len() / 3 + 1).enumerate() {
            let mut document = whole.clone();
            document["epcisBody"]["eventList"] = events.to_vec().into();
            let name = format!("part-{part}.jsonld");
            std::fs::write(here.path(&name), document.to_string()).unwrap();
            here.documents.push(name);
        }
        here.afresh();
        here
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhiheng"));
        command.args(args).current_dir(self.dir.path()).env("ZHIHENG_PROJECT", self.path("project"));
        command.env("ZHIHENG_LANG", "en").env("ZHIHENG_NO_PROGRESS", "true").stdin(Stdio::null());
        command
    }

    fn good(&self, args: &[&str]) -> Output {
        let output = self.command(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        output
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_slice(&self.good(&[args, &["--format", "json"]].concat()).stdout).unwrap()
    }

    fn afresh(&self) {
        let _ = std::fs::remove_dir_all(self.path("project"));
        self.good(&["init", "project", "--origin", "survive.example/trace"]);
    }

    fn capture(&self, documents: &[String]) -> Command {
        let files = documents.iter().map(String::as_str);
        self.command(&["trace", "capture"].into_iter().chain(files).collect::<Vec<_>>())
    }

    /// Entries of the ledger, all of them derived again.
    fn sound_size(&self) -> u64 {
        self.json(&["ledger", "verify"])["size"].as_u64().unwrap()
    }

    /// Captures that were acknowledged.
    fn acknowledged(&self) -> usize {
        let jobs = self.json(&["trace", "jobs"]);
        jobs.as_array().unwrap().iter().filter(|job| job["success"] == true).count()
    }

    /// What the events tell, in figures.
    fn told(&self) -> Value {
        self.json(&["trace", "recall", "https://id.gs1.org/01/06901234000122/10/P0"])
    }
}

#[test]
fn a_capture_killed_at_any_moment_is_whole_or_absent_and_can_be_repeated() {
    let here = Here::new();
    // how large the ledger is after each document, and what it tells at the end
    let mut sizes = vec![here.sound_size()];
    let started = Instant::now();
    for document in &here.documents {
        assert!(here.capture(std::slice::from_ref(document)).output().unwrap().status.success());
        sizes.push(here.sound_size());
    }
    let whole = started.elapsed().as_millis() as u64;
    assert!(sizes.is_sorted_by(|a, b| a < b), "{sizes:?}");
    let told = here.told();
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(20_261_122);
    let kills = count("ZHIHENG_KILLS", 8);
    let mut n_interrupted = 0;
    for kill in 0..kills {
        here.afresh();
        let mut child =
            here.capture(&here.documents).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random.random_range(1..=whole)));
        child.kill().unwrap();
        child.wait().unwrap();
        let (size, acknowledged) = (here.sound_size(), here.acknowledged());
        let n_there = sizes.iter().position(|own| *own == size);
        let n_there = n_there.unwrap_or_else(|| panic!("kill {kill}: {size} entries, of {sizes:?}"));
        assert!(n_there >= acknowledged, "kill {kill}: {acknowledged} acknowledged, {n_there} there");
        n_interrupted += u64::from(n_there < here.documents.len());
        let again = here.capture(&here.documents).output().unwrap();
        assert!(again.status.success(), "kill {kill}: {}", text(&again.stderr));
        assert_eq!(here.sound_size(), sizes[3], "kill {kill}");
        assert_eq!(here.told(), told, "kill {kill}");
    }
    assert!(n_interrupted > 0, "no kill came in time: {whole} ms");
}
