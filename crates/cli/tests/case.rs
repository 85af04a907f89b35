//! A case by the command, as people at their desks would deal with it: an enterprise is interviewed, two persons call it, it comes
//! too early, the minutes are numbered, the statement stands in its file, and what was sent twice was done once.

mod here;

use here::Here;

const OFFICERS: &str = "account,person,post,unit,short,region,role,superior,since_day,until_day
q1,p1,科员,某县质监局,某质监,621122,quality-officer,p9,2012-01-01,
q1-second,p1,科员,某县质监局,某质监,621122,head,,2012-01-01,
h1,p9,局长,某县质监局,某质监,621122,head,,2012-01-01,
";

const CASE: &str = "interview.enterprise-621122-2024-0001";
const CODE: &str = "91350100799655058B";

impl Here {
    /// What is said when it is refused.
    fn refused(&self, args: &[&str], code: &str) {
        let output = self.run(args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {told}");
        assert!(told.contains(code), "{args:?}: {told}");
    }
}

fn begin(here: &Here) {
    here.good(&["init", "project"]);
    here.write("officers.csv", OFFICERS);
    here.write("minutes.pdf", "minutes");
    here.write("identity.pdf", "identity");
    here.good(&["record", "import", "officers.csv", "--type", "base.officer"]);
    let enterprise = format!("enterprise={CODE}");
    let form =
        ["enterprise_name=示例粉业有限公司", "located_in=621122", "cause=twice-fail", "facts=连续两次不合格"];
    let mut args = vec!["case", "open", "interview.enterprise", "--as", "q1", "--on", "2024-05-30"];
    args.extend(["--set", &enterprise]);
    args.extend(form.iter().flat_map(|pair| ["--set", pair]));
    assert_eq!(here.json(&args)["case"], CASE);
}

/// The interview is called by `q1` and approved by `h1`, on 3 June.
fn call(here: &Here) {
    let call = ["case", "do", CASE, "call", "--as", "q1", "--on", "2024-06-03", "--set", "place=某县质监局"];
    let call = [&call[..], &["--set", "notified_on=2024-06-03", "--set", "served_by=direct"]].concat();
    let proposed = here.json(&call);
    assert_eq!(proposed["kind"], "propose");
    let seal = proposed["seal"].as_str().unwrap();
    here.refused(&["case", "approve", CASE, "--as", "q1-second", "--on", "2024-06-03"], "ZH8231");
    let other = "0".repeat(64);
    here.refused(&["case", "approve", CASE, "--as", "h1", "--on", "2024-06-03", "--seal", &other], "ZH8220");
    let approve = ["case", "approve", CASE, "--as", "h1", "--on", "2024-06-03", "--seal", seal];
    let approved = here.json(&approve);
    assert_eq!(approved["state"], "called");
    assert_eq!(approved["letters"][0]["number"], 1);
}

const HOLD: [&str; 16] = [
    "case",
    "do",
    CASE,
    "hold",
    "--as",
    "q1",
    "--set",
    "attendee=authorised",
    "--set",
    "explanation=原料把关不严",
    "--set",
    "demands=三十日内完成整改",
    "--attach",
    "identity=identity.pdf",
    "--attach",
    "signed-minutes=minutes.pdf",
];

#[test]
fn an_interview_from_the_call_to_the_minutes() {
    let here = Here::on("2024-08-31");
    begin(&here);
    call(&here);
    here.refused(&[&HOLD[..], &["--on", "2024-06-06", "--set", "held_on=2024-06-06"]].concat(), "ZH8214");
    let held = [&HOLD[..], &["--on", "2024-06-11", "--set", "held_on=2024-06-11"]].concat();
    let before = here.json(&["ledger", "status"])["size"].as_u64().unwrap();
    here.good(&[&held[..], &["--dry-run"]].concat());
    assert_eq!(here.json(&["ledger", "status"])["size"].as_u64(), Some(before), "a dry run writes nothing");
    let done = here.json(&held);
    assert_eq!(done["records"].as_array().map(Vec::len), Some(2), "{done}");
    // Done again, it is done already; nothing is written.
    let after = here.json(&["ledger", "status"])["size"].as_u64().unwrap();
    here.good(&held);
    assert_eq!(here.json(&["ledger", "status"])["size"].as_u64(), Some(after));

    let shown = here.json(&["case", "show", CASE, "--on", "2024-06-20"]);
    assert_eq!(
        (shown["state"].as_str(), shown["sheet"]["attendee"].as_str()),
        (Some("held"), Some("authorised"))
    );
    let clocks = shown["clocks"].as_array().unwrap();
    let due = clocks.iter().find(|clock| clock["instance"] == "rectify").unwrap();
    assert_eq!(due["due"], "2024-07-11", "thirty days from 11 June");
    let tasks = here.json(&["task", "list", "--as", CODE, "--on", "2024-06-20"]);
    assert_eq!((tasks[0]["step"].as_str(), tasks[0]["due"].as_str()), (Some("report"), Some("2024-07-11")));
    assert_eq!(
        here.json(&["task", "list", "--as", "h1", "--on", "2024-06-20"]).as_array().map(Vec::len),
        Some(0)
    );
    assert!(here.good(&["case", "explain", CASE]).contains("2024-06-11"));
    let letters = here.json(&["letter", "list", CASE]);
    assert_eq!(letters[1]["number"], "某质监约记〔2024〕1号");
    let minutes = here.good(&["letter", "build", CASE, "2", "--to", "json"]);
    assert!(minutes.contains("原料把关不严") && minutes.contains("2024年6月11日"), "{minutes}");
    let file = here.json(&["credit", "report", CODE, "--scope", "authority"]);
    assert_eq!(file["sections"][0]["statements"][0]["kind"], "interview");
    here.good(&["ledger", "verify"]);
}

#[test]
fn who_acts_on_what_he_no_longer_sees_is_told() {
    let here = Here::on("2024-08-31");
    begin(&here);
    let head = here.json(&["case", "show", CASE])["head"].as_u64().unwrap();
    call(&here);
    let stale = head.to_string();
    let held =
        [&HOLD[..], &["--on", "2024-06-11", "--set", "held_on=2024-06-11", "--expect", &stale]].concat();
    here.refused(&held, "ZH4044");
    here.refused(&["case", "show", "interview.enterprise-621122-2024-0009"], "ZH8229");
    here.refused(&["letter", "build", CASE, "9", "--to", "json"], "ZH8264");
}
