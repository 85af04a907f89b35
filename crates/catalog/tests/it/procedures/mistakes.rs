//! One mistake each in the good folder: its code, and words in both languages without gaps.

use zhiheng_base::Lang;
use zhiheng_base::render::{Options, render};

use super::{files, load, with};

const P: &str = "t/procedure.toml";
const C: &str = "clocks/procedure.toml";
const L: &str = "t/letters/order-to-correct.md";

/// Title, code, file, what is replaced and by what.
const CASES: &[(&str, &str, &str, &str, &str)] = &[
    ("slip in a key", "ZH2002", P, "approve = [", "aprove = ["),
    ("no region", "ZH2003", P, "region = \"sampled_in\"\n", ""),
    ("region is no region", "ZH2204", P, "region = \"sampled_in\"", "region = \"lot\""),
    ("date is no date", "ZH2203", P, "dated = \"sampled_on\"", "dated = \"lot\""),
    ("slip in a field of the sheet", "ZH2201", P, "form = [\"sampled_on\"", "form = [\"sampled_no\""),
    ("slip in the sheet's formula", "ZH2706", P, "when = \"verdict", "when = \"verdit"),
    (
        "condition that is no condition",
        "ZH2315",
        P,
        "when = \"verdict = 'nonconform' AND sampled_on <= step_on\"",
        "when = \"case_no\"",
    ),
    ("slip in a state", "ZH2920", P, "from = [\"ordered\"]", "from = [\"orderd\"]"),
    ("unknown state", "ZH2921", P, "to = \"ordered\"", "to = \"elsewhere\""),
    ("slip in a role", "ZH2920", P, "approve = [\"leader\"]", "approve = [\"leder\"]"),
    ("unknown office", "ZH2921", P, "holds = \"head\"", "holds = \"mayor\""),
    ("slip in an attachment", "ZH2920", P, "evidence = [\"test-report\"]", "evidence = [\"test-reprot\"]"),
    ("slip in a clock", "ZH2920", P, "clock = \"B3\"", "clock = \"B33\""),
    ("clock that is not started", "ZH2921", P, "after = [\"objection\"]", "after = [\"publicity\"]"),
    ("slip in a running clock", "ZH2920", P, "lapse = \"b3\"", "lapse = \"b4\""),
    ("slip in a family", "ZH2920", P, "closed = [\"t.enforcement\"]", "closed = [\"t.enforcment\"]"),
    ("slip in a family to open", "ZH2920", P, "open = \"t.enforcement\"", "open = \"t.enforcment\""),
    ("slip in a letter", "ZH2920", P, "\"order-to-correct\"", "\"order-to-corect\""),
    ("slip in a code", "ZH2920", P, "kind = \"'order'\"", "kind = \"'ordre'\""),
    ("slip in a told step", "ZH2920", P, "do = \"order\"", "do = \"oder\""),
    ("told by nobody", "ZH2003", P, "do = \"approve\", by = \"leader\"", "do = \"approve\""),
    ("told field that is none", "ZH2214", P, "form = { sampled_on = 2013", "form = { nothing_known = 2013"),
    (
        "expected state that is none",
        "ZH2921",
        P,
        "expect = { state = \"closed\"",
        "expect = { state = \"elsewhere\"",
    ),
    ("field that formulas know", "ZH2922", P, "remark = { type", "case_no = { type"),
    ("family without a folder", "ZH2923", P, "version_of = \"t.disposal\"", "version_of = \"disposal\""),
    ("party that is no enterprise", "ZH2924", P, "party = \"producer\"", "party = \"sampled_on\""),
    ("two ways to have a role", "ZH2905", P, "public = true", "public = true, holds = \"head\""),
    ("clock in hours", "ZH2925", P, "clock = \"B3\"", "clock = \"H.hours\", as = \"b3\""),
    (
        "clock without a name of its own",
        "ZH2926",
        P,
        "{ clock = \"B3\", until = \"deadline\" }",
        "{ clock = \"B3\", until = \"deadline\" }, { clock = \"H.hours\" }",
    ),
    ("step called approve", "ZH2927", P, "id = \"fix\"", "id = \"approve\""),
    ("two steps, one id", "ZH2901", P, "id = \"tested\"", "id = \"test\""),
    (
        "one clock twice in a step",
        "ZH2901",
        P,
        "{ clock = \"B3\", until = \"deadline\" }",
        "{ clock = \"B3\", until = \"deadline\" }, { clock = \"B1\", as = \"b3\" }",
    ),
    ("way out of an end", "ZH2930", P, "from = [\"ordered\"]", "from = [\"closed\", \"ordered\"]"),
    ("opening to nowhere", "ZH2931", P, "to = \"notified\"\n", ""),
    ("the public approves", "ZH2932", P, "approve = [\"leader\"]", "approve = [\"anyone\"]"),
    ("nobody takes it", "ZH2933", P, "who = [\"producer\", \"anyone\"]\n", ""),
    ("opened by a lapse", "ZH2934", P, "notice = true", "lapse = \"objection\""),
    ("a clock fills in a form", "ZH2935", P, "lapse = \"b3\"", "lapse = \"b3\"\nform = [\"remark\"]"),
    ("a field twice", "ZH2936", P, "may = [\"received_on\"", "may = [\"lot\", \"received_on\""),
    ("opened nowhere", "ZH2937", P, "\"sampled_in\", \"producer\"", "\"producer\""),
    ("reason that stops nothing", "ZH2938", P, "reason = \"testing\"", "reason = \"holidays\""),
    (
        "field that nobody fills",
        "ZH2939",
        P,
        "may = [\"received_on\", \"remark\"]",
        "may = [\"received_on\"]",
    ),
    ("two versions on one day", "ZH2940", P, "until = 2019-12-31", "until = 2020-01-01"),
    ("versions by other dates", "ZH2941", P, "dated = \"sampled_on\"\n", ""),
    (
        "corrects what it never entered",
        "ZH2942",
        P,
        "effects = [{ record = \"credit.statement\", set = { number = \"case_no\", holder = \"producer\", kind = \"'order'\", on_day = \"step_on\", ends = \"due_b3\", amount = \"amount\" } }]\n",
        "",
    ),
    ("record without its number", "ZH2943", P, "number = \"case_no\", ", ""),
    ("case without its place", "ZH2943", P, "place = \"sampled_in\", ", ""),
    ("codes of another list", "ZH2944", P, "kind = \"'order'\"", "kind = \"verdict\""),
    ("more than the opening takes", "ZH2945", P, "\"place\", \"opened_on\"] }", "\"place\"] }"),
    ("text for a date", "ZH2315", P, "on_day = \"step_on\"", "on_day = \"case_no\""),
    ("slip in a field to set", "ZH2201", P, "holder = \"producer\"", "hodler = \"producer\""),
    ("slip in a due day", "ZH2706", P, "ends = \"due_b3\"", "ends = \"due_b4\""),
    ("unknown record type", "ZH2021", P, "record = \"credit.statement\"", "record = \"credit.statements\""),
    ("two effects in one", "ZH2905", P, "{ withdraw =", "{ record = \"credit.statement\", withdraw ="),
    (
        "withdrawal that sets",
        "ZH2014",
        P,
        "{ withdraw = \"credit.statement\" }",
        "{ withdraw = \"credit.statement\", set = { ends = \"step_on\" } }",
    ),
    (
        "state that nobody reaches",
        "ZH2947",
        P,
        "closed = { zh",
        "lost = { zh = \"失\", en = \"Lost\", end = true }\nclosed = { zh",
    ),
    ("state without a way out", "ZH2948", P, "to = \"done\"", "to = \"open\""),
    (
        "no opening step",
        "ZH2949",
        P,
        "name = { zh = \"立案\", en = \"Open\" }",
        "name = { zh = \"立案\", en = \"Open\" }, from = [\"open\"]",
    ),
    (
        "round for ever",
        "ZH2958",
        P,
        "en = \"Done\", end = true } }\nstep = [\n",
        "en = \"Done\", end = true }, round = { zh = \"转\", en = \"Round\" }, again = { zh = \"再\", en = \"Again\" } }\nstep = [\n  \
         { id = \"go\", name = { zh = \"去\", en = \"Go\" }, from = [\"open\"], to = \"round\", who = [\"officer\"] },\n  \
         { id = \"back\", name = { zh = \"回\", en = \"Back\" }, from = [\"round\"], to = \"again\", who = [\"officer\"] },\n  \
         { id = \"on\", name = { zh = \"又\", en = \"On\" }, from = [\"again\"], to = \"round\", who = [\"officer\"] },\n",
    ),
    ("deadline that is no date", "ZH2203", P, "until = \"deadline\"", "until = \"lot\""),
    ("slip in a deadline", "ZH2201", P, "until = \"deadline\"", "until = \"deadlin\""),
    ("region that is none", "ZH1004", P, "within = \"620000\"", "within = \"62x\""),
    ("field worked out that is none", "ZH2201", P, "set = { times =", "set = { tims ="),
    ("field worked out of another type", "ZH2315", P, "coalesce(times, 0) + 1", "lot"),
    ("effect on no condition", "ZH2315", P, "when = \"times > 0\"", "when = \"times\""),
    ("slip in an opening step", "ZH2920", P, "step = \"open-case\"", "step = \"opencase\""),
    ("opened with approval", "ZH2961", P, "notice = true", "approve = [\"leader\"]"),
    ("a clock attaches files", "ZH2935", P, "lapse = \"b3\"", "lapse = \"b3\"\nfresh = [\"photo\"]"),
    ("role apart from no step", "ZH2920", P, "at = \"own\"", "apart = [\"ordre\"]"),
    ("several persons open a case", "ZH2962", P, "notice = true", "count = 2"),
    (
        "several persons and approval",
        "ZH2962",
        P,
        "approve = [\"leader\"]",
        "approve = [\"leader\"]\ncount = 2",
    ),
    ("several enterprises", "ZH2962", P, "fresh = [\"statement\"]", "fresh = [\"statement\"]\ncount = 2"),
    ("one person is not several", "ZH2015", P, "pause = { clock", "count = 1\npause = { clock"),
    (
        "nothing to gather",
        "ZH2963",
        P,
        "pause = { clock",
        "gather = { amount = { of = \"times\", by = \"sum\" } }\npause = { clock",
    ),
    (
        "nothing left in the middle",
        "ZH2977",
        P,
        "pause = { clock",
        "count = 2\ngather = { estimate = { of = \"times\", by = \"mean-without-extremes\" } }\npause = { clock",
    ),
    (
        "whole number for a mean",
        "ZH2979",
        P,
        "pause = { clock",
        "count = 3\ngather = { amount = { of = \"times\", by = \"mean\" } }\npause = { clock",
    ),
    (
        "slip in how figures become one",
        "ZH2005",
        P,
        "pause = { clock",
        "count = 3\ngather = { estimate = { of = \"times\", by = \"meen\" } }\npause = { clock",
    ),
    (
        "emptied though needed",
        "ZH2978",
        P,
        "coalesce(times, 0) + 1\" }",
        "coalesce(times, 0) + 1\", lot = \"NULL\" }",
    ),
    ("record that lacks what it was", "ZH2706", P, "greatest(was_on_day,", "greatest(was_day,"),
    ("all of what is entered", "ZH2014", P, "effects = [{ record =", "effects = [{ all = true, record ="),
    ("field with the name of what was", "ZH2922", P, "remark = { type", "was_lot = { type"),
    ("wrong reach of a role", "ZH2005", P, "at = \"own\"", "at = \"owns\""),
    ("letter without front matter", "ZH2950", L, "---\ntitle", "title"),
    ("directive that does not end", "ZH2951", L, "{{clock b3}}", "{{clock b3"),
    ("part that does not end", "ZH2952", L, "{{clock b3}}", "{{if lot}}{{clock b3}}"),
    ("end of nothing", "ZH2953", L, "{{clock b3}}", "{{clock b3}}{{end}}"),
    ("slip in a directive", "ZH2955", L, "{{clock b3}}", "{{clok b3}}"),
    ("no directive", "ZH2956", L, "{{clock b3}}", "{{what it says}}"),
    ("letter with an unknown field", "ZH2957", L, "{{clock b3}}", "{{field lots}}"),
    ("letter with an unknown clock", "ZH2957", L, "{{clock b3}}", "{{clock publicity}}"),
    ("letter to an unknown field", "ZH2957", L, "to = \"{producer}\"", "to = \"{holder}\""),
    ("first day of what has none", "ZH2959", L, "{{clock b3}}", "{{clock b3 opens}}"),
    ("unknown part of a series", "ZH2960", L, "{unit}责改", "{office}责改"),
    ("brace without its partner", "ZH2960", L, "to = \"{producer}\"", "to = \"{producer\""),
    ("letter without a series", "ZH2003", L, "series = \"{unit}责改〔{year}〕\"\n", ""),
    ("clock without a length", "ZH8106", C, "days = 60\n", ""),
    ("clock of no days", "ZH8105", C, "days = 60", "days = 0"),
    ("clock twice", "ZH8109", C, "id = \"W\"", "id = \"B3\""),
    ("slip in a clock's key", "ZH2002", C, "days = 60", "dayes = 60"),
    ("slip in what an end means", "ZH2005", C, "sense = \"right\"", "sense = \"rihgt\""),
    ("clocks that are no list", "ZH2004", C, "\n[[clock]]\nid = \"B1\"", "\n[clock]\nid = \"B1\""),
];

