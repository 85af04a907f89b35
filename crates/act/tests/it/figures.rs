//! Figures that forms need: what is asked for, what nobody may type, what is kept and what is approved.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::json;
use zhiheng_act::case::{
    Act, Ask, Case, Figure, Officer, Staff, Taken, Wanted, World, open, run_example, take, tell, wanted,
};
use zhiheng_base::{Diagnostic, Lang, RegionCode};
use zhiheng_catalog::{Catalog, Value};

use crate::{CALENDAR, day};

const HEAD: &str =
    "name = { zh = \"名称\", en = \"Name\" }\nbasis = [\"某法\"]\nowner = \"某科\"\nsince = 2010-01-01\n";

const PROCEDURE: &str = r#"
[procedure.check]
HEAD
region = "place"

[procedure.check.roles]
officer = { zh = "经办", en = "Officer", holds = "officer" }
head = { zh = "负责人", en = "Head", holds = "head" }

[procedure.check.fields]
place   = { type = "region", at_least = "county", zh = "地区", en = "Place" }
first   = { type = "date", zh = "首日", en = "First day" }
last    = { type = "date", zh = "末日", en = "Last day" }
period  = { type = "text", optional = true, zh = "时期", en = "Period" }
who     = { type = "text", zh = "当事人", en = "Party" }
rule    = { type = "text", zh = "规则", en = "Rule" }
tables  = { type = "text", optional = true, zh = "表格", en = "Tables" }
fines   = { type = "integer", min = 0, zh = "罚款数", en = "Fines", from = { measure = "t.fines", region = "'100000'", first = "first", last = "last", cuts = { who = "who" } } }
paid    = { type = "money", zh = "罚款额", en = "Paid", from = { measure = "t.paid", first = "first", last = "last", may_differ = true } }
least   = { type = "integer", min = 1, zh = "最少", en = "Least", from = { record = "t.rule", find = { number = "rule" }, field = "least" } }
hidden  = { type = "integer", zh = "隐去", en = "Hidden", from = { disclosure = "tables", what = "hidden", least = "least" } }
points  = { type = "decimal", optional = true, zh = "得分", en = "Points", from = { scheme = "t.places", what = "points", period = "period", within = "place" } }

[procedure.check.states]
begun = { zh = "已立", en = "Begun" }
held  = { zh = "核对", en = "Held against the ledger" }
done  = { zh = "办结", en = "Done", end = true }

[[procedure.check.step]]
id = "begin"
name = { zh = "立", en = "Begin" }
to = "begun"
who = ["officer"]
form = ["place", "first", "last", "who"]
may = ["period", "tables"]

[[procedure.check.step]]
id = "hold"
name = { zh = "核对", en = "Hold" }
from = ["begun", "held"]
to = "held"
who = ["officer"]
form = ["fines", "paid"]
may = ["points"]
when = "fines <= 10"

[[procedure.check.step]]
id = "close"
name = { zh = "办结", en = "Close" }
from = ["held"]
to = "done"
who = ["officer"]
approve = ["head"]
form = ["rule", "least", "hidden", "paid"]

[[procedure.check.example]]
steps = [
  { do = "begin", by = "officer", on = 2013-07-01, form = { place = "621122", first = 2013-04-01, last = 2013-06-30, who = "甲 公司", tables = "t.fines/621122/2013Q2;who=*" } },
  { do = "hold", by = "officer", on = 2013-07-01, form = { fines = 2 }, figures = { fines = 2, paid = 100 }, refused = "ZH8243" },
  { do = "hold", by = "officer", on = 2013-07-01, figures = { fines = 11, paid = 100 }, refused = "ZH8208" },
  { do = "hold", by = "officer", on = 2013-07-02, figures = { fines = { value = 2, at = "t.fines/100000/2013Q2;who=甲%20公司" }, paid = 100 } },
  { do = "close", by = "officer", on = 2013-07-03, form = { rule = "A", paid = 120 }, figures = { least = { value = 3, at = "t.rule.least/2013-07-03;number=A" }, hidden = { value = 1, at = "t.fines/621122/2013Q2;who=*;least=3" }, paid = 100 }, reason = "另收 20" },
  { do = "approve", by = "head", on = 2013-07-04 },
]
expect = { state = "done" }
"#;

const RECORDS: &str = r#"
[record.fine]
HEAD
key = ["number"]
date = "on_day"
region = "place"
[record.fine.fields]
number = { type = "text", zh = "文号", en = "Number" }
on_day = { type = "date", zh = "日期", en = "Day" }
place  = { type = "region", zh = "地区", en = "Place" }
who    = { type = "text", zh = "当事人", en = "Party" }
amount = { type = "money", zh = "数额", en = "Amount" }

