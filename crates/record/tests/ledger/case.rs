//! Cases: an event and everything that follows from it goes in at once, in its turn, or not at all.

use serde_json::json;
use zhiheng_record::verify::verify_receipt;
use zhiheng_record::{CaseEffect, CaseFilter, EntryKind, Event, Ledger, LetterNumber, Stepped};

use crate::home::{Home, append, assert_sound, at, code, complaint, draft, on_both, submission};

on_both![
    an_event_and_its_effects_are_one,
    an_act_on_an_older_state_is_refused,
    two_acts_at_once_are_one,
    an_act_taken_again_answers_the_same,
    a_refused_effect_refuses_the_whole,
    letters_have_no_gaps,
    a_case_opens_another,
    what_stands_already_is_not_entered_again,
    many_records_cross_bundles,
    cases_are_listed_by_number,
    names_that_do_not_fit_are_refused,
    a_rebuild_gives_the_same_cases,
    a_changed_row_of_a_case_is_named,
    an_older_ledger_is_brought_up_to_date,
    reading_beside_writing_raises_no_alarm,
];

/// An event of a case, its id made of case and state.
pub(crate) fn event(case: &str, expected: Option<u64>, state: &str) -> Event {
    Event {
        provenance: zhiheng_record::Provenance::Reported,
        case: case.to_owned(),
        expected,
        id: format!("{case}/{state}"),
        of: "sampling.disposal".to_owned(),
        state: state.to_owned(),
        by: "bureau-621100".to_owned(),
        at: at(0),
        data: json!({ "do": state }),
        letters: Vec::new(),
        region: None,
        parent: None,
        effects: Vec::new(),
    }
}

fn records(id: &str, numbers: std::ops::Range<u64>) -> CaseEffect {
    CaseEffect::Records { submission: submission(id), drafts: numbers.map(|n| draft(n, "pass")).collect() }
}

fn letter(series: &str) -> (String, String) {
    ("notice".to_owned(), series.to_owned())
}

fn numbers(stepped: &Stepped) -> Vec<(&str, u64)> {
    stepped.letters.iter().map(|letter| (letter.series.as_str(), letter.number)).collect()
}

async fn an_event_and_its_effects_are_one(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..3).await;
    let mut opening = event("D-1", None, "notified");
    opening.letters = vec![letter("A")];
    opening.effects = vec![
        records("D-1/1", 10..12),
        CaseEffect::Correct { entry: 1, draft: draft(0, "fail"), reason: "retested".into() },
        CaseEffect::Withdraw { entry: 2, reason: "annulled".into() },
    ];
    let done = ledger.step(opening).await.expect("a step");
    // 0 to 3 are the first submission; the event, its submission with two records, the correction, the withdrawal.
    assert_eq!((done.entry, done.records.clone(), done.repeated), (4, vec![6, 7, 8, 9], false));
    assert_eq!(ledger.size().await.expect("a size"), 10);
    let mut told = Vec::new();
    for index in 4..10 {
        let entry = ledger.entry(index).await.expect("an entry");
        told.push((entry.kind, entry.cause, entry.corrects));
    }
    assert_eq!(
        told,
        [
            (EntryKind::Step, None, None),
            (EntryKind::Submit, Some(4), None),
            (EntryKind::Record, None, None),
            (EntryKind::Record, None, None),
            (EntryKind::Correct, Some(4), Some(1)),
            (EntryKind::Withdraw, Some(4), Some(2)),
        ]
    );
    let events = ledger.case("D-1", None).await.expect("events");
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].state.as_str(), &events[0].data), ("notified", &json!({ "do": "notified" })));
    assert_eq!(events[0].records, [6, 7, 8, 9]);
    let numbered = LetterNumber { number: 1, series: "A".into(), template: "notice".into() };
    assert_eq!(events[0].letters, [numbered]);
    assert_eq!(ledger.case("D-1", Some(4)).await.expect("events"), []);
    assert_eq!(ledger.case("D-1", Some(7)).await.expect("events")[0].records, [6]);
    // The records of an event have a receipt of their own, which the key alone checks.
    let receipt = ledger.receipt("D-1/1").await.expect("an answer").expect("a receipt");
    assert_eq!((receipt.first, receipt.count), (5, 3));
    let leaf = ledger.leaf(5).await.expect("a leaf");
    let checkpoint = verify_receipt(&receipt, ledger.key(), Some(&leaf)).expect("a good receipt");
    assert_eq!(checkpoint.root, ledger.root_at(8).await.expect("a root"));
    assert_eq!(done.checkpoint, ledger.checkpoint().await.expect("a checkpoint"));
    assert_eq!(ledger.latest(1).await.expect("an index"), 8);
    assert_eq!(ledger.find("sampling.result", &["GS-1"]).await.expect("an answer"), None);
    assert_eq!(ledger.find("sampling.result", &["GS-11"]).await.expect("an answer"), Some(7));
    assert_sound(&ledger).await;
    assert_sound(&home.open().await).await;
}

