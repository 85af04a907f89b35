//! A record type, an indicator and a report section from a folder outside the repository: only TOML and Markdown.

use std::path::Path;
use std::process::{Command, Output};

const HEAD: &str = r#"name = { zh = "桥梁检查", en = "Bridge inspection" }
basis = ["a rule of the example"]
owner = "交通局"
since = 2010-01-01
"#;

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn catalog(dir: &Path) {
    write(
        &dir.join("bridge/records.toml"),
        &format!(
            r#"[record.inspection]
{HEAD}key = ["bridge", "inspected_on"]
date = "inspected_on"
region = "place"
[record.inspection.fields]
bridge = {{ type = "text", max = 40, zh = "桥梁", en = "Bridge" }}
inspected_on = {{ type = "date", zh = "检查日期", en = "Inspected on" }}
place = {{ type = "region", at_least = "county", zh = "所在地", en = "Place" }}
sound = {{ type = "bool", zh = "完好", en = "Sound" }}
"#
        ),
    );
    write(
        &dir.join("bridge/indicators.toml"),
        &format!(
            r#"[indicator.sound_rate]
{HEAD}kind = "proportion"
of = "bridge.inspection"
top = "sound"
bottom = "sound IS NOT NULL"
unit = "percent"
better = "higher"
interval = {{ method = "wilson", level = 0.95 }}
round = {{ rule = "gbt8170", digits = 1 }}
"#
        ),
    );
    write(
        &dir.join("reports/bridges.md"),
        &format!(
            "+++\n{HEAD}kind = \"special\"\n+++\n# {{{{region}}}}{{{{period}}}}桥梁\n\n## 完好率\n\n桥梁完好率为{{{{value bridge.sound_rate with interval}}}}。\n"
        ),
    );
}

struct Here<'a> {
    dir: &'a Path,
}