#[test]
fn each_mistake_has_its_code() {
    let mut failed = Vec::new();
    for (title, code, path, from, to) in CASES {
        let loaded = load(&with(path, from, to));
        let found: Vec<String> = loaded.problems.iter().map(|one| one.code.to_string()).collect();
        if !found.iter().any(|one| one == code) {
            failed.push(format!("{title}: {code} is not among {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn prose(lang: Lang) -> String {
    let mut out = String::new();
    for (title, _, path, from, to) in CASES {
        let loaded = load(&with(path, from, to));
        out.push_str(&format!("── {title}\n"));
        for problem in &loaded.problems {
            let text = render(problem, lang, &Options::default());
            assert!(!text.contains('«'), "{title}: {text}");
            out.push_str(&text);
        }
        out.push('\n');
    }
    out
}

#[test]
fn mistakes_in_chinese() {
    insta::assert_snapshot!(prose(Lang::Zh));
}

#[test]
fn mistakes_in_english() {
    insta::assert_snapshot!(prose(Lang::En));
}

#[test]
fn what_rests_on_a_mistake_is_left_out_with_a_note() {
    // The letter of one procedure, the clock of another's step, and the procedure that is opened.
    for (path, from, to, because) in [
        (L, "{{clock b3}}", "{{clok b3}}", "t.order-to-correct"),
        (C, "days = 60", "days = 0", "B3"),
        (P, "to = \"done\"", "to = \"gone\"", "t.enforcement"),
        ("credit/records.toml", "date = \"on_day\"", "date = \"on_dya\"", "credit.statement"),
    ] {
        let loaded = load(&with(path, from, to));
        let notes: Vec<String> = (loaded.problems.iter())
            .filter(|one| one.code == "ZH2025")
            .map(|one| render(one, Lang::En, &Options::default()))
            .collect();
        assert!(notes.iter().any(|note| note.contains(because)), "{because}: {notes:?}");
        assert!(!loaded.catalog.procedures.contains_key("t.disposal_2020"), "{because}");
        assert_eq!(loaded.problems.iter().filter(|one| one.is_error()).count(), 1, "{because}");
    }
}

#[test]
fn a_clock_or_procedure_that_lost_lines_is_left_out() {
    let loaded = load(&with(C, "days = 15\n", "days = 15\ndays = 16\n"));
    assert!(!loaded.catalog.clocks.contains_key("B1") && loaded.catalog.clocks.contains_key("B3"));
    let loaded = load(&with(P, "notice = true\n", "notice = true\nnotice = false\n"));
    let ids: Vec<&str> = loaded.catalog.procedures.keys().map(String::as_str).collect();
    assert_eq!(ids, ["t.disposal_2020", "t.enforcement"]);
    // In one file with a procedure, a clock's slip is the clock's.
    let mut files = with(P, "[procedure.enforcement]", "[procedure.enforcement]");
    let (_, text) = files.iter_mut().find(|(path, _)| *path == P).expect("the procedures");
    text.push_str("\n[[clock]]\nid = \"Z\"\nname = { zh = \"甲\", en = \"Z\" }\nfrom = \"x\"\nfrom = \"y\"\nstart = { zh = \"甲\", en = \"Z\" }\ndays = 1\nbasis = [\"法\"]\nconfirmed = true\n");
    let loaded = load(&files);
    assert!(loaded.has_errors() && !loaded.catalog.clocks.contains_key("Z"));
    assert_eq!(loaded.catalog.procedures.len(), 3);
}

#[test]
fn a_mistake_in_one_version_leaves_the_other() {
    let loaded = load(&with(P, "approve = [\"leader\"]", "approve = [\"leder\"]"));
    let ids: Vec<&str> = loaded.catalog.procedures.keys().map(String::as_str).collect();
    assert_eq!(ids, ["t.disposal_2020", "t.enforcement"]);
}

#[test]
fn any_cut_is_read_or_refused() {
    let whole = files();
    for (at, (_, text)) in whole.iter().enumerate().filter(|(_, (path, _))| [P, C, L].contains(path)) {
        for start in (0..text.len()).step_by(97).filter(|&at| text.is_char_boundary(at)) {
            let end = (start + 11..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
            let mut cut = whole.clone();
            cut[at].1 = format!("{}{}", &text[..start], &text[end..]);
            let loaded = load(&cut);
            for problem in &loaded.problems {
                render(problem, Lang::Zh, &Options::default());
            }
        }
    }
}
