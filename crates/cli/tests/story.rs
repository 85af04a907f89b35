//! Every story of `tests/suite`, and the year of the demonstration with it, played by the command: on SQLite and on PostgreSQL.

#[path = "../../../tests/shared/postgres.rs"]
mod postgres;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn stories() -> Vec<PathBuf> {
    let files = std::fs::read_dir(root().join("tests/suite")).unwrap();
    let mut found: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    found.push(root().join("demo/dingxi-institutions.toml"));
    found.sort();
    assert!(found.len() >= 2, "stories are missing: {found:?}");
    found
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zhiheng"))
        .args(args)
        .current_dir(dir)
        .env("ZHIHENG_LANG", "zh")
        .env("ZHIHENG_PROJECT", dir.join("project"))
        .env_remove("ZHIHENG_CATALOG")
        .output()
        .unwrap()
}

fn good(dir: &Path, args: &[&str]) -> String {
    let output = run(dir, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Plays a story in a new project and looks whether the ledger holds.
fn play(story: &Path, database: Option<&str>) -> String {
    let dir = tempfile::tempdir().unwrap();
    let mut init = vec!["init", "project"];
    init.extend(database.iter().flat_map(|database| ["--database", database]));
    good(dir.path(), &init);
    let told = good(dir.path(), &["story", "play", story.to_str().unwrap()]);
    good(dir.path(), &["ledger", "verify"]);
    told
}

#[test]
fn stories_come_out_on_sqlite() {
    for story in stories() {
        let told = play(&story, None);
        assert!(told.lines().count() > 10, "{story:?}: {told}");
    }
}

#[test]
fn stories_come_out_on_postgres() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (n, story) in stories().into_iter().enumerate() {
        let Some(url) = runtime.block_on(postgres::schema(&format!("story_{n}"))) else { return };
        assert_eq!(play(&story, Some(&url)), play(&story, None), "{story:?} is told otherwise");
    }
}

const PERSON: &str = "name = { zh = \"故事\", en = \"story\" }\nsays = { zh = \"试\", en = \"a try\" }\n\
    person = [{ account = \"a\", unit = \"u\", region = \"621100\", role = \"lead-office\" }]\n";

/// What a story should not say is refused with the place of the slip.
#[test]
fn slips_of_a_story_are_told_with_their_place() {
    let cases = [
        ("not toml [", "ZH7201"),
        ("name = 1", "ZH7201"),
        ("[[step]]\nnonsense = 1", "ZH7201"),
        ("[[step]]\non = 2014-01-01", "ZH7205"),
        ("[[step]]\non = 2014-01-01\ncase = \"x\"\ndo = \"sign\"\nby = \"a\"", "ZH7206"),
        ("[[step]]\non = 2014-01-01\nopen = \"no.such\"\nby = \"a\"", "ZH7203"),
        ("[[step]]\non = 2014-01-01\nrecords = \"sampling.batch\"\nset = { task = \"t\" }", "ZH7203"),
        ("[[step]]\non = 2014-01-01\ncount = \"sampling.batch\"\nn = 1", "ZH7202"),
        (
            "[[step]]\non = 2014-01-01\nmeasure = \"sampling.pass_rate/621100/2013\"\nvalue = \"1.0\"",
            "ZH7202",
        ),
        ("[[step]]\non = 2014-01-01\njudge = \"no.such\"\nwithin = \"621100\"\nperiod = \"2013\"", "ZH7080"),
    ];
    for (step, code) in cases {
        let dir = tempfile::tempdir().unwrap();
        good(dir.path(), &["init", "project"]);
        let text = if step.starts_with('[') { format!("{PERSON}{step}\n") } else { step.to_owned() };
        std::fs::write(dir.path().join("s.toml"), text).unwrap();
        let output = run(dir.path(), &["story", "play", "s.toml"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{step}: {told}");
        assert!(told.contains(code), "{step}: {told}");
    }
}

/// A story is no guest in a project that holds records.
#[test]
fn a_story_is_not_played_over_records() {
    let dir = tempfile::tempdir().unwrap();
    good(dir.path(), &["init", "project"]);
    std::fs::write(
        dir.path().join("s.toml"),
        format!("{PERSON}[[step]]\non = 2014-01-01\npart = {{ zh = \"一\", en = \"1\" }}\n"),
    )
    .unwrap();
    good(dir.path(), &["story", "play", "s.toml"]);
    let again = run(dir.path(), &["story", "play", "s.toml"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("ZH7207"), "{again:?}");
    good(dir.path(), &["story", "play", "s.toml", "--yes"]);
}