async fn an_act_on_an_older_state_is_refused(home: Home) {
    let ledger = home.create().await;
    let opened = ledger.step(event("D-1", None, "notified")).await.expect("a step");
    let ordered = ledger.step(event("D-1", Some(opened.entry), "ordered")).await.expect("a step");
    let late = ledger.step(event("D-1", Some(opened.entry), "closed")).await.expect_err("a refusal");
    let refused = late.diagnostic().expect("a text");
    let told = (refused.code.as_ref(), refused.args["latest"].as_str(), refused.args["state"].as_str());
    assert_eq!(told, ("ZH4044", "1", "ordered"));
    assert_eq!(code(ledger.step(event("D-1", None, "again")).await), "ZH4044");
    assert_eq!(code(ledger.step(event("D-1", Some(99), "again")).await), "ZH4044");
    assert_eq!(code(ledger.step(event("D-2", Some(0), "again")).await), "ZH4046");
    assert_eq!(ledger.size().await.expect("a size"), 2);
    ledger.step(event("D-1", Some(ordered.entry), "closed")).await.expect("a step");
    let events = ledger.case("D-1", None).await.expect("events");
    let chain: Vec<_> = events.iter().map(|event| (event.entry, event.previous)).collect();
    assert_eq!(chain, [(0, None), (1, Some(0)), (2, Some(1))]);
    assert_sound(&ledger).await;
}

async fn two_acts_at_once_are_one(home: Home) {
    let ledger = home.create().await;
    let other = home.open().await;
    let mut newest = ledger.step(event("D-1", None, "s")).await.expect("a step").entry;
    for round in 0..10 {
        let first = ledger.step(event("D-1", Some(newest), &format!("a{round}")));
        let second = other.step(event("D-1", Some(newest), &format!("b{round}")));
        let (first, second) = tokio::join!(first, second);
        newest = newest.max(first.as_ref().map_or(0, |done| done.entry));
        newest = newest.max(second.as_ref().map_or(0, |done| done.entry));
        let mut codes = [code(first), code(second)];
        codes.sort();
        assert_eq!(codes, ["ZH4044", "taken"]);
    }
    assert_eq!(ledger.case("D-1", None).await.expect("events").len(), 11);
    assert_sound(&ledger).await;
    assert_sound(&other).await;
}

