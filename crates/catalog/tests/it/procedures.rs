//! Procedures, clocks and letters: what is read from a good folder, and what is said of each mistake.

use zhiheng_base::render::{Options, render};
use zhiheng_base::{Date, Lang, Severity};
use zhiheng_catalog::formula::Expr;
use zhiheng_catalog::letter::{Part, Piece, parts, pieces};
use zhiheng_catalog::model::{Effect, GatherBy, LetterFile, RoleAt, RoleBy, What};
use zhiheng_catalog::show::ShownTable;
use zhiheng_catalog::{Catalog, Loaded, Value, ValueType, diff, entries, load_bare, show};

mod figures;
mod folder;
mod mistakes;

use folder::{Files, files};

pub(super) fn load(files: &Files) -> Loaded {
    let texts: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    load_bare(&texts)
}

fn good() -> Catalog {
    let loaded = load(&files());
    let said: Vec<String> =
        loaded.problems.iter().map(|one| render(one, Lang::En, &Options::default())).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    loaded.catalog
}

/// The good folder with a text of a file replaced once.
fn with(path: &str, from: &str, to: &str) -> Files {
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(one, _)| *one == path).expect("a file of the folder");
    assert!(text.contains(from), "{path}: {from} is not there");
    *text = text.replacen(from, to, 1);
    files
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn a_good_folder_is_read() {
    let catalog = good();
    let ids: Vec<&str> = catalog.procedures.keys().map(String::as_str).collect();
    assert_eq!(ids, ["t.disposal_2011", "t.disposal_2020", "t.enforcement"]);
    let early = &catalog.procedures["t.disposal_2011"];
    assert_eq!((early.family.as_str(), early.dated.as_deref()), ("t.disposal", Some("sampled_on")));
    assert_eq!(catalog.procedures["t.enforcement"].family, "t.enforcement");
    assert_eq!(early.region, "sampled_in");
    assert_eq!(early.role("leader").expect("a role").by, RoleBy::Holds("head".to_owned()));
    assert_eq!(
        (early.role("organiser").expect("a role").at, early.role("leader").expect("a role").at),
        (RoleAt::Own, RoleAt::Any)
    );
    assert_eq!(early.within.map(|region| region.to_string()).as_deref(), Some("620000"));
    assert_eq!(early.role("producer").expect("a role").by, RoleBy::Party("producer".to_owned()));
    assert_eq!(early.role("anyone").expect("a role").by, RoleBy::Public);
    let states: Vec<(&str, bool, bool)> =
        early.states.iter().map(|state| (state.id.as_str(), state.end, state.binding)).collect();
    assert_eq!(states, [("notified", false, false), ("ordered", false, true), ("closed", true, false)]);
    let opening: Vec<&str> = early.openings().map(|step| step.id.as_str()).collect();
    assert_eq!(opening, ["notify"]);
    // The codes written in place are a list like any other.
    assert_eq!(catalog.lists["t.disposal_2011.verdict"].items.len(), 2);
}

