//! Fields that nobody types: what is read, what is said of each mistake, and that every part of it counts.

use zhiheng_base::render::{Options, render};
use zhiheng_base::{Lang, Severity};
use zhiheng_catalog::model::{FigureFrom, FigurePart, FigureWhen, SchemeName};
use zhiheng_catalog::{Catalog, diff, show};

use super::folder::{Files, files};
use super::load;

/// Another procedure in the good folder, with a figure of each kind.
const REPORT: &str = r#"
[procedure.report]
HEAD
since = 2010-01-01
region = "place"
roles = { officer = { zh = "人员", en = "Officer", holds = "head" } }

[procedure.report.fields]
place   = { type = "region", zh = "地区", en = "Place" }
first   = { type = "date", zh = "首日", en = "First day" }
last    = { type = "date", zh = "末日", en = "Last day" }
period  = { type = "text", zh = "时期", en = "Period" }
scheme  = { type = "text", optional = true, zh = "方案", en = "Scheme" }
kind    = { type = "text", zh = "类别", en = "Kind" }
tables  = { type = "text", zh = "表格", en = "Tables" }
fines   = { type = "integer", zh = "罚款数", en = "Fines", from = { measure = "credit.statements", first = "first", last = "last", cuts = { kind = "kind" } } }
share   = { type = "decimal", zh = "罚款占比", en = "Share of fines", from = { measure = "credit.fine_share", region = "place", period = "period", may_differ = true } }
fined   = { type = "integer", zh = "罚款", en = "Fined", from = { measure = "credit.fine_share", period = "period", what = "top" } }
points  = { type = "decimal", zh = "得分", en = "Points", from = { scheme = "scheme", what = "points", period = "period", within = "'620000'" } }
grade   = { type = "text", zh = "等级", en = "Grade", from = { scheme = "credit.places", what = "grade", period = "period" } }
amount  = { type = "decimal", optional = true, zh = "数额", en = "Amount", from = { record = "credit.statement", find = { number = "case_no" }, field = "amount" } }
hidden  = { type = "integer", zh = "隐去", en = "Hidden", from = { disclosure = "tables", what = "hidden", least = "3", most_share = "70" } }

[procedure.report.states]
begun = { zh = "已立", en = "Begun" }
done = { zh = "办结", en = "Done", end = true }

[[procedure.report.step]]
id = "begin"
name = { zh = "立", en = "Begin" }
to = "begun"
who = ["officer"]
form = ["place", "first", "last", "period", "kind", "tables"]
may = ["scheme"]

[[procedure.report.step]]
id = "fetch"
name = { zh = "取数", en = "Fetch" }
from = ["begun"]
to = "done"
who = ["officer"]
form = ["fines", "share", "fined", "points", "grade", "hidden"]
may = ["amount"]

[[procedure.report.example]]
steps = [
  { do = "begin", by = "officer", on = 2013-07-01, form = { place = "621122", first = 2013-04-01, last = 2013-06-30, period = "2013Q2", kind = "fine", tables = "a" } },
  { do = "fetch", by = "officer", on = 2013-07-01, reason = "更正", form = { share = 20 }, figures = { fines = 3, share = { value = "25.0", at = "credit.fine_share/621122/2013Q2" }, grade = {} } },
]
"#;

const INDICATORS: &str = r#"
[indicator.statements]
HEAD
since = 2010-01-01
kind = "count"
of = "credit.statement"
by = ["kind"]
unit = { zh = "条", en = "statements" }
better = "neither"
round = { rule = "gbt8170", digits = 0 }

[indicator.fine_share]
HEAD
since = 2010-01-01
kind = "proportion"
of = "credit.statement"
top = "kind = 'fine'"
bottom = "TRUE"
unit = "percent"
better = "lower"
interval = { method = "wilson", level = 0.95 }
round = { rule = "gbt8170", digits = 1 }
"#;

