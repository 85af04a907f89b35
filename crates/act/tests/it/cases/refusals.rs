//! What stands against a step: the state, the form, the clocks; and what is done twice.

use zhiheng_act::case::{Act, Event, Kind, World, stands};

use super::{Desk, ask, catalog, codes, file, noticed, step};
use crate::{CALENDAR, day};

/// A case decided on 2013-06-21, with payment due on 2013-07-08: the fifteenth day, 6 July, is a Saturday.
fn decided() -> Desk {
    let mut desk = noticed();
    desk.act(&ask(Act::Lapse, "", "2013-06-20", &[])).unwrap();
    let mut decide = step("decide", "o1", "2013-06-20", &[("fine", "100"), ("grave", "true")]);
    decide.evidence = vec![file("record", 'a')];
    desk.act(&decide).unwrap();
    desk.act(&ask(Act::Approve(None), "legal", "2013-06-20", &[])).unwrap();
    desk.act(&ask(Act::Approve(None), "head", "2013-06-21", &[])).unwrap();
    assert_eq!(desk.state(), "decided");
    desk
}

#[test]
fn a_right_ends_with_its_clock_and_not_before() {
    // 18 June 2013 is a Tuesday: the last day.
    let mut desk = noticed();
    assert_eq!(codes(desk.act(&ask(Act::Lapse, "", "2013-06-18", &[]))), ["ZH8221"]);
    let late = step("defend", "91350100M0001TGQXM", "2013-06-19", &[("defence", "迟了")]);
    assert_eq!(codes(desk.act(&late)), ["ZH8213"]);
    let taken = desk.act(&ask(Act::Lapse, "", "2013-07-30", &[])).unwrap();
    assert_eq!(taken.event.kind, Kind::Lapse);
    assert_eq!(
        taken.event.on,
        day("2013-06-19"),
        "it happened when the clock ended, not when somebody looked"
    );
    assert_eq!(desk.state(), "waived");
}

#[test]
fn a_waiting_time_that_ends_on_a_holiday_ends_on_the_next_working_day() {
    let mut desk = Desk::new();
    let form = [("place", "621122"), ("holder", "91350100M0001TGQXM")];
    // Fifteen days from 17 September 2013: 2 October, in the holidays, which last until 7 October.
    desk.act(&step("", "o1", "2013-09-17", &form)).unwrap();
    desk.act(&step("defend", "91350100M0001TGQXM", "2013-10-08", &[("defence", "最后一日")])).unwrap();
    assert_eq!(desk.state(), "heard");
    let mut desk = Desk::new();
    desk.act(&step("", "o1", "2013-09-17", &form)).unwrap();
    assert_eq!(codes(desk.act(&ask(Act::Lapse, "", "2013-10-08", &[]))), ["ZH8221"]);
    desk.act(&ask(Act::Lapse, "", "2013-10-09", &[])).unwrap();
}

#[test]
fn form_state_and_day_are_checked_together() {
    let mut desk = noticed();
    let wild = step("defend", "91350100M0001TGQXM", "2013-06-05", &[("fine", "3")]);
    assert_eq!(codes(desk.act(&wild)), ["ZH8206", "ZH8205"]);
    assert_eq!(codes(desk.act(&step("decide", "o1", "2013-06-02", &[]))), ["ZH8210"]);
    assert_eq!(codes(desk.act(&step("decide", "o1", "2031-06-02", &[]))), ["ZH8211"]);
    assert_eq!(codes(desk.act(&step("no-such", "o1", "2013-06-05", &[]))), ["ZH8203"]);
    assert_eq!(codes(desk.act(&step("notify", "o1", "2013-06-05", &[]))), ["ZH8203"], "it opens a case");
    let future = step("pay", "o1", "2013-06-05", &[("paid_on", "2013-06-06")]);
    assert_eq!(codes(desk.act(&future)), ["ZH8211"]);
    desk.act(&ask(Act::Lapse, "", "2013-06-20", &[])).unwrap();
    let zero = step("decide", "o1", "2013-06-20", &[("fine", "0"), ("grave", "true")]);
    assert_eq!(codes(desk.act(&zero)), ["ZH8208", "ZH8209"]);
    assert_eq!(codes(desk.act(&ask(Act::Approve(None), "head", "2013-06-20", &[]))), ["ZH8219"]);
    assert_eq!(codes(desk.act(&ask(Act::Reject, "head", "2013-06-20", &[]))), ["ZH8219"]);
    assert_eq!(codes(desk.act(&ask(Act::Attach, "o1", "2013-06-20", &[]))), ["ZH8209"]);
}