[record.rule]
HEAD
key = ["number"]
date = "on_day"
[record.rule.fields]
number = { type = "text", zh = "编号", en = "Number" }
on_day = { type = "date", zh = "日期", en = "Day" }
least  = { type = "integer", zh = "最少", en = "Least" }
"#;

const INDICATORS: &str = r#"
[indicator.fines]
HEAD
kind = "count"
of = "t.fine"
by = ["who"]
unit = { zh = "件", en = "fines" }
better = "neither"
round = { rule = "gbt8170", digits = 0 }
[indicator.paid]
HEAD
kind = "sum"
of = "t.fine"
value = "amount"
unit = { zh = "元", en = "yuan" }
better = "neither"
round = { rule = "gbt8170", digits = 2 }
"#;

const SCHEME: &str = r#"
[scheme.places]
HEAD
assesses = "county"
full = 10
round = { rule = "gbt8170", digits = 1 }
missing = "zero"
bands = [{ grade = "A", name = { zh = "甲", en = "A" }, from = 5 }, { grade = "B", name = { zh = "乙", en = "B" }, from = 0 }]
[[scheme.places.item]]
id = "fines"
name = { zh = "罚款", en = "Fines" }
points = 10
measure = "t.fines"
score = { binary = { at_most = 2 } }
"#;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let whole = |text: &str| text.replace("HEAD\n", HEAD);
    let roles = format!(
        "[list.role]\n{HEAD}items = [{{ code = \"officer\", zh = \"经办\", en = \"Officer\" }}, {{ code = \"head\", zh = \"负责人\", en = \"Head\" }}]\n"
    );
    let loaded = zhiheng_catalog::load_texts(&[
        ("base/README.md", ""),
        ("base/lists.toml", &roles),
        ("t/README.md", ""),
        ("t/records.toml", &whole(RECORDS)),
        ("t/indicators.toml", &whole(INDICATORS)),
        ("t/scheme.toml", &whole(SCHEME)),
        ("t/procedure.toml", &whole(PROCEDURE)),
    ]);
    assert!(!loaded.has_errors(), "{:#?}", loaded.problems);
    loaded.catalog
});

fn staff() -> Staff {
    let officer = |account: &str, role: &str| Officer {
        account: account.into(),
        person: account.into(),
        unit: "某局".into(),
        short: String::new(),
        region: RegionCode::parse("621122").unwrap(),
        role: role.into(),
        superior: None,
        since: day("2010-01-01"),
        until: None,
    };
    Staff { officers: vec![officer("o", "officer"), officer("h", "head")], delegations: Vec::new() }
}