#[test]
fn a_step_says_all_that_is_written() {
    let catalog = good();
    let procedure = &catalog.procedures["t.disposal_2020"];
    let notify = procedure.step("notify").expect("a step");
    let start = &notify.start[0];
    assert_eq!(
        (start.clock.as_str(), start.instance.as_str(), start.on.as_deref()),
        ("B1", "objection", Some("received_on"))
    );
    assert!(notify.notice && notify.from.is_empty() && notify.may == ["received_on", "remark"]);
    let order = procedure.step("order").expect("a step");
    // Without `as` the instance is the clock in lower case.
    assert_eq!((order.start[0].instance.as_str(), order.start[0].on.as_deref()), ("b3", None));
    assert_eq!(
        (order.approve.as_slice(), order.after.as_slice()),
        (&["leader".to_owned()][..], &["objection".to_owned()][..])
    );
    let when = order.when.as_ref().expect("a condition");
    assert_eq!(when.names, ["sampled_on", "step_on", "verdict"]);
    let What::Record { of, set } = &order.effects[0].what else { panic!("{:?}", order.effects) };
    let of_field = |id: &str| set.iter().find(|(field, _)| field == id).map(|(_, formula)| formula);
    assert_eq!((of.as_str(), set.len()), ("credit.statement", 6));
    assert_eq!(of_field("ends").expect("a formula").value_type, ValueType::Date);
    // A whole number fits a decimal field.
    assert_eq!(of_field("amount").expect("a formula").value_type, ValueType::Integer);
    let test = procedure.step("test").expect("a step");
    assert_eq!(test.pause, Some(("b3".to_owned(), "testing".to_owned())));
    let overrun = procedure.step("overrun").expect("a step");
    assert!(overrun.who.is_empty() && overrun.lapse.as_deref() == Some("b3"));
    assert!(matches!(overrun.effects[0], Effect { when: None, what: What::Withdraw { all: false, .. } }));
    let fix = procedure.step("fix").expect("a step");
    assert!(matches!(fix.effects[0], Effect { when: Some(_), what: What::Correct { all: true, .. } }));
    let estimate = procedure.step("estimate").expect("a step");
    let (field, gather) = &estimate.gather[0];
    assert_eq!((estimate.count, field.as_str(), gather.by), (3, "estimate", GatherBy::MeanWithoutExtremes));
    assert_eq!(estimate.set[0].1.expr, Expr::Constant(Value::Null));
    assert_eq!(
        (order.count, procedure.role("leader").expect("a role").apart.as_slice()),
        (1, &["notify".to_owned()][..])
    );
    let Effect { when: Some(when), what: What::Open { family, step, set } } = &overrun.effects[1] else {
        panic!("{:?}", overrun.effects)
    };
    assert_eq!((when.text.as_str(), family.as_str(), set.len()), ("times > 0", "t.enforcement", 2));
    assert_eq!(step.as_deref(), Some("open-case"));
    let object = procedure.step("object").expect("a step");
    assert_eq!((object.set[0].0.as_str(), object.set[0].1.value_type), ("times", ValueType::Integer));
    assert_eq!(object.fresh, ["statement"]);
    assert_eq!(order.start[0].until.as_deref(), Some("deadline"));
}

#[test]
fn told_cases_are_read() {
    let catalog = good();
    let [example] = &catalog.procedures["t.disposal_2011"].examples[..] else { panic!("one example") };
    let acts: Vec<(&str, &str, Date)> =
        example.steps.iter().map(|step| (step.act.as_str(), step.by.as_str(), step.on)).collect();
    assert_eq!(
        acts,
        [
            ("notify", "organiser/2", day("2013-06-03")),
            ("order", "organiser", day("2013-06-04")),
            ("approve", "leader", day("2013-07-01")),
            ("lapse", "", day("2013-12-01")),
        ]
    );
    let form: Vec<(&str, &str)> =
        example.steps[0].form.iter().map(|(field, cell)| (field.as_str(), cell.as_str())).collect();
    assert_eq!(form, [("sampled_on", "2013-05-20"), ("sampled_in", "621122"), ("verdict", "nonconform")]);
    assert_eq!(example.steps[1].refused.as_deref(), Some("ZH8212"));
    assert_eq!((example.state.as_deref(), example.letters), (Some("closed"), Some(2)));
    assert_eq!(example.due, [("b3".to_owned(), day("2013-08-30"))]);
    assert_eq!(example.records, [("credit.statement".to_owned(), 0)]);
    assert_eq!(example.opened, [("t.enforcement".to_owned(), 1)]);
}

#[test]
fn a_letter_falls_into_pieces() {
    let catalog = good();
    let letter = &catalog.letters["t.result-notice"];
    assert_eq!((letter.body_line, letter.file.as_str()), (7, "t/letters/result-notice.md"));
    let text = |text: &str| Piece::Text(text.to_owned());
    let field = |name: &str| Piece::Field(name.to_owned());
    assert_eq!(
        pieces(letter).expect("a good letter"),
        [
            text("批号"),
            field("lot"),
            text("。"),
            Piece::If {
                name: "remark".to_owned(), inner: vec![text("备注："), field("remark"), text("。")]
            },
            Piece::StepOn,
            text(" "),
            Piece::CaseNo,
            text(" "),
            Piece::LetterNo,
            text(" "),
            Piece::ByUnit,
            text("\n\n异议截止："),
            Piece::Clock { instance: "objection".to_owned(), opens: false },
            text("。\n"),
        ]
    );
    assert_eq!(
        parts(&letter.series),
        Some(vec![
            Part::Name("unit".to_owned()),
            Part::Text("告〔".to_owned()),
            Part::Name("year".to_owned()),
            Part::Text("〕".to_owned()),
        ])
    );
    for bad in ["{", "}", "a}b", "{}", "{a{b}}", "x{year"] {
        assert_eq!(parts(bad), None, "{bad}");
    }
    assert_eq!(parts(""), Some(vec![]));
}