async fn an_act_taken_again_answers_the_same(home: Home) {
    let ledger = home.create().await;
    let act = || {
        let mut act = event("D-1", None, "notified");
        act.letters = vec![letter("A"), letter("B")];
        let mut child = event("E-1", None, "opened");
        child.effects = vec![records("E-1/1", 5..6)];
        child.letters = vec![letter("A")];
        act.effects = vec![records("D-1/1", 0..2), CaseEffect::Open(child), records("D-1/2", 2..3)];
        act
    };
    let first = ledger.step(act()).await.expect("a step");
    ledger.step(event("D-1", Some(first.entry), "ordered")).await.expect("a step");
    let size = ledger.size().await.expect("a size");
    let mut later = act();
    later.at = at(50);
    let again = home.open().await.step(later).await.expect("the same answer");
    assert!(again.repeated && !first.repeated);
    assert_eq!(
        (again.entry, &again.letters, &again.records, &again.opened),
        (first.entry, &first.letters, &first.records, &first.opened)
    );
    assert_eq!(again.checkpoint, ledger.checkpoint().await.expect("a checkpoint"));
    // 0 event, 1 submission, 2 and 3 records, 4 event of the other case, 5 submission, 6 record, 7 submission, 8 record
    assert_eq!((first.records, first.opened), (vec![2, 3, 8], vec![("E-1".to_owned(), 4)]));
    assert_eq!(ledger.acted("E-1/opened").await.expect("an answer").expect("an event").records, [6]);
    assert_eq!(ledger.acted("nobody").await.expect("an answer"), None);
    type Change = fn(&mut Event);
    let changes: [Change; 6] = [
        |act| act.state = "closed".into(),
        |act| act.data = json!({}),
        |act| act.by = "another".into(),
        |act| act.expected = Some(0),
        |act| act.letters.truncate(1),
        |act| act.effects.truncate(2),
    ];
    for change in changes {
        let mut other = act();
        change(&mut other);
        assert_eq!(code(ledger.step(other).await), "ZH4045");
    }
    assert_eq!(ledger.size().await.expect("a size"), size);
    // Personal values are salted anew by whoever sends the act again.
    let named = |salt| {
        let mut act = event("F-1", None, "s");
        act.effects = vec![CaseEffect::Records {
            submission: submission("F-1/1"),
            drafts: vec![complaint(900, "Li", salt)],
        }];
        act
    };
    let first = ledger.step(named(1)).await.expect("a step");
    let again = ledger.step(named(2)).await.expect("the same answer");
    assert_eq!((again.entry, again.repeated), (first.entry, true));
    assert_sound(&ledger).await;
}

async fn a_refused_effect_refuses_the_whole(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..3).await;
    let checkpoint = ledger.checkpoint().await.expect("a checkpoint");
    let other =
        |n, result| CaseEffect::Records { submission: submission("x"), drafts: vec![draft(n, result)] };
    let long = "x".repeat(70_000);
    let cases = [
        (other(0, "fail"), "ZH4031"),
        (other(70, &long), "ZH4032"),
        (CaseEffect::Records { submission: submission("s-1"), drafts: Vec::new() }, "ZH4030"),
        (CaseEffect::Correct { entry: 0, draft: draft(7, "a"), reason: "r".into() }, "ZH4035"),
        (CaseEffect::Correct { entry: 1, draft: draft(1, "a"), reason: "r".into() }, "ZH4037"),
        (CaseEffect::Withdraw { entry: 900, reason: "r".into() }, "ZH4034"),
        (CaseEffect::Withdraw { entry: 1, reason: " ".into() }, "ZH4040"),
        (CaseEffect::Open(event("D-1", None, "again")), "ZH4044"),
        (CaseEffect::Open(event("D-9", Some(3), "again")), "ZH4046"),
        (CaseEffect::Open(Event { id: "D-1/s".into(), ..event("D-9", None, "s") }), "ZH4045"),
        (
            CaseEffect::Records { submission: submission("x"), drafts: vec![draft(80, "a"), draft(80, "b")] },
            "ZH4042",
        ),
    ];
    for (effect, cause) in cases {
        let mut act = event("D-1", None, "s");
        act.letters = vec![letter("A")];
        act.effects = vec![records("good", 50..52), effect];
        let refused = ledger.step(act).await.expect_err("a refusal").diagnostic().expect("a text");
        let told = (refused.code.as_ref(), refused.args["cause"].as_str(), refused.args["effect"].as_str());
        assert_eq!(told, ("ZH4047", cause, "2"));
        assert!(!refused.message(zhiheng_base::Lang::En).contains(cause), "{cause} has no words");
    }
    // An effect of an effect is named by both.
    let mut child = event("E-1", None, "s");
    child.effects = vec![records("child", 60..61), other(0, "fail")];
    let mut act = event("D-1", None, "s");
    act.effects = vec![records("good", 50..52), records("good too", 53..54), CaseEffect::Open(child)];
    let refused = ledger.step(act).await.expect_err("a refusal").diagnostic().expect("a text");
    assert_eq!((refused.args["cause"].as_str(), refused.args["effect"].as_str()), ("ZH4031", "3.2"));
    assert_eq!(ledger.checkpoint().await.expect("a checkpoint"), checkpoint);
    assert_eq!(ledger.case("D-1", None).await.expect("events"), []);
    // Nothing of it is in the way: the number, the id and the keys are free.
    let mut act = event("D-1", None, "s");
    act.letters = vec![letter("A")];
    act.effects = vec![records("good", 50..52)];
    assert_eq!(numbers(&ledger.step(act).await.expect("a step")), [("A", 1)]);
    assert_sound(&ledger).await;
}

