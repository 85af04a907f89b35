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
