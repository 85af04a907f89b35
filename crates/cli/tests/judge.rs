//! From records to grades: a county's batches come in, a scheme in a folder judges them, an incident vetoes, and the grade of the
//! time before it can be computed again.

mod here;

use here::Here;
use serde_json::Value;

const SCHEME: &str = r#"
[scheme.s]
name = { zh = "考核", en = "Assessment" }
basis = ["a rule of the test"]
owner = "office"
since = 2013-01-01
assesses = "county"
full = 100
round = { rule = "gbt8170", digits = 1 }
missing = "open"
bands = [ { grade = "A", name = { zh = "优", en = "A" }, from = 90 }, { grade = "D", name = { zh = "差", en = "D" }, from = 0 } ]
[[scheme.s.item]]
id = "sampling"
name = { zh = "合格率", en = "Pass rate" }
points = 100
measure = "sampling.pass_rate"
score = { stepped = { target = 100, step = 10, each = 5 } }
[[scheme.s.veto]]
measure = "assessment.incidents"
grade = "D"
says = { zh = "区域性事件", en = "a regional incident" }
[[scheme.s.duty]]
bottom = 1
says = { zh = "书面报告", en = "report in writing" }
"#;

impl Here {
    /// Verdicts by region.
    fn verdicts(&self, more: &[&str]) -> Vec<Value> {
        let args = ["judge", "run", "t.s", "--within", "621100", "--period", "2013", "--format", "json"];
        serde_json::from_str(&self.good(&[&args[..], more].concat())).unwrap()
    }
}

/// `bad` of ten batches fail.
fn batches(county: &str, bad: usize) -> String {
    (0..10)
        .map(|at| {
            let result = if at < bad { "nonconform,ash" } else { "conform," };
            format!("T,{county}{at},county,2013-05-{:02},{county},production,flour,Mill,{result}\n", at + 1)
        })
        .collect()
}

/// A project with the scheme and the batches of two counties: 9 of 10 and 6 of 10 pass.
fn begin(here: &Here) {
    here.good(&["init", "project"]);
    let folder = here.path("project/catalog/t");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("README.md"), "# t\n").unwrap();
    std::fs::write(folder.join("scheme.toml"), SCHEME).unwrap();
    let header =
        "task,sample_no,level,sampled_on,sampled_in,link,product,producer_name,conclusion,failed_items\n";
    let rows = [batches("621122", 1), batches("621123", 4)].concat();
    here.import("batches.csv", "sampling.batch", &format!("{header}{rows}"));
}