async fn letters_have_no_gaps(home: Home) {
    let ledger = home.create().await;
    let other = home.open().await;
    let mut all = Vec::new();
    for n in 0..12 {
        let act = |name: &str| {
            let mut act = event(&format!("{name}-{n}"), None, "s");
            act.letters = vec![letter("A"), letter(if n % 3 == 0 { "A" } else { "B" })];
            act
        };
        let (one, two) = tokio::join!(ledger.step(act("L")), other.step(act("M")));
        for done in [one.expect("a step"), two.expect("a step")] {
            all.extend(numbers(&done).into_iter().map(|(series, n)| (series.to_owned(), n)));
        }
    }
    all.sort();
    // 24 acts: 24 + 8 of series A, 16 of series B.
    let expected: Vec<_> =
        (1..=32).map(|n| ("A".to_owned(), n)).chain((1..=16).map(|n| ("B".to_owned(), n))).collect();
    assert_eq!(all, expected);
    assert_sound(&ledger).await;
}

async fn a_case_opens_another(home: Home) {
    let ledger = home.create().await;
    let opened = ledger.step(event("D-1", None, "s")).await.expect("a step");
    let mut grandchild = event("G-1", None, "s");
    grandchild.of = "credit.repair".into();
    let mut child = event("E-1", None, "open");
    child.of = "enforcement.case".into();
    child.effects = vec![CaseEffect::Open(grandchild), records("E-1/1", 0..1)];
    let mut act = event("D-1", Some(opened.entry), "referred");
    act.effects = vec![CaseEffect::Open(child), records("D-1/2", 1..2)];
    let done = ledger.step(act).await.expect("a step");
    // 1 event, 2 child, 3 grandchild, 4 and 5 the child's record, 6 and 7 the case's own
    assert_eq!((done.opened, done.records), (vec![("E-1".to_owned(), 2)], vec![7]));
    let child = &ledger.case("E-1", None).await.expect("events")[0];
    assert_eq!((child.cause, child.parent.as_deref()), (Some(1), Some("D-1")));
    assert_eq!((&child.opened, &child.records), (&vec![("G-1".to_owned(), 3)], &vec![5]));
    let below = CaseFilter { parent: Some("D-1".into()), ..CaseFilter::default() };
    let heads = ledger.cases(&below).await.expect("cases");
    assert_eq!(heads.len(), 1);
    assert_eq!((heads[0].case.as_str(), heads[0].of.as_str()), ("E-1", "enforcement.case"));
    // The child goes on by itself.
    let next = Event { of: "enforcement.case".into(), ..event("E-1", Some(2), "heard") };
    ledger.step(next).await.expect("a step");
    assert_eq!(ledger.cases(&below).await.expect("cases")[0].parent.as_deref(), Some("D-1"));
    assert_sound(&ledger).await;
}