#[test]
fn deep_and_torn_letters_end_in_words() {
    let letter = |body: String| LetterFile { body, ..LetterFile::default() };
    let nested = |n: usize| letter(format!("{}{}", "{{if a}}".repeat(n), "{{end}}".repeat(n)));
    assert!(pieces(&nested(8)).is_ok());
    let codes = |letter: &LetterFile| -> Vec<String> {
        pieces(letter).expect_err("problems").iter().map(|one| one.code.to_string()).collect()
    };
    assert_eq!(codes(&nested(9))[0], "ZH2954");
    // Told only so often, however long the line.
    assert!(codes(&nested(100_000)).len() < 40);
    assert_eq!(codes(&letter("{{".repeat(50_000))), ["ZH2951"]);
    let mut many = files();
    let (_, text) =
        many.iter_mut().find(|(path, _)| *path == "t/letters/result-notice.md").expect("a letter");
    text.push_str(&"{{field nothing}}".repeat(10_000));
    let told = load(&many).problems.iter().filter(|one| one.code == "ZH2957").count();
    // Twenty for each of the two versions that write it.
    assert_eq!(told, 40);
    // Every cut of a good body is pieces or problems.
    let whole = &good().letters["t.result-notice"].body;
    for end in (0..whole.len()).filter(|&at| whole.is_char_boundary(at)) {
        let _ = pieces(&letter(whole[..end].to_owned()));
    }
}

#[test]
fn every_rule_is_part_of_the_digest_and_no_example_is() {
    let plain = good();
    let digest = |path: &str, from: &str, to: &str| {
        let loaded = load(&with(path, from, to));
        assert!(!loaded.has_errors(), "{from}: {:?}", loaded.problems);
        loaded.catalog.digest
    };
    for (path, from, to) in [
        ("clocks/procedure.toml", "days = 60", "days = 61"),
        ("clocks/procedure.toml", "confirmed = true", "confirmed = false"),
        ("t/procedure.toml", "approve = [\"leader\"]\n", ""),
        ("t/procedure.toml", "= 'nonconform' AND", "= 'conform' AND"),
        ("t/procedure.toml", "greatest(was_on_day, step_on)", "greatest(was_on_day, sampled_on)"),
        ("t/procedure.toml", "binding = true", "binding = false"),
        ("t/procedure.toml", "at = \"own\"", "at = \"above\""),
        ("t/procedure.toml", "at = \"own\"", "at = \"province\""),
        ("t/procedure.toml", "apart = [\"notify\"]", "apart = [\"order\"]"),
        ("t/procedure.toml", "count = 3", "count = 4"),
        ("t/procedure.toml", "by = \"mean-without-extremes\"", "by = \"mean\""),
        ("t/procedure.toml", ", all = true", ""),
        ("t/procedure.toml", ", until = \"deadline\"", ""),
        ("t/procedure.toml", "fresh = [\"statement\"]", "fresh = [\"photo\"]"),
        ("t/procedure.toml", "times, 0) + 1", "times, 0) + 2"),
        ("t/procedure.toml", "times > 0", "times > 1"),
        ("t/procedure.toml", "within = \"620000\"", "within = \"621100\""),
        ("t/letters/order-to-correct.md", "前改正", "之前改正"),
        ("t/letters/order-to-correct.md", "责改〔", "改〔"),
    ] {
        assert_ne!(digest(path, from, to), plain.digest, "{from}");
    }
    for (path, from, to) in [
        ("t/procedure.toml", "letters = 2", "letters = 3"),
        ("t/procedure.toml", "id = \"notify\"", "# a remark\nid   = \"notify\""),
        (
            "clocks/procedure.toml",
            "confirmed = true\n",
            "confirmed = true\nexample = [{ start = 2024-01-02 }]\n",
        ),
    ] {
        assert_eq!(digest(path, from, to), plain.digest, "{from}");
    }
}

