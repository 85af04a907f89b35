//! The command in a folder of its own, as its users have it: the project lies in `project`, messages are English.

#![allow(dead_code)] // each test uses what it needs

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// A folder.
pub(crate) struct Here {
    dir: tempfile::TempDir,
    today: Option<&'static str>,
}

impl Here {
    /// An empty folder.
    pub(crate) fn new() -> Here {
        Here { dir: tempfile::tempdir().unwrap(), today: None }
    }

    /// An empty folder on a day.
    pub(crate) fn on(today: &'static str) -> Here {
        Here { today: Some(today), ..Here::new() }
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Runs the command, whatever it says.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_zhiheng"))
            .args(args)
            .current_dir(self.dir.path())
            .env("ZHIHENG_LANG", "en")
            .env("ZHIHENG_PROJECT", self.path("project"))
            .envs(self.today.map(|today| ("ZHIHENG_TODAY", today)))
            .env_remove("ZHIHENG_CATALOG")
            .output()
            .unwrap()
    }

    /// Runs it to a good end: what it printed.
    pub(crate) fn good(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same, as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let text = self.good(&[args, &["--format", "json"]].concat());
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{args:?}: {error}\n{text}"))
    }

    /// Takes a table of records in.
    pub(crate) fn import(&self, name: &str, of: &str, text: &str) {
        self.write(name, text);
        self.good(&["record", "import", name, "--type", of]);
    }

    /// How many entries the ledger has.
    pub(crate) fn size(&self) -> u64 {
        self.json(&["ledger", "status"])["size"].as_u64().unwrap()
    }
}