async fn what_stands_already_is_not_entered_again(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..3).await;
    ledger.withdraw(2, "wrong", "a", at(0), None).await.expect("a withdrawal");
    let mut act = event("D-1", None, "s");
    act.effects = vec![
        records("D-1/1", 0..1),
        CaseEffect::Correct { entry: 1, draft: draft(0, "pass"), reason: "same".into() },
        CaseEffect::Withdraw { entry: 2, reason: "again".into() },
    ];
    let done = ledger.step(act).await.expect("a step");
    assert_eq!(done.records, Vec::<u64>::new());
    // What was withdrawn does not come back unnoticed.
    let mut act = event("D-1", Some(done.entry), "t");
    act.effects = vec![records("D-1/2", 1..2)];
    let refused = ledger.step(act).await.expect_err("a refusal").diagnostic().expect("a text");
    assert_eq!((refused.code.as_ref(), refused.args["cause"].as_str()), ("ZH4047", "ZH4049"));
    // One event may correct and withdraw what it entered itself.
    let entry = ledger.size().await.expect("a size");
    let mut act = event("D-1", Some(done.entry), "u");
    act.effects = vec![
        records("D-1/3", 20..22),
        CaseEffect::Correct { entry: entry + 2, draft: draft(30, "fail"), reason: "moved".into() },
        CaseEffect::Withdraw { entry: entry + 3, reason: "not".into() },
    ];
    let done = ledger.step(act).await.expect("a step");
    assert_eq!(done.records, [entry + 2, entry + 3, entry + 4, entry + 5]);
    assert_eq!(ledger.find("sampling.result", &["GS-30"]).await.expect("an answer"), Some(entry + 4));
    assert_sound(&ledger).await;
}

async fn many_records_cross_bundles(home: Home) {
    let ledger = home.create().await;
    let mut act = event("D-1", None, "s");
    act.effects = vec![records("D-1/1", 0..700), records("D-1/2", 700..5000), records("D-1/3", 5000..5003)];
    let done = ledger.step(act).await.expect("a step");
    assert_eq!(done.records.len(), 5003);
    for id in ["D-1/1", "D-1/2", "D-1/3"] {
        let receipt = ledger.receipt(id).await.expect("an answer").expect("a receipt");
        let leaf = ledger.leaf(receipt.first).await.expect("a leaf");
        verify_receipt(&receipt, ledger.key(), Some(&leaf)).expect("a good receipt");
    }
    assert_eq!(ledger.case("D-1", None).await.expect("events")[0].records, done.records);
    assert_sound(&ledger).await;
    ledger.rebuild(|_, _| {}).await.expect("a rebuild");
    assert_sound(&ledger).await;
}

