//! Methods by name: the guide's own examples through the command, and files that are wrong.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs the command with `input` on standard input.
fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhiheng"))
        .args(args)
        .env("ZHIHENG_LANG", "en")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its options does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn good(args: &[&str], input: &str) -> String {
    let output = run(args, input.as_bytes());
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn bad(args: &[&str], input: &[u8]) -> String {
    let output = run(args, input);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_examples_of_the_guide_run() {
    for guide in zhiheng_methods::run::guides() {
        let guide: toml::Table = guide.parse().unwrap();
        for (id, method) in &guide {
            let example = &method["example"];
            let mut args = vec!["method", "run", id.as_str(), "--data", "-", "-f", "json"];
            let options: Vec<String> = example
                .get("options")
                .and_then(toml::Value::as_table)
                .into_iter()
                .flatten()
                .map(|(name, value)| match value.as_str() {
                    Some(text) => format!("--option={name}={text}"),
                    None => format!("--option={name}={value}"),
                })
                .collect();
            args.extend(options.iter().map(String::as_str));
            let rows: serde_json::Value =
                serde_json::from_str(&good(&args, example["data"].as_str().unwrap().trim_start())).unwrap();
            for (column, expected) in example["expect"].as_table().unwrap() {
                let found = &rows[0][column];
                let same = match expected.as_float().or(expected.as_integer().map(|count| count as f64)) {
                    Some(number) => {
                        let within = example.get("within").and_then(toml::Value::as_float).unwrap_or(1e-9);
                        (found.as_f64().unwrap() - number).abs() <= within * number.abs().max(1.0)
                    }
                    None => found.as_str() == expected.as_str() && found.as_bool() == expected.as_bool(),
                };
                assert!(same, "{id}: {column} is {found}, the guide says {expected}");
            }
        }
    }
}

#[test]
fn methods_are_listed_and_shown() {
    let listed = good(&["method", "list", "proportion", "-f", "csv"], "");
    assert!(
        listed.starts_with("id,name,answers\nproportion.interval,Confidence interval of a rate,"),
        "{listed}"
    );
    assert_eq!(listed.lines().count(), 4);
    let shown = good(&["method", "show", "proportion.interval"], "");
    assert!(shown.contains("when not to use it: Not for clusters"), "{shown}");
    let shown = good(&["method", "show", "risk.level", "--lang", "zh-CN"], "");
    assert!(shown.starts_with("risk.level  产品风险等级\n"), "{shown}");
    let table =
        good(&["method", "run", "proportion.interval", "--data", "-", "-f", "table"], "x,n\n1417,1650\n");
    assert!(table.contains("0.858788") && !table.contains("0.85878787"), "{table}");
}

#[test]
fn wrong_files_and_requests_name_the_place() {
    let interval = ["method", "run", "proportion.interval", "--data", "-"];
    for (input, said) in [
        (&b""[..], "there is no header"),
        (b"x,n\n1,2\n\xff\xfe,3\n", "row 3 is not UTF-8"),
        (b"x,n\n1,2\n1,2,3\n", "row 3 has 3 cells, the header 2 columns"),
        (b"x,n\n\"1,2\n", "never closed"),
        (b"x,n\n1,2\nmany,3\n", "“x” holds “many”, needed is a count"),
        (b"x,m\n1,2\n", "no column “n”; there are x, m"),
        (b"x,x\n1,2\n", "two columns are called “x”"),
    ] {
        let found = bad(&interval, input);
        assert!(found.contains(said), "{said}: {found}");
        assert!(found.contains("hint"), "{found}");
    }
    let cell = bad(&interval, b"x,n\n1,2\nmany,3\n");
    assert!(cell.contains("--> -:3 › x"), "{cell}");
    assert!(bad(&["method", "show", "proportion.intervall"], b"").contains("proportion.interval"));
    assert!(
        bad(&["method", "run", "proportion.interval", "--data", "nowhere.csv"], b"").contains("nowhere.csv")
    );
    assert!(bad(&[&interval[..], &["--option", "level"]].concat(), b"x,n\n1,2\n").contains("not name=value"));
    assert!(
        bad(&[&interval[..], &["--option", "levl=0.9"]].concat(), b"x,n\n1,2\n").contains("there are method")
    );
    assert!(
        bad(&[&interval[..], &["--sheet", "nothing"]].concat(), b"x,n\n1,2\n").contains("there are: result")
    );
}