const SCHEME: &str = r#"
[scheme.places]
HEAD
since = 2010-01-01
assesses = "county"
full = 10
round = { rule = "gbt8170", digits = 1 }
missing = "zero"
bands = [{ grade = "A", name = { zh = "甲", en = "A" }, from = 5 }, { grade = "B", name = { zh = "乙", en = "B" }, from = 0 }]

[[scheme.places.item]]
id = "fines"
name = { zh = "罚款", en = "Fines" }
points = 10
measure = "credit.statements"
score = { binary = { at_most = 2 } }
"#;

const HEAD: &str = "name = { zh = \"名称\", en = \"Name\" }\nbasis = [\"法 第一条\"]\nowner = \"科\"\n";

/// The good folder with the procedure, in which `from` is replaced by `to` once.
fn folder(from: &str, to: &str) -> Files {
    assert!(REPORT.contains(from), "{from} is not there");
    let mut files = files();
    let report = REPORT.replacen(from, to, 1).replace("HEAD\n", HEAD);
    let (_, text) = files.iter_mut().find(|(path, _)| *path == "t/procedure.toml").expect("the procedures");
    text.push_str(&report);
    // Files of one folder stand together.
    let at = files.iter().position(|(path, _)| *path == "credit/records.toml").expect("the records");
    files.insert(at, ("credit/indicators.toml", INDICATORS.replace("HEAD\n", HEAD)));
    files.insert(at + 2, ("credit/scheme.toml", SCHEME.replace("HEAD\n", HEAD)));
    files
}

fn catalog(from: &str, to: &str) -> Catalog {
    let loaded = load(&folder(from, to));
    let said: Vec<String> =
        loaded.problems.iter().map(|one| render(one, Lang::En, &Options::default())).collect();
    assert!(said.is_empty(), "{from}: {}", said.join("\n"));
    loaded.catalog
}