impl Here<'_> {
    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_zhiheng"))
            .args(args)
            .current_dir(self.dir)
            .env("ZHIHENG_PROJECT", self.dir.join("project"))
            .env("ZHIHENG_CATALOG", self.dir.join("rules"))
            .env("ZHIHENG_LANG", "en")
            .env("ZHIHENG_TODAY", "2014-01-01")
            .output()
            .unwrap()
    }

    fn good(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn a_folder_outside_the_repository_needs_no_rust() {
    let dir = tempfile::tempdir().unwrap();
    let here = Here { dir: dir.path() };
    catalog(&dir.path().join("rules"));
    here.good(&["init", "project"]);
    here.good(&["catalog", "check"]);
    let mut rows = "bridge,inspected_on,place,sound\n".to_owned();
    for i in 0..40 {
        rows.push_str(&format!("B{i},2013-05-{:02},621122,{}\n", i % 28 + 1, i != 7));
    }
    write(&dir.path().join("bridges.csv"), &rows);
    here.good(&["record", "import", "bridges.csv", "--type", "bridge.inspection"]);
    // The same file again writes nothing.
    let again = here.run(&["record", "import", "bridges.csv", "--type", "bridge.inspection"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("taken before"), "{again:?}");
    let shown = here.good(&["measure", "show", "bridge.sound_rate/621122/2013"]);
    assert_eq!(shown.lines().next(), Some("97.5 (39/40, 87.1–99.6)"));
    // Roll-ups that are gone come back with the next question, also when no record is new.
    let rollups = dir.path().join("project/lake/rollup");
    std::fs::remove_dir_all(&rollups).unwrap();
    let again = here.good(&["measure", "show", "bridge.sound_rate/621122/2013"]);
    assert_eq!(again, shown);
    assert!(rollups.join("manifest.json").exists());
    here.good(&[
        "report", "build", "bridges", "--region", "621122", "--period", "2013", "--to", "html", "--lang",
        "zh-CN", "-o", "b.html",
    ]);
    let page = std::fs::read_to_string(dir.path().join("b.html")).unwrap();
    assert!(page.contains("97.5%"), "{page}");
    // The file itself says in which language it was made.
    here.good(&["report", "verify", "b.html"]);
}

#[test]
fn a_wrong_row_is_named_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let here = Here { dir: dir.path() };
    catalog(&dir.path().join("rules"));
    here.good(&["init", "project"]);
    write(
        &dir.path().join("bridges.csv"),
        "bridge,inspected_on,place,sound\nB1,2013-02-30,621122,true\nB2,2013-03-01,621122,true\n",
    );
    let output = here.run(&["record", "import", "bridges.csv", "--type", "bridge.inspection"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for word in ["bridges.csv:2", "2013-02-30", "nothing was written"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let sound = here.good(&["ledger", "verify", "-f", "json"]);
    assert!(sound.contains("\"entries\": 0"), "{sound}");
}

#[test]
fn usage_and_unknown_things_have_their_own_exit_codes() {
    let dir = tempfile::tempdir().unwrap();
    let here = Here { dir: dir.path() };
    catalog(&dir.path().join("rules"));
    assert_eq!(here.run(&["measure", "shwo"]).status.code(), Some(2));
    here.good(&["init", "project"]);
    let output = here.run(&["measure", "show", "sampling.pas_rate/621100/2013"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("sampling.pass_rate"));
}

/// A closure that one person orders at once, with a told case and a clock's example that come out otherwise.
const CLOSURE: &str = r#"[[clock]]
id = "bridge.appeal"
name = { zh = "申诉", en = "Appeal" }
from = "closure"
start = { zh = "封闭", en = "closure" }
days = 15
basis = ["a rule of the example"]
confirmed = true
example = [{ start = 2024-06-03, due = 2024-06-19 }]

[procedure.closure]
name = { zh = "封闭桥梁", en = "Closure" }
basis = ["a rule of the example"]
owner = "交通局"
since = 2010-01-01
region = "place"
roles = { officer = { zh = "经办人", en = "Officer", holds = "quality-officer" } }
fields = { place = { type = "region", at_least = "county", zh = "所在地", en = "Place" } }
[procedure.closure.states]
found = { zh = "已发现", en = "Found" }
shut = { zh = "已封闭", en = "Shut", binding = true }
over = { zh = "已解封", en = "Over", end = true }
[[procedure.closure.step]]
id = "find"
name = { zh = "发现", en = "Find" }
to = "found"
who = ["officer"]
form = ["place"]
[[procedure.closure.step]]
id = "shut"
name = { zh = "封闭", en = "Shut" }
from = ["found"]
to = "shut"
who = ["officer"]
start = [{ clock = "bridge.appeal", as = "appeal" }]
[[procedure.closure.step]]
id = "reopen"
name = { zh = "解封", en = "Reopen" }
from = ["shut"]
to = "over"
who = ["officer"]
[[procedure.closure.example]]
steps = [
  { do = "find", by = "officer", on = 2024-06-03, form = { place = "621122" } },
  { do = "shut", by = "officer", on = 2024-06-03, state = "found" },
]
"#;

#[test]
fn a_procedure_that_binds_unheard_is_told_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let here = Here { dir: dir.path() };
    catalog(&dir.path().join("rules"));
    let file = dir.path().join("rules/bridge/procedure-closure.toml");
    write(&file, CLOSURE);
    let line = |text: &str| CLOSURE.lines().position(|line| line.contains(text)).unwrap() + 1;
    let told = |args: &[&str], expected: &[(&str, usize)]| {
        let output = here.run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        for (code, line) in expected {
            let place = format!("{}:{line}:", file.display());
            let block = said.split("error[").find(|block| block.starts_with(code));
            assert!(block.is_some_and(|block| block.contains(&place)), "{code} at {place}: {said}");
        }
    };
    let at = line("[procedure.closure]");
    told(&["catalog", "check"], &[("ZH8250", at), ("ZH8251", at)]);
    // Fifteen days from 3 June are 18 June, and the case is shut, not found.
    let wrong = [("ZH8111", line("[[clock]]")), ("ZH8262", line("do = \"shut\""))];
    told(&["catalog", "test", "bridge.closure"], &wrong[1..]);
    told(&["catalog", "test", "bridge.appeal"], &wrong[..1]);
    // Put right, it is told no more.
    let right = CLOSURE
        .replace("due = 2024-06-19", "due = 2024-06-18")
        .replace("state = \"found\" }", "state = \"shut\" }")
        .replace("binding = true", "end = false");
    write(&file, &right);
    here.good(&["catalog", "check"]);
    here.good(&["catalog", "test", "bridge.closure"]);
    here.good(&["catalog", "test", "bridge.appeal"]);
}