async fn cases_are_listed_by_number(home: Home) {
    let ledger = home.create().await;
    for case in ["D-2", "D-10", "d-3", "D-007", "E-1", "D-x", "D", "\u{5b9a}-4", "D-1-9"] {
        ledger.step(event(case, None, if case.starts_with('D') { "s" } else { "t" })).await.expect("a step");
    }
    let of = |heads: Vec<zhiheng_record::CaseHead>| -> Vec<String> {
        heads.into_iter().map(|head| head.case).collect()
    };
    let all = ["D", "D-007", "D-1-9", "D-10", "D-2", "D-x", "E-1", "d-3", "\u{5b9a}-4"];
    assert_eq!(of(ledger.cases(&CaseFilter::default()).await.expect("cases")), all);
    let mut page = CaseFilter { limit: Some(4), ..CaseFilter::default() };
    let mut seen = Vec::new();
    loop {
        let heads = of(ledger.cases(&page).await.expect("cases"));
        let Some(last) = heads.last() else { break };
        page.after = Some(last.clone());
        seen.extend(heads);
    }
    assert_eq!(seen, all);
    let open = CaseFilter { state: Some("t".into()), limit: Some(2), ..CaseFilter::default() };
    assert_eq!(of(ledger.cases(&open).await.expect("cases")), ["E-1", "d-3"]);
    let heads = ledger.cases(&CaseFilter::default()).await.expect("cases");
    let mut states: Vec<(String, String)> = heads.into_iter().map(|head| (head.of, head.state)).collect();
    states.sort();
    states.dedup();
    assert_eq!(states.len(), 2);
    assert_eq!(ledger.case_states().await.expect("states"), states);
    let state = CaseFilter { state: Some("t".into()), of: Some("none".into()), ..CaseFilter::default() };
    assert_eq!(of(ledger.cases(&state).await.expect("cases")), Vec::<String>::new());
    for (prefix, next) in [("D", 11), ("E", 2), ("d", 4), ("D-1", 10), ("none", 1), ("\u{5b9a}", 5)] {
        assert_eq!(ledger.next_case_number(prefix).await.expect("a number"), next, "{prefix}");
    }
}

async fn names_that_do_not_fit_are_refused(home: Home) {
    let ledger = home.create().await;
    let long = "x".repeat(300);
    type Change = Box<dyn Fn(&mut Event)>;
    let changes: Vec<Change> = vec![
        Box::new(|act| act.case = String::new()),
        Box::new(|act| act.case = "\u{5b9a}".repeat(121)),
        Box::new(|act| act.case = "a\nb".into()),
        Box::new(|act| act.id = String::new()),
        Box::new({
            let long = long.clone();
            move |act| act.id.clone_from(&long)
        }),
        Box::new(|act| act.of = "\0".into()),
        Box::new(|act| act.state = String::new()),
        Box::new(|act| act.by = String::new()),
        Box::new(|act| act.parent = Some(String::new())),
        Box::new(|act| act.letters = vec![("a".into(), String::new())]),
        Box::new(move |act| act.letters = vec![(long.clone(), "a".into())]),
        Box::new(|act| act.data = json!([1])),
        Box::new(|act| act.data = json!({ "x": 1.5 })),
    ];
    for (n, change) in changes.iter().enumerate() {
        let mut act = event("D-1", None, "s");
        change(&mut act);
        assert_eq!(code(ledger.step(act).await), "ZH4048", "{n}");
    }
    assert_eq!(ledger.size().await.expect("a size"), 0);
    let longest = Event { id: "long".into(), ..event(&"\u{5b9a}".repeat(120), None, "s") };
    ledger.step(longest).await.expect("a step");
    let huge = Event { data: json!({ "text": "x".repeat(66_000) }), ..event("D-1", None, "s") };
    assert_eq!(code(ledger.step(huge).await), "ZH4032");
    assert_sound(&ledger).await;
}

async fn a_rebuild_gives_the_same_cases(home: Home) {
    let ledger = home.create().await;
    fill(&ledger).await;
    let before = ledger.cases(&CaseFilter::default()).await.expect("cases");
    assert!(
        home.tamper(
            "DELETE FROM case_head; DELETE FROM case_event; DELETE FROM case_act; DELETE FROM letter"
        )
        .await
            > 0
    );
    ledger.rebuild(|_, _| {}).await.expect("a rebuild");
    assert_eq!(ledger.cases(&CaseFilter::default()).await.expect("cases"), before);
    assert_sound(&ledger).await;
    // Numbers go on where they were.
    let mut act = event("D-99", None, "s");
    act.letters = vec![letter("A")];
    assert_eq!(numbers(&ledger.step(act).await.expect("a step")), [("A", 6)]);
    assert_eq!(ledger.next_case_number("D").await.expect("a number"), 100);
    assert_sound(&home.open().await).await;
}