#[test]
fn a_proposal_turned_down_needs_a_reason_and_is_gone() {
    let mut desk = noticed();
    desk.act(&ask(Act::Lapse, "", "2013-06-20", &[])).unwrap();
    let mut decide = step("decide", "o1", "2013-06-20", &[("fine", "100"), ("grave", "true")]);
    decide.evidence = vec![file("record", 'a')];
    desk.act(&decide).unwrap();
    let mut reject = ask(Act::Reject, "legal", "2013-06-21", &[]);
    assert_eq!(codes(desk.act(&reject)), ["ZH8224"]);
    reject.reason = Some("证据不足".into());
    desk.act(&reject).unwrap();
    assert_eq!(codes(desk.act(&ask(Act::Approve(None), "legal", "2013-06-21", &[]))), ["ZH8219"]);
    assert_eq!(desk.state(), "waived");
}

#[test]
fn a_duty_done_late_is_done_and_marked_late() {
    let mut desk = decided();
    let taken = desk.act(&step("pay", "o1", "2013-07-10", &[("paid_on", "2013-07-10")])).unwrap();
    assert_eq!(taken.event.late, Some(2), "two days after Monday, 8 July");
    assert!(taken.remarks.iter().any(|remark| remark.code == "ZH8240"));
    assert_eq!(codes(desk.act(&step("hearing", "o1", "2013-07-11", &[]))), ["ZH8225"]);
}

#[test]
fn days_of_a_hearing_do_not_count() {
    let mut desk = decided();
    desk.act(&step("hearing", "o1", "2013-06-24", &[])).unwrap();
    desk.act(&step("heard-on", "o1", "2013-07-04", &[])).unwrap();
    // Ten days, 25 June to 4 July, stand still: 6 July becomes 16 July, a Tuesday.
    let taken = desk.act(&step("pay", "o1", "2013-07-16", &[("paid_on", "2013-07-16")])).unwrap();
    assert_eq!(taken.event.late, None);
}

#[test]
fn a_decision_withdrawn_twice_is_withdrawn_once() {
    let mut desk = decided();
    assert_eq!((desk.standing("trial.fine"), desk.standing("trial.entry")), (1, 1));
    desk.act(&step("annul", "o1", "2013-06-24", &[])).unwrap();
    assert_eq!(desk.standing("trial.fine"), 1, "proposed only");
    desk.act(&ask(Act::Approve(None), "head", "2013-06-25", &[])).unwrap();
    assert_eq!((desk.standing("trial.fine"), desk.standing("trial.entry")), (0, 0), "void from the start");
    assert_eq!(desk.cases[1].state, "void", "the listing goes with the penalty");
    let events = desk.cases[0].events.len();
    let again = desk.act(&step("annul", "o2", "2013-06-26", &[])).unwrap();
    assert!(again.repeated);
    assert_eq!(desk.cases[0].events.len(), events, "no second event");
}

#[test]
fn what_lies_before_a_case_is_told_with_its_days() {
    let desk = noticed();
    let world = World {
        catalog: catalog(),
        calendar: &CALENDAR,
        staff: &desk.staff,
        today: day("2013-06-10"),
        below: &[],
        number: &|_| 1,
    };
    let choices = stands(world, &desk.cases[0], day("2013-06-10"));
    let told: Vec<_> =
        choices.iter().map(|one| (one.step.as_str(), one.is_open(), one.due, one.opens)).collect();
    let (due, next) = (Some(day("2013-06-18")), Some(day("2013-06-19")));
    assert_eq!(told, [("defend", true, due, None), ("waive", false, None, next)]);
}

#[test]
fn an_event_reads_back_as_it_was_written() {
    let desk = decided();
    for (_, event) in &desk.cases[0].events {
        let text = serde_json::to_string(event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), *event);
    }
}
