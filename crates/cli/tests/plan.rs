//! A year of plans by the command: example rules imported from the catalog, targets that fall short, a draw that a script of
//! another hand repeats, a replacement, pairs, and the burden.

mod here;

use std::path::Path;
use std::process::Command;

use here::Here;
use serde_json::Value;

impl Here {
    /// The answer as JSON, whether the command ends with 0 or 1.
    fn either(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--format", "json"]].concat());
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn shipped(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog").join(file);
    std::fs::read_to_string(path).unwrap()
}

/// Credit codes with valid check characters, from the 9 digits of the organisation's number onward.
fn enterprise(n: usize) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("91621122{n:08}");
    let organisation: usize =
        [3, 7, 9, 10, 5, 8, 4, 2].iter().zip(body[8..].bytes()).map(|(w, b)| w * usize::from(b - b'0')).sum();
    let check = match 11 - organisation % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from(b'0' + digit as u8),
    };
    let body = format!("{body}{check}");
    let value = |b: u8| ALPHABET.iter().position(|&a| a == b).unwrap();
    let sum: usize = body
        .bytes()
        .scan(1, |w, b| {
            let part = value(b) * *w;
            *w = *w * 3 % 31;
            Some(part)
        })
        .sum();
    format!("{body}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

#[test]
fn a_year_is_planned() {
    let here = Here::on("2024-07-01");
    here.good(&["init", "project"]);
    here.import("stages.csv", "responsibility.stage", &shipped("responsibility/stages.csv"));
    here.import("norms.csv", "inspection.norm", &shipped("inspection/norms.csv"));

    // 31 January 2024 is a Wednesday; 31 March and 30 June are Sundays, so those meetings are on the Fridays before.
    let events = here.either(&["plan", "cycle", "--region", "621122", "--year", "2024"]);
    let due: Vec<&str> =
        events["events"].as_array().unwrap().iter().map(|event| event["due_on"].as_str().unwrap()).collect();
    assert_eq!(
        due,
        ["2024-01-31", "2024-03-29", "2024-06-28", "2024-07-15", "2024-09-30", "2024-12-25", "2024-12-31"]
    );

    // (300×91 + 500×88.5 + 200×89.25) / 1000 = 89.4
    here.import(
        "targets.csv",
        "responsibility.target",
        "number,parent,indicator,region,period,value,weight,rule,decided_on\n\
         C,,sampling.pass_rate,621100,2024,90,,weighted-mean,2024-01-15\n\
         1,C,sampling.pass_rate,621102,2024,91,300,,2024-01-15\n\
         2,C,sampling.pass_rate,621121,2024,88.5,500,,2024-01-15\n\
         3,C,sampling.pass_rate,621122,2024,89.25,200,,2024-01-15\n",
    );
    let found = here.either(&["plan", "check"]);
    assert_eq!(
        (&found["decompositions"][0]["parts_come_to"], &found["decompositions"][0]["short"]),
        (&"89.4".into(), &"0.6".into())
    );
    assert_eq!(here.run(&["plan", "check"]).status.code(), Some(1));

    let objects: String = (1..=40)
        .map(|n| format!("示例名录,{},{},621122,2023-01-01\n", enterprise(n), ["A", "B", "C", "D"][n % 4]))
        .collect();
    here.import(
        "objects.csv",
        "inspection.object",
        &format!("library,enterprise,class,located_in,since_day\n{objects}"),
    );
    let inspectors: String = (1..=6).map(|n| format!("示例人员,P{n},621122,2023-01-01\n")).collect();
    here.import(
        "inspectors.csv",
        "inspection.inspector",
        &format!("library,inspector,region,since_day\n{inspectors}"),
    );

    let draw = [
        "plan",
        "draw",
        "--library",
        "示例名录",
        "--region",
        "621122",
        "--number",
        "D1",
        "--seed",
        "20240701",
        "--seed-from",
        "lottery",
        "--format",
        "json",
    ];
    here.write("draw.json", &here.good(&draw));
    let log: Value = serde_json::from_str(&here.good(&draw)).unwrap();
    // 10 of each class: 1 %, 5 %, 10 % and 20 %, rounded up
    let drawn: Vec<u64> = log["log"]["strata"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stratum| stratum["drawn"].as_u64().unwrap())
        .collect();
    assert_eq!(drawn, [1, 1, 1, 2]);
    let out = log["log"]["picks"][3]["id"].as_str().unwrap().to_owned();
    let replaced = here.good(&[
        "plan",
        "draw",
        "--log",
        "draw.json",
        "--replace",
        &out,
        "--reason",
        "closed",
        "--format",
        "json",
    ]);
    here.write("replaced.json", &replaced);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plan/tests/repeat_draw.py");
    for file in ["draw.json", "replaced.json"] {
        let done = Command::new("python3").arg(&script).arg(here.path(file)).output().expect("python3");
        assert!(done.status.success(), "{file}: {}", String::from_utf8_lossy(&done.stderr));
    }

    // Recorded, then with the replacement; again nothing is new, and another draw does not get the number.
    let recorded = |file: &str| here.run(&["plan", "draw", "--log", file, "--region", "621122", "--record"]);
    let n_picks = || here.good(&["record", "list", "inspection.pick", "--format", "csv"]).lines().count() - 1;
    for (file, n) in [("draw.json", 5), ("draw.json", 5), ("replaced.json", 6), ("replaced.json", 6)] {
        let done = recorded(file);
        assert!(done.status.success(), "{file}: {}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(n_picks(), n, "{file}");
    }
    let mut other = draw;
    other[9] = "20240702";
    here.write("other.json", &here.good(&other));
    let refused = recorded("other.json");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("ZH7597"));
    assert_eq!(n_picks(), 6);

    here.import(
        "interests.csv",
        "inspection.interest",
        &format!(
            "inspector,object,reason,since_day\nP1,{},kin,2023-01-01\n",
            log["log"]["picks"][0]["id"].as_str().unwrap()
        ),
    );
    let pairs = here.either(&[
        "plan",
        "pair",
        "--log",
        "replaced.json",
        "--library",
        "示例人员",
        "--region",
        "621122",
        "--seed",
        "9",
    ]);
    let teams = pairs["pairing"]["objects"].as_array().unwrap();
    assert_eq!(teams.len(), 5);
    assert!(
        teams
            .iter()
            .all(|team| team["object"] != out.as_str() && team["inspectors"].as_array().unwrap().len() == 2)
    );
    assert_eq!(teams.iter().filter(|team| !team["withdrew"].as_array().unwrap().is_empty()).count(), 1);

    let visit =
        |n: usize, day: &str| format!("V{n},{},621122,{day},县级,县局,随机检查,是,计划\n", enterprise(1));
    here.import(
        "visits.csv",
        "inspection.visit",
        &format!(
            "number,enterprise,located_in,on_day,level,organiser,kind,samples,state\n{}{}{}",
            visit(1, "2024-01-10"),
            visit(2, "2024-07-10"),
            visit(3, "2024-07-11"),
        ),
    );
    // The third is one too many; six months after 10 January end on 10 July; the third repeats the second.
    let burden = here.either(&["plan", "burden", "--region", "621122", "--year", "2024"]);
    assert_eq!(burden["burdens"][0]["over"], serde_json::json!(["V3"]));
    let again: Vec<&str> =
        burden["repeats"].as_array().unwrap().iter().map(|it| it["again"].as_str().unwrap()).collect();
    assert_eq!(again, ["V2", "V3"]);
}