#[test]
fn each_kind_is_read() {
    let catalog = catalog("", "");
    let report = &catalog.procedures["t.report"];
    let fields: Vec<&str> = report.figures.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["fines", "share", "fined", "points", "grade", "amount", "hidden"]);
    let of = |id: &str| report.figure(id).expect("a figure");
    match &of("fines").from {
        FigureFrom::Measure { indicator, region: None, when: FigureWhen::Days(..), cuts } => {
            assert_eq!((indicator.as_str(), cuts[0].0.as_str()), ("credit.statements", "kind"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!((of("fines").part, of("fines").may_differ), (FigurePart::Value, false));
    assert!(of("share").may_differ);
    assert!(matches!(
        &of("share").from,
        FigureFrom::Measure { region: Some(_), when: FigureWhen::Period(_), .. }
    ));
    assert_eq!(of("fined").part, FigurePart::Top);
    let named = |from: &FigureFrom| match from {
        FigureFrom::Scheme { scheme, within, .. } => Some((scheme.clone(), within.is_some())),
        _ => None,
    };
    assert_eq!(named(&of("points").from), Some((SchemeName::Field("scheme".into()), true)));
    assert_eq!(named(&of("grade").from), Some((SchemeName::Id("credit.places".into()), false)));
    assert_eq!(of("amount").from.source(), "credit.statement.amount");
    assert!(matches!(&of("hidden").from, FigureFrom::Disclosure { tables, .. } if tables == "tables"));
    assert!(report.figure("place").is_none());
    let told = &report.examples[0].steps[1];
    let figures: Vec<(&str, &str, Option<&str>)> =
        told.figures.iter().map(|one| (one.field.as_str(), one.value.as_str(), one.at.as_deref())).collect();
    let at = Some("credit.fine_share/621122/2013Q2");
    assert_eq!(figures, [("fines", "3", None), ("share", "25.0", at), ("grade", "", None)]);
    assert_eq!(told.reason.as_deref(), Some("更正"));
}

/// What is replaced, by what, and the code of the one error that follows.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("measure = \"credit.statements\"", "measure = \"credit.statments\"", "ZH2022"),
    ("measure = \"credit.statements\"", "mesure = \"credit.statements\"", "ZH2002"),
    (
        "measure = \"credit.statements\"",
        "measure = \"credit.statements\", record = \"credit.statement\"",
        "ZH2905",
    ),
    (
        "from = { disclosure = \"tables\", what = \"hidden\", least = \"3\", most_share = \"70\" }",
        "from = {}",
        "ZH2905",
    ),
    ("cuts = { kind = \"kind\" }", "cuts = { kinds = \"kind\" }", "ZH2920"),
    ("cuts = { kind = \"kind\" }", "cuts = { kind = \"knd\" }", "ZH2706"),
    ("cuts = { kind = \"kind\" }", "within = \"kind\"", "ZH2967"),
    ("first = \"first\", last", "first = \"period\", last", "ZH2315"),
    ("first = \"first\", last = \"last\", cuts", "first = \"first\", cuts", "ZH2003"),
    ("first = \"first\", last = \"last\", cuts", "cuts", "ZH2003"),
    ("first = \"first\", last = \"last\", cuts", "first = \"first\", period = \"period\", cuts", "ZH2014"),
    ("fines   = { type = \"integer\"", "fines   = { type = \"text\"", "ZH2968"),
    ("share   = { type = \"decimal\"", "share   = { type = \"integer\"", "ZH2968"),
    ("what = \"top\"", "what = \"points\"", "ZH2966"),
    ("what = \"top\"", "what = \"tops\"", "ZH2005"),
    ("what = \"points\", period", "period", "ZH2003"),
    ("what = \"points\"", "what = \"grade\"", "ZH2968"),
    ("scheme = \"scheme\"", "scheme = \"shceme\"", "ZH2201"),
    ("scheme = \"scheme\"", "scheme = \"place\"", "ZH2968"),
    ("scheme = \"credit.places\"", "scheme = \"credit.place\"", "ZH2022"),
    ("record = \"credit.statement\"", "record = \"credit.statment\"", "ZH2021"),
    ("find = { number = \"case_no\" }", "find = { numbr = \"case_no\" }", "ZH2201"),
    ("find = { number = \"case_no\" }", "find = { number = \"first\" }", "ZH2315"),
    ("find = { number = \"case_no\" }", "find = {}", "ZH2006"),
    ("find = { number = \"case_no\" }, ", "", "ZH2003"),
    ("field = \"amount\"", "field = \"amout\"", "ZH2201"),
    ("field = \"amount\"", "field = \"holder\"", "ZH2968"),
    ("disclosure = \"tables\"", "disclosure = \"table\"", "ZH2201"),
    ("disclosure = \"tables\"", "disclosure = \"first\"", "ZH2968"),
    ("least = \"3\"", "least = \"'3'\"", "ZH2315"),
    ("least = \"3\"", "least = \"hidden\"", "ZH2964"),
    ("what = \"top\" }", "what = \"top\", region = \"grade\" }", ""),
    ("may = [\"amount\"]", "may = [\"amount\"]\nset = { fines = \"1\" }", "ZH2969"),
    ("figures = { fines = 3", "figures = { fine = 3", "ZH2920"),
];

#[test]
fn each_mistake_is_told_once() {
    for (from, to, code) in MISTAKES {
        let loaded = load(&folder(from, to));
        let errors: Vec<&str> =
            loaded.problems.iter().filter(|one| one.is_error()).map(|one| one.code.as_ref()).collect();
        let wanted: Vec<&str> = [*code].into_iter().filter(|code| !code.is_empty()).collect();
        assert_eq!(errors, wanted, "{from} → {to}: {:?}", loaded.problems);
        assert_eq!(loaded.catalog.procedures.contains_key("t.report"), wanted.is_empty(), "{from}");
        for lang in [Lang::Zh, Lang::En] {
            for problem in &loaded.problems {
                let text = render(problem, lang, &Options::default());
                assert!(!text.contains('«'), "{text}");
            }
        }
    }
}

#[test]
fn figures_that_ask_for_each_other_are_found() {
    // The grade asks for the scheme that the points name, and the points for the grade.
    let ring =
        folder("period = \"period\", within = \"'620000'\"", "period = \"grade\", within = \"'620000'\"");
    let text = ring.iter().find(|(path, _)| *path == "t/procedure.toml").map(|(_, text)| text.clone());
    let text = text.expect("the procedures").replace(
        "scheme = \"credit.places\", what = \"grade\", period = \"period\"",
        "scheme = \"credit.places\", what = \"grade\", period = \"CASE WHEN points > 1 THEN '2013' ELSE '2014' END\"",
    );
    let mut ring = ring;
    ring.iter_mut().find(|(path, _)| *path == "t/procedure.toml").expect("the procedures").1 = text;
    let loaded = load(&ring);
    let errors: Vec<&str> =
        loaded.problems.iter().filter(|one| one.is_error()).map(|one| one.code.as_ref()).collect();
    assert_eq!(errors, ["ZH2964", "ZH2964"], "{:?}", loaded.problems);
}

#[test]
fn a_case_that_is_opened_cannot_fetch() {
    let mut files = folder("", "");
    let (_, text) = files.iter_mut().find(|(path, _)| *path == "t/procedure.toml").expect("the procedures");
    *text = text.replace(
        "opened_on = { type = \"date\", zh = \"立案日期\", en = \"Opened\" } }",
        "opened_on = { type = \"date\", zh = \"立案日期\", en = \"Opened\" }, n = { type = \"integer\", optional = true, zh = \"数\", en = \"N\", from = { measure = \"credit.statements\", period = \"'2013'\" } } }",
    );
    *text =
        text.replace("form = [\"place\", \"opened_on\"]", "form = [\"place\", \"opened_on\"], may = [\"n\"]");
    let loaded = load(&files);
    let errors: Vec<&str> = loaded
        .problems
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .map(|one| one.code.as_ref())
        .collect();
    // One for each version that opens it.
    assert_eq!(errors, ["ZH2965", "ZH2965"], "{:?}", loaded.problems);
}

#[test]
fn every_part_is_in_the_digest_and_in_the_changes() {
    let plain = catalog("", "");
    for (from, to) in [
        ("may_differ = true", "may_differ = false"),
        ("what = \"top\"", "what = \"bottom\""),
        ("fine_share\", region = \"place\"", "fine_share\", region = \"'620000'\""),
        ("within = \"'620000'\"", "within = \"'621100'\""),
        ("least = \"3\"", "least = \"4\""),
        (", most_share = \"70\"", ""),
        ("cuts = { kind = \"kind\" }", "cuts = { kind = \"period\" }"),
        ("field = \"amount\"", "field = \"amount\", may_differ = true"),
        ("first = \"first\"", "first = \"step_on\""),
        ("scheme = \"credit.places\"", "scheme = \"scheme\""),
    ] {
        let changed = catalog(from, to);
        assert_ne!(changed.digest, plain.digest, "{from}");
        let changes = diff(&plain, &changed);
        assert!(changes.iter().all(|one| one.id == "t.report" && one.what.contains("from")), "{changes:?}");
        assert!(!changes.is_empty(), "{from}");
    }
    assert_eq!(catalog("fines = 3", "fines = 4").digest, plain.digest, "told figures are examples");
}

#[test]
fn figures_are_shown() {
    let catalog = catalog("", "");
    for lang in [Lang::Zh, Lang::En] {
        let shown = show(&catalog, "t.report", lang).expect("known");
        let text = format!("{shown:?}");
        assert!(text.contains("credit.fine_share (top)") && text.contains("within = '620000'"), "{text}");
        assert!(!text.contains('«'), "{text}");
    }
}