async fn a_changed_row_of_a_case_is_named(home: Home) {
    let ledger = home.create().await;
    fill(&ledger).await;
    ledger.close().await;
    let cases = [
        (
            "UPDATE case_head SET state = 'u' WHERE case_no = 'D-1'",
            "UPDATE case_head SET state = 't' WHERE case_no = 'D-1'",
        ),
        ("UPDATE case_head SET procedure = 'x'", "UPDATE case_head SET procedure = 'sampling.disposal'"),
        (
            "UPDATE case_head SET parent = NULL WHERE case_no = 'E-1'",
            "UPDATE case_head SET parent = 'D-1' WHERE case_no = 'E-1'",
        ),
        ("UPDATE case_head SET first = first + 1", "UPDATE case_head SET first = first - 1"),
        ("UPDATE case_head SET last = last - 1", "UPDATE case_head SET last = last + 1"),
        (
            "UPDATE case_head SET events = 3 WHERE case_no = 'D-1'",
            "UPDATE case_head SET events = 2 WHERE case_no = 'D-1'",
        ),
        ("UPDATE case_head SET opened_at = opened_at + 1", "UPDATE case_head SET opened_at = opened_at - 1"),
        (
            "UPDATE case_head SET changed_at = changed_at + 1",
            "UPDATE case_head SET changed_at = changed_at - 1",
        ),
        ("UPDATE case_head SET number = number + 1", "UPDATE case_head SET number = number - 1"),
        (
            "UPDATE case_head SET stem = 'F' WHERE stem = 'E'",
            "UPDATE case_head SET stem = 'E' WHERE stem = 'F'",
        ),
        (
            "UPDATE case_head SET stem = NULL WHERE stem = 'E'",
            "UPDATE case_head SET stem = 'E' WHERE stem IS NULL",
        ),
        (
            "UPDATE case_head SET case_no = 'Z-1' WHERE case_no = 'E-1'",
            "UPDATE case_head SET case_no = 'E-1' WHERE case_no = 'Z-1'",
        ),
        (
            "UPDATE case_event SET case_no = 'D-3' WHERE entry = 0",
            "UPDATE case_event SET case_no = 'D-0' WHERE entry = 0",
        ),
        (
            "UPDATE case_event SET entry = 1 WHERE entry = 0",
            "UPDATE case_event SET entry = 0 WHERE entry = 1",
        ),
        ("UPDATE case_act SET id = 'x' WHERE entry = 0", "UPDATE case_act SET id = 'D-0/s' WHERE entry = 0"),
        ("UPDATE case_act SET entry = 1 WHERE entry = 0", "UPDATE case_act SET entry = 0 WHERE entry = 1"),
        ("UPDATE case_act SET body = 'x' || body", "UPDATE case_act SET body = substr(body, 2)"),
        ("UPDATE letter SET number = 9 WHERE number = 5", "UPDATE letter SET number = 5 WHERE number = 9"),
        (
            "UPDATE letter SET series = 'B' WHERE number = 5",
            "UPDATE letter SET series = 'A' WHERE number = 5",
        ),
        ("UPDATE letter SET template = 'x'", "UPDATE letter SET template = 'notice'"),
        ("UPDATE letter SET n = n + 1", "UPDATE letter SET n = n - 1"),
        ("UPDATE letter SET entry = 1 WHERE entry = 0", "UPDATE letter SET entry = 0 WHERE entry = 1"),
    ];
    for (change, back) in cases {
        assert!(home.tamper(change).await > 0, "{change}");
        let ledger = home.open().await;
        let verification = ledger.verify(|_, _| {}).await.expect("a verification");
        let found: Vec<_> = verification.problems.iter().map(|problem| problem.code.as_ref()).collect();
        assert!(!found.is_empty() && found.iter().all(|code| *code == "ZH4117"), "{change}: {found:?}");
        assert_eq!(code(ledger.step(event("D-50", None, "s")).await), "ZH4021", "{change}");
        ledger.close().await;
        home.tamper(back).await;
    }
    assert_sound(&home.open().await).await;
    // What is served is held against the entries, which are proved.
    home.tamper("DELETE FROM case_event WHERE entry = 0").await;
    assert_eq!(code(home.open().await.case("D-0", None).await), "ZH4117");
    home.tamper("UPDATE case_event SET case_no = 'D-0' WHERE case_no = 'D-1'").await;
    assert_eq!(code(home.open().await.case("D-0", None).await), "ZH4117");
    home.tamper("UPDATE case_act SET id = 'x' WHERE id = 'D-0/t'").await;
    assert_eq!(code(home.open().await.acted("x").await), "ZH4117");
    let ledger = home.open().await;
    ledger.rebuild(|_, _| {}).await.expect("a rebuild");
    assert_sound(&ledger).await;
    assert_eq!(ledger.case("D-0", None).await.expect("events").len(), 2);
}