#[test]
fn procedures_may_stand_in_several_files() {
    let mut split = files();
    let (_, text) = split.iter_mut().find(|(path, _)| *path == "t/procedure.toml").expect("the procedures");
    let at = text.find("[procedure.enforcement]").expect("a procedure");
    let rest = text.split_off(at);
    split.push(("t/procedure-enforcement.toml", rest));
    let loaded = load(&split);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    assert_eq!(loaded.catalog.digest, good().digest, "the digest is of what is said, not of where");
    let origin = &loaded.catalog.procedures["t.enforcement"].head.origin;
    assert_eq!((origin.file.as_str(), origin.line), ("t/procedure-enforcement.toml", 1));
    // A slip is told where it stands.
    let (_, text) = split.last_mut().expect("a file");
    *text = text.replace("to = \"done\"", "to = \"dnoe\"");
    let loaded = load(&split);
    let slip = loaded.problems.iter().find(|one| one.code == "ZH2920").expect("the slip");
    let place = format!("{:?}", slip.at);
    assert!(place.contains("t/procedure-enforcement.toml"), "{place}");
    // What stands in two files stands twice.
    let mut twice = files();
    twice.push(("t/procedure-more.toml", "[[clock]]\nid = \"B1\"\n".to_owned()));
    assert!(load(&twice).problems.iter().any(|one| one.is_error()));
    let mut twice = files();
    let (_, text) = twice.iter().find(|(path, _)| *path == "t/procedure.toml").expect("the procedures");
    let at = text.find("[procedure.enforcement]").expect("a procedure");
    let again = text[at..].to_owned();
    twice.push(("t/procedure-more.toml", again));
    let told = load(&twice).problems;
    let told = told.iter().find(|one| one.code == "ZH2008").expect("what stands twice");
    assert!(told.message(Lang::En).contains("already is a procedure"), "{}", told.message(Lang::En));
}

#[test]
fn changes_name_the_step_and_move_no_figure() {
    let changed = load(&with("t/procedure.toml", "approve = [\"leader\"]\n", "")).catalog;
    let lines: Vec<String> = diff(&good(), &changed)
        .iter()
        .map(|one| format!("{} {} {} {}", one.kind, one.id, one.what, one.figures))
        .collect();
    assert_eq!(lines, ["procedure t.disposal_2011 step.order.approve false"]);
}

#[test]
fn procedures_clocks_and_letters_can_be_shown() {
    let catalog = good();
    for id in ["t.disposal_2020", "t.enforcement", "B1", "B3", "W", "t.result-notice"] {
        for lang in [Lang::Zh, Lang::En] {
            let shown = show(&catalog, id, lang).expect("a known id");
            assert!(!format!("{shown:?}").contains('«'), "{id}: {shown:?}");
            let even = |table: &ShownTable| table.rows.iter().all(|row| row.len() == table.columns.len());
            assert!(shown.tables.iter().all(even), "{id}");
        }
    }
    let shown = show(&catalog, "t.disposal_2020", Lang::En).expect("a known id");
    let steps = shown.tables.iter().find(|table| table.title == "Steps").expect("steps");
    assert_eq!(
        steps.rows[2],
        [
            "order",
            "Order to correct",
            "Notified → Ordered to correct",
            "Organising office; approved by Head of the office",
            "",
            "starts b3 (B3); letter order-to-correct; enters credit.statement",
        ]
    );
}

#[test]
fn everything_is_listed_once() {
    let catalog = good();
    let mut found: Vec<(&str, &str)> = entries(&catalog).iter().map(|one| (one.kind, one.id)).collect();
    found.retain(|(kind, _)| ["clock", "letter", "procedure"].contains(kind));
    let wanted = [
        ("procedure", "t.disposal_2011"),
        ("procedure", "t.disposal_2020"),
        ("procedure", "t.enforcement"),
        ("letter", "t.order-to-correct"),
        ("letter", "t.result-notice"),
        ("clock", "B1"),
        ("clock", "B3"),
        ("clock", "H.hours"),
        ("clock", "W"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn later_folders_replace_clocks() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("clocks");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("README.md"), "#").expect("a file");
    let own = files().iter().find(|(path, _)| *path == "clocks/procedure.toml").expect("clocks").1.clone();
    std::fs::write(folder.join("procedure.toml"), own.replace("days = 60", "days = 30")).expect("a file");
    let loaded = zhiheng_catalog::load(&[root.path()]);
    assert!(!loaded.has_errors(), "{:?}", loaded.problems);
    let notes = loaded.problems.iter().filter(|one| one.code == "ZH2009");
    assert!(notes.clone().count() >= 2 && notes.clone().all(|one| one.severity == Severity::Note));
    assert_eq!(loaded.catalog.clocks["B3"].name.en, "Correction");
    assert!(loaded.catalog.clocks.contains_key("A1"), "the shipped clocks stay");
    let rule = format!("{:?}", loaded.catalog.clocks["B3"].rule);
    assert!(rule.contains("Days(30)"), "{rule}");
}