/// How sure, what if, stages and duties of the same two counties.
#[test]
fn beside_a_grade_stands_how_sure_it_is_and_what_follows() {
    let here = Here::new();
    begin(&here);
    let over = ["--within", "621100", "--period", "2013", "--format", "json"];
    let asked = |verb: &str, more: &[&str]| -> Value {
        serde_json::from_str(&here.good(&[&["judge", verb, "t.s"], &over[..], more].concat())).unwrap()
    };

    let sure = asked("run", &["--robust", "--draws", "500"]);
    let drawn = |at: usize| -> u64 {
        let grades = sure["places"][at]["grades"].as_array().unwrap();
        grades.iter().map(|grade| grade[1].as_u64().unwrap()).sum()
    };
    assert_eq!((drawn(0), drawn(1), sure["order"][0].as_str()), (500, 500, Some("621122")));
    // Ten batches say little: 9 of 10 are 0.60 to 0.98 by Wilson, so neither the grade nor the rank is one point.
    assert!(sure["places"][0]["between"][0] != sure["places"][0]["between"][1], "{sure:#}");

    // 60 % lie four full steps of 10 below 100: 80 points. With 90 % there are 95. An A takes at most two steps, so more than 70 %.
    let then = asked("what-if", &["--figure", "sampling.pass_rate/621123=90"]);
    assert_eq!(
        (then["after"][1]["points"].as_str(), then["after"][1]["grade"].as_str()),
        (Some("95"), Some("A"))
    );
    assert_eq!(then["moved"][0]["items"][0]["id"], "sampling");
    let near = asked("what-if", &["--place", "621123"]);
    let margin = &near["margins"][0];
    assert_eq!((margin["to"].as_str(), margin["grade"].as_str()), (Some("70"), Some("A")));
    assert_eq!((&margin["beyond"], &margin["better"]), (&true.into(), &true.into()));
    let refused = here.run(&[&["judge", "what-if", "t.s"], &over[..], &["--points", "nothing=1"]].concat());
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("ZH9132"));

    let owed = asked("duties", &[]);
    assert_eq!(
        (owed["owed"].as_array().unwrap().len(), owed["owed"][0]["region"].as_str()),
        (1, Some("621123"))
    );

    let header = "scheme,item,place,period,stage,points,reason,scored_by,scored_on\n";
    let rows = "t.s,sampling,621122,2013,self,100,,office,2014-01-10\n\
        t.s,sampling,621122,2013,review,95,one batch failed,office,2014-01-20\n\
        t.s,sampling,621122,2013,on-site,90,,office,2014-02-01\n";
    here.import("scores.csv", "assessment.score", &format!("{header}{rows}"));
    let stages = asked("stages", &[]);
    let item = &stages["places"][0]["items"][0];
    assert_eq!(item["points"], serde_json::json!(["100", "95", null, "95"]));
    assert_eq!(item["said"][1]["change"], "-5");
    // The third stage changes points without a reason: told, and not counted.
    assert_eq!(stages["problems"][0]["code"], "ZH9113");
}

#[test]
fn a_grade_follows_its_records_and_can_be_computed_again() {
    let here = Here::new();
    begin(&here);

    let before = here.verdicts(&[]);
    let told = |verdicts: &[Value]| -> Vec<(String, String, u64)> {
        let text = |verdict: &Value, key: &str| verdict[key].as_str().unwrap_or("-").to_owned();
        verdicts
            .iter()
            .map(|it| (text(it, "points"), text(it, "grade"), it["rank"].as_u64().unwrap()))
            .collect()
    };
    let expected = [("95".to_owned(), "A".to_owned(), 1), ("80".to_owned(), "D".to_owned(), 2)];
    assert_eq!(told(&before), expected);
    let why = here.good(&["judge", "explain", "t.s/621122/2013", "--format", "table"]);
    for part in [
        "95.0 of 100 points, grade A, rank 1",
        "grade A from 90 points on",
        "for each full 10 away",
        "9 ÷ 10",
    ] {
        assert!(why.contains(part), "{part} is not in\n{why}");
    }

    // An incident sets the grade and leaves the points; the grade as it was known before comes out the same.
    let size = before[0]["items"][0]["address"].as_str().unwrap().rsplit_once('@').unwrap().1.to_owned();
    let incident = "number,happened_on,happened_in,scope,document\n1,2013-08-01,621122,regional,x\n";
    here.import("incidents.csv", "assessment.incident", incident);
    let after = here.verdicts(&[]);
    assert_eq!((after[0]["points"].as_str(), after[0]["grade"].as_str()), (Some("95"), Some("D")));
    assert_eq!(after[0]["veto"], 0);
    assert_eq!(here.verdicts(&["--as-of", &size]), before);
    let why = here.good(&["judge", "explain", "t.s/621122/2013", "--format", "table"]);
    assert!(why.contains("grade D by veto") && why.contains("a regional incident"), "{why}");

    let unknown = here.run(&["judge", "run", "t.none", "--within", "621100", "--period", "2013"]);
    assert!(!unknown.status.success() && String::from_utf8_lossy(&unknown.stderr).contains("ZH7080"));
    let nothing = here.run(&["judge", "explain", "t.s/621124/2013"]);
    assert!(!nothing.status.success() && String::from_utf8_lossy(&nothing.stderr).contains("ZH7081"));
}