fn within<T>(work: impl FnOnce(World<'_>) -> T) -> T {
    let staff = staff();
    work(World {
        catalog: &CATALOG,
        calendar: &CALENDAR,
        staff: &staff,
        today: day("2030-01-01"),
        below: &[],
        number: &|_| 1,
    })
}

fn ask(step: &str, form: &[(&str, Value)]) -> Ask {
    Ask {
        act: Act::Step(step.into()),
        account: "o".into(),
        on: day("2013-07-01"),
        form: form.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect(),
        figures: BTreeMap::new(),
        evidence: Vec::new(),
        reason: None,
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn with(mut ask: Ask, figures: &[(&str, Value)]) -> Ask {
    for (id, value) in figures {
        let figure = Figure { value: value.clone(), from: format!("{id}@77"), size: 77 };
        ask.figures.insert((*id).to_owned(), figure);
    }
    ask
}

fn codes(outcome: Result<Taken, Vec<Diagnostic>>) -> Vec<String> {
    outcome.map_or_else(|found| found.iter().map(|one| one.code.to_string()).collect(), |_| Vec::new())
}

/// A case that is begun, with these fields besides the four that must be.
fn begun(more: &[(&str, Value)]) -> Case {
    let mut form = vec![
        ("place", text("621122")),
        ("first", Value::Date(day("2013-04-01"))),
        ("last", Value::Date(day("2013-06-30"))),
        ("who", text("甲")),
    ];
    form.extend(more.iter().cloned());
    let taken = within(|world| open(world, "t.check", &ask("", &form))).unwrap();
    let mut case = Case::default();
    case.add(&CATALOG.procedures["t.check"], 1, taken.event);
    case
}

fn after(mut case: Case, ask: &Ask) -> Case {
    let taken = within(|world| take(world, &case, ask)).unwrap();
    let entry = case.events.len() as u64 + 1;
    case.add(&CATALOG.procedures["t.check"], entry, taken.event);
    case
}

fn asked(case: &Case, ask: &Ask) -> Vec<(String, String)> {
    let found = within(|world| wanted(world, &CATALOG.procedures["t.check"], case, ask)).unwrap();
    found.into_iter().map(|Wanted { field, of, .. }| (field, of.to_string())).collect()
}

#[test]
fn the_told_case_comes_out() {
    let procedure = &CATALOG.procedures["t.check"];
    let run = run_example(&CATALOG, &CALENDAR, procedure, &procedure.examples[0]).unwrap();
    let last = &run.cases[0].events.last().unwrap().1;
    // The form holds what was typed, the figure what the ledger says; both came with the proposal.
    assert_eq!(last.form["paid"], json!("120.00"));
    assert_eq!(last.figures["paid"].value, json!("100.00"));
    assert_eq!(last.figures["hidden"].from, "t.fines/621122/2013Q2;who=*;least=3");
    let tree =
        format!("{:?}", tell(&CATALOG, procedure, &run.cases[0], &|_, value, _| value.to_string(), Lang::Zh));
    assert!(tree.contains("act-field-differs") && tree.contains("act-field-from"), "{tree}");
}

#[test]
fn a_told_figure_must_be_asked_for_as_told() {
    let procedure = &CATALOG.procedures["t.check"];
    let code = |change: &dyn Fn(&mut zhiheng_catalog::model::CaseExample)| {
        let mut example = procedure.examples[0].clone();
        change(&mut example);
        run_example(&CATALOG, &CALENDAR, procedure, &example).unwrap_err().code.to_string()
    };
    assert_eq!(code(&|one| one.steps[3].figures[0].at = Some("t.fines/621122/2013Q2".into())), "ZH8262");
    assert_eq!(code(&|one| one.steps[3].figures[0].value = "many".into()), "ZH8263");
    // Without the rule's number nobody asks for its limit; on another step nobody asks for it at all.
    assert_eq!(code(&|one| one.steps[4].form.retain(|(id, _)| id != "rule")), "ZH8266");
    assert_eq!(
        code(&|one| {
            let figure = one.steps[4].figures[0].clone();
            one.steps[3].figures.push(figure);
        }),
        "ZH8266"
    );
    // A figure that is not told is not there.
    assert_eq!(
        code(&|one| {
            one.steps[3].figures.remove(0);
        }),
        "ZH8260"
    );
    assert_eq!(code(&|one| one.steps[4].reason = None), "ZH8260");
}

#[test]
fn what_is_wanted_is_asked_with_the_sheet() {
    let case = begun(&[("period", text("2013Q2"))]);
    let wanted = [
        ("fines", "t.fines/100000/2013Q2;who=甲"),
        ("paid", "t.paid/621122/2013Q2"),
        ("points", "t.places/621122/2013Q2;within=621122"),
    ];
    let wanted = wanted.map(|(field, at)| (field.to_owned(), at.to_owned()));
    assert_eq!(asked(&case, &ask("hold", &[])), wanted);
    // What is there is not asked for again, what cannot be asked for is left.
    let got = with(ask("hold", &[]), &[("fines", Value::Integer(1))]);
    assert_eq!(asked(&case, &got), wanted[1..]);
    assert_eq!(asked(&begun(&[]), &ask("hold", &[])), wanted[..2]);
    // Of days that are no period of the calendar the days.
    let mut odd = begun(&[]);
    odd.sheet.insert("last".into(), Value::Date(day("2013-06-29")));
    assert_eq!(asked(&odd, &ask("hold", &[]))[1].1, "t.paid/621122/2013-04-01..2013-06-29");
    // Acts without a form want nothing.
    let approve = Ask { act: Act::Approve(None), ..ask("", &[]) };
    assert!(asked(&case, &approve).is_empty());
    assert!(asked(&case, &ask("nothing-known", &[])).is_empty());
}

#[test]
fn a_figure_that_is_asked_for_with_another_comes_after_it() {
    let case = after(
        begun(&[("tables", text("t.fines/621122/2013Q2;who=*  t.paid/621122/2013Q2;who=*"))]),
        &with(ask("hold", &[]), &[("fines", Value::Integer(1)), ("paid", Value::Integer(5))]),
    );
    let first = ask("close", &[("rule", text("A/1"))]);
    let fields = |ask: &Ask| asked(&case, ask).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    assert_eq!(fields(&first), ["least", "paid"]);
    assert_eq!(asked(&case, &first)[0].1, "t.rule.least/2013-07-01;number=A%2F1");
    let then = with(first, &[("least", Value::Integer(4)), ("paid", Value::Integer(5))]);
    let last = asked(&case, &then);
    assert_eq!(
        last,
        [("hidden".to_owned(), "t.fines/621122/2013Q2;who=* t.paid/621122/2013Q2;who=*;least=4".to_owned())]
    );
    // The fines of the step before do not count as fetched for this one.
    assert_eq!(fields(&ask("hold", &[])), ["fines", "paid"]);
}

#[test]
fn what_cannot_be_asked_for_is_told() {
    for (field, value) in [("period", text("lately")), ("last", Value::Date(day("2013-03-01")))] {
        let mut case = begun(&[("period", text("2013Q2"))]);
        case.sheet.insert(field.into(), value);
        let found = within(|world| wanted(world, &CATALOG.procedures["t.check"], &case, &ask("hold", &[])));
        let found = found.unwrap_err();
        assert!(found.iter().all(|one| one.code == "ZH8246"), "{found:?}");
    }
}

#[test]
fn nobody_types_what_the_ledger_knows() {
    let case = begun(&[]);
    let got = |form: &[(&str, Value)], figures: &[(&str, Value)]| {
        codes(within(|world| take(world, &case, &with(ask("hold", form), figures))))
    };
    let (one, two) = (Value::Integer(1), Value::Integer(2));
    let both = [("fines", one.clone()), ("paid", two.clone())];
    assert!(got(&[], &both).is_empty());
    assert_eq!(got(&[("fines", one.clone())], &both), ["ZH8243"], "even if it were right");
    assert_eq!(got(&[], &both[..1]), ["ZH8245"]);
    assert_eq!(got(&[], &[("fines", Value::Null), ("paid", two.clone())]), ["ZH8245"]);
    assert_eq!(got(&[], &[("fines", Value::Integer(-1)), ("paid", two.clone())]), ["ZH8207"]);
    assert_eq!(got(&[], &[both[0].clone(), both[1].clone(), ("least", one.clone())]), ["ZH8206"]);
    assert_eq!(got(&[], &[both[0].clone(), both[1].clone(), ("who", one.clone())]), ["ZH8206"]);
    assert_eq!(got(&[("paid", one.clone())], &both), ["ZH8244"]);
    // The same value as the ledger's needs no reason, one that nobody fetched cannot be compared.
    assert!(got(&[("paid", two.clone())], &both).is_empty());
    assert_eq!(got(&[("paid", two)], &both[..1]), ["ZH8245"]);
    let reasoned = Ask { reason: Some("另有".into()), ..with(ask("hold", &[("paid", one)]), &both) };
    let event = within(|world| take(world, &case, &reasoned)).unwrap().event;
    assert_eq!(
        (event.form["paid"].clone(), event.figures["paid"].value.clone()),
        (json!("1.00"), json!("2.00"))
    );
    assert_eq!((event.figures["fines"].size, event.figures["fines"].from.as_str()), (77, "fines@77"));
    // The ledger has nothing: what is typed stands alone, with its reason.
    let none = with(reasoned, &[("paid", Value::Null)]);
    let event = within(|world| take(world, &case, &none)).unwrap().event;
    assert_eq!(
        (event.form["paid"].clone(), event.figures["paid"].value.clone()),
        (json!("1.00"), json!(null))
    );
}

#[test]
fn events_keep_their_figures() {
    let case = after(
        begun(&[]),
        &with(ask("hold", &[]), &[("fines", Value::Integer(1)), ("paid", Value::Integer(5))]),
    );
    let event = &case.events[1].1;
    let written = serde_json::to_value(event).unwrap();
    assert_eq!(written["figures"]["fines"], json!({"value": 1, "from": "fines@77", "size": 77}));
    assert_eq!(serde_json::from_value::<zhiheng_act::case::Event>(written).unwrap(), *event);
    // One without figures is written as ever.
    let first = serde_json::to_value(&case.events[0].1).unwrap();
    assert!(first.get("figures").is_none());
    // A fetched value is the sheet's like any other.
    assert_eq!(case.sheet["fines"], Value::Integer(1));
}

#[test]
fn the_figures_are_what_is_approved() {
    let held = after(
        begun(&[("tables", text("t"))]),
        &with(ask("hold", &[]), &[("fines", Value::Integer(1)), ("paid", Value::Integer(5))]),
    );
    let figures = [("least", Value::Integer(3)), ("hidden", Value::Integer(1)), ("paid", Value::Integer(5))];
    let ask = with(ask("close", &[("rule", text("A"))]), &figures);
    let seal = |ask: &Ask| within(|world| take(world, &held, ask)).unwrap().event.seal.unwrap();
    let mut other = ask.clone();
    other.figures.get_mut("hidden").unwrap().from = "elsewhere@77".into();
    assert_ne!(seal(&ask), seal(&other), "the same value from another address is another proposal");
    let proposed = after(held.clone(), &ask);
    assert_eq!(proposed.state, "held");
    let approve = Ask {
        act: Act::Approve(None),
        account: "h".into(),
        form: BTreeMap::new(),
        figures: BTreeMap::new(),
        ..ask
    };
    let done = after(proposed, &approve);
    assert_eq!(done.state, "done");
    assert_eq!(done.events.last().unwrap().1.figures.len(), 3);
}