async fn an_older_ledger_is_brought_up_to_date(home: Home) {
    let ledger = home.create().await;
    append(&ledger, "s-1", 0..300).await;
    let checkpoint = ledger.checkpoint().await.expect("a checkpoint");
    ledger.close().await;
    // The second step of the schema taken back: what the first program made.
    home.tamper(
        "DROP TABLE case_head; DROP TABLE case_event; DROP TABLE case_act; DROP TABLE letter; \
         DROP TABLE personal_pack; DELETE FROM ledger_schema WHERE version >= 2",
    )
    .await;
    let (one, two) = tokio::join!(home.open(), home.open());
    assert_eq!((one.alarm(), two.alarm()), (None, None));
    assert_eq!(one.checkpoint().await.expect("a checkpoint"), checkpoint);
    assert_sound(&one).await;
    let done = two.step(event("D-1", None, "s")).await.expect("a step");
    assert_eq!(done.entry, 301);
    assert_sound(&one).await;
    drop((one, two));
    // The third step taken back: cases of a program that did not say whose they are.
    home.tamper(
        "ALTER TABLE case_head DROP COLUMN region; DROP TABLE personal_pack; \
         DELETE FROM ledger_schema WHERE version >= 3",
    )
    .await;
    let ledger = home.open().await;
    assert_eq!(ledger.case_head("D-1").await.expect("an answer").expect("a case").region, None);
    assert_sound(&ledger).await;
}

async fn reading_beside_writing_raises_no_alarm(home: Home) {
    let ledger = home.create().await;
    let mut newest = ledger.step(event("D-1", None, "s")).await.expect("a step").entry;
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let ledger = ledger.clone();
            tokio::spawn(async move {
                loop {
                    let head = ledger.case_head("D-1").await.expect("an answer").expect("a case");
                    let entry = ledger.entry(head.last).await.expect("an entry");
                    assert_eq!(entry.data["case"], "D-1");
                    if head.state == "last" {
                        return head.events;
                    }
                }
            })
        })
        .collect();
    for n in 0..300 {
        let state = if n == 299 { "last".to_owned() } else { format!("s{n}") };
        newest = ledger.step(event("D-1", Some(newest), &state)).await.expect("a step").entry;
    }
    for reader in readers {
        assert_eq!(reader.await.expect("a reader"), 301);
    }
    assert_eq!(ledger.alarm(), None);
    assert_sound(&ledger).await;
}

/// Five cases with letters and effects.
pub(crate) async fn fill(ledger: &Ledger) {
    for n in 0..5 {
        let mut opening = event(&format!("D-{n}"), None, "s");
        opening.letters = vec![letter("A")];
        opening.effects = vec![records(&format!("D-{n}/1"), n * 10..n * 10 + 3)];
        let opened = ledger.step(opening).await.expect("a step");
        let mut next = event(&format!("D-{n}"), Some(opened.entry), "t");
        next.effects = vec![CaseEffect::Open(event(&format!("E-{n}"), None, "s"))];
        ledger.step(next).await.expect("a step");
    }
}
