//! How a clock stands on a day, and whom it would remind.

use zhiheng_act::clock::{Ended, Facts, IntentKind, Lapse, Moment, Pause, State, reckon};
use zhiheng_base::Date;

use super::{CALENDAR, annex, clock, day};

fn stands(id: &str, facts: &Facts, today: &str) -> State {
    reckon(annex(id), facts, &CALENDAR).unwrap().state(&CALENDAR, Moment::Day(day(today)))
}

fn lapse(days: i64, working_days: i64) -> Lapse {
    Lapse { days, working_days, minutes: None }
}

#[test]
fn a_duty_runs_is_due_and_is_overdue() {
    // 60 days from 16 January 2024: Saturday 16 March, so Monday the 18th.
    let facts = Facts::on(day("2024-01-16"));
    assert_eq!(stands("B3", &facts, "2024-01-15"), State::NotStarted);
    assert_eq!(stands("B3", &facts, "2024-03-15"), State::Running(Some(lapse(3, 1))));
    assert_eq!(stands("B3", &facts, "2024-03-18"), State::LastDay(lapse(0, 0)));
    assert_eq!(stands("B3", &facts, "2024-03-20"), State::Overdue(lapse(2, 2)));
    let done = |on: &str| Facts { done: vec![day(on)], ..facts.clone() };
    assert_eq!(
        stands("B3", &done("2024-03-18"), "2024-04-01"),
        State::Done { on: day("2024-03-18"), late: 0 }
    );
    assert_eq!(
        stands("B3", &done("2024-03-25"), "2024-04-01"),
        State::Done { on: day("2024-03-25"), late: 7 }
    );
    assert_eq!(stands("B3", &done("2024-03-25"), "2024-03-18"), State::LastDay(lapse(0, 0)), "not done yet");
}

#[test]
fn rights_and_terms_end_without_being_overdue() {
    let facts = Facts::on(day("2024-04-19"));
    assert_eq!(stands("B1", &facts, "2024-05-06"), State::LastDay(lapse(0, 0)));
    assert_eq!(stands("B1", &facts, "2024-05-07"), State::Over(lapse(1, 1)));
    assert_eq!(stands("C2", &Facts::on(day("2021-09-15")), "2024-09-16"), State::Over(lapse(1, 0)));
}

#[test]
fn a_window_waits_opens_and_closes() {
    let facts = Facts::on(day("2024-02-05"));
    assert_eq!(stands("B5", &facts, "2024-04-03"), State::Waiting(Some(lapse(3, 0))));
    assert_eq!(stands("B5", &facts, "2024-04-06"), State::Running(Some(lapse(30, 20))));
    assert_eq!(stands("B5", &facts, "2024-05-07"), State::Overdue(lapse(1, 1)));
    assert_eq!(stands("B6", &Facts::on(day("2023-08-31")), "2024-02-29"), State::Waiting(Some(lapse(1, 1))));
    assert_eq!(stands("B6", &Facts::on(day("2023-08-31")), "2024-03-01"), State::Free);
}

#[test]
fn a_paused_clock_says_since_when_and_how_far_it_came() {
    let pauses = vec![Pause { from: day("2024-07-08"), to: None, reason: "appraisal".to_owned() }];
    let facts = Facts { pauses, ..Facts::on(day("2024-07-01")) };
    let reckoned = reckon(annex("I5"), &facts, &CALENDAR).unwrap();
    let state = reckoned.state(&CALENDAR, Moment::Day(day("2024-08-30")));
    let reasons = vec!["appraisal".to_owned()];
    assert_eq!(state, State::Paused { since: day("2024-07-08"), reasons, counted: 4 });
    assert_eq!(reckoned.closes.as_ref().unwrap().left, 11);
    assert!(reckoned.intents(&CALENDAR).is_empty());
    // On the day before the pause it still ran, towards a day that nobody knows.
    assert_eq!(reckoned.state(&CALENDAR, Moment::Day(day("2024-07-05"))), State::Running(None));
}

#[test]
fn the_last_day_comes_back_after_a_pause_over_it() {
    let facts = &annex("I2").examples[1].facts;
    assert!(matches!(stands("I2", facts, "2024-03-14"), State::Paused { counted: 41, .. }));
    assert_eq!(stands("I2", facts, "2024-04-12"), State::LastDay(lapse(0, 0)));
}

#[test]
fn restarted_superseded_and_repeated_clocks() {
    let restarts = vec![Moment::Day(day("2024-09-20")), Moment::Day(day("2024-09-13"))];
    let facts = Facts { restarts, ..Facts::on(day("2024-09-02")) };
    let reckoned = reckon(annex("D2"), &facts, &CALENDAR).unwrap();
    assert_eq!((reckoned.start, reckoned.due()), (day("2024-09-20"), Some(day("2024-10-10"))));

    let ended = Some(Ended { on: day("2024-09-25"), by: "D2.new".to_owned() });
    let facts = Facts { ended, ..Facts::on(day("2024-09-13")) };
    assert!(matches!(stands("D2", &facts, "2024-09-24"), State::Running(_)));
    assert_eq!(
        stands("D2", &facts, "2024-10-30"),
        State::Ended { on: day("2024-09-25"), by: "D2.new".to_owned() }
    );

    let done = Facts { done: vec![day("2024-09-20")], ..facts };
    assert!(matches!(stands("D2", &done, "2024-10-30"), State::Done { late: 0, .. }));

    let facts = Facts { done: vec![day("2024-02-27")], ..Facts::on(day("2023-11-30")) };
    let reckoned = reckon(annex("D4"), &facts, &CALENDAR).unwrap();
    assert_eq!(reckoned.number, 2);
    assert_eq!(reckoned.state(&CALENDAR, Moment::Day(day("2024-05-30"))), State::LastDay(lapse(0, 0)));
}

#[test]
fn a_day_begins_at_midnight_in_beijing() {
    let start = |text: &str| {
        let facts = Facts::at(text.parse().unwrap());
        reckon(annex("B3"), &facts, &CALENDAR).unwrap().start
    };
    assert_eq!(start("2024-02-28T15:59:59Z"), day("2024-02-28"));
    assert_eq!(start("2024-02-28T16:00:00Z"), day("2024-02-29"));
    // Of two restarts on one day the later holds.
    let at = |text: &str| Moment::At(text.parse().unwrap());
    let restarts = vec![at("2024-02-29T20:00:00+08:00"), at("2024-02-29T09:00:00+08:00")];
    let facts = Facts { restarts, ..Facts::at("2024-02-29T08:00:00+08:00".parse().unwrap()) };
    let end = reckon(annex("E2.level"), &facts, &CALENDAR).unwrap().closes.unwrap();
    assert_eq!(end.at, Some("2024-02-29T22:00:00+08:00".parse().unwrap()));
}

#[test]
fn hours_run_to_the_minute() {
    let at = |text: &str| Moment::At(text.parse().unwrap());
    let facts = Facts::at("2024-02-29T23:00:00+08:00".parse().unwrap());
    let reckoned = reckon(annex("E2.level"), &facts, &CALENDAR).unwrap();
    let state = |now: &str| reckoned.state(&CALENDAR, at(now));
    let minutes = |days, working_days, minutes| Lapse { days, working_days, minutes: Some(minutes) };
    assert_eq!(state("2024-02-29T23:30:00+08:00"), State::Running(Some(minutes(1, 1, 90))));
    assert_eq!(state("2024-03-01T01:00:00+08:00"), State::LastDay(minutes(0, 0, 0)));
    assert_eq!(state("2024-03-01T01:05:00+08:00"), State::Overdue(minutes(0, 0, 5)));
}

#[test]
fn a_clock_that_counts_back_is_seen_from_before_its_end() {
    let clock = clock("before = { days = 3, kind = \"working\" }");
    // Three working days before Tuesday 8 October 2024, the first after the holidays.
    let facts = Facts::on(day("2024-10-08"));
    let reckoned = reckon(&clock, &facts, &CALENDAR).unwrap();
    assert_eq!(reckoned.due(), Some(day("2024-09-27")));
    assert_eq!(reckoned.state(&CALENDAR, Moment::Day(day("2024-09-26"))), State::Running(Some(lapse(1, 1))));
    let clear = super::clock("before = { days = 3, kind = \"working\", bound = \"excluded\" }");
    assert_eq!(reckon(&clear, &facts, &CALENDAR).unwrap().due(), Some(day("2024-09-26")));
}

#[test]
fn intents_are_told_on_working_days() {
    let told = |id: &str, start: &str| -> Vec<(Date, IntentKind)> {
        let facts = Facts::on(day(start));
        let intents = reckon(annex(id), &facts, &CALENDAR).unwrap().intents(&CALENDAR);
        assert!(intents.iter().all(|intent| CALENDAR.is_working(intent.on)));
        intents.into_iter().map(|intent| (intent.on, intent.kind)).collect()
    };
    let due = day("2024-03-18");
    assert_eq!(
        told("B3", "2024-01-16"),
        [
            // 15 days before is Sunday the 3rd, 3 days before Friday the 15th.
            (day("2024-03-01"), IntentKind::Remind { left: 15, due }),
            (day("2024-03-15"), IntentKind::Remind { left: 3, due }),
            (due, IntentKind::LastDay(due)),
            (day("2024-03-19"), IntentKind::Missed(due)),
        ]
    );
    let due = day("2024-09-29");
    assert_eq!(
        told("D2", "2024-09-13"),
        [
            (day("2024-09-25"), IntentKind::Remind { left: 3, due }),
            (due, IntentKind::LastDay(due)),
            (day("2024-09-30"), IntentKind::Missed(due)),
        ]
    );
    let opens = day("2024-04-06");
    assert_eq!(told("B5", "2024-02-05")[0], (day("2024-04-07"), IntentKind::Opens(opens)));
    // A term that ends by itself is announced and never missed.
    assert_eq!(told("C6.light", "2023-11-30"), [(day("2024-02-29"), IntentKind::LastDay(day("2024-02-29")))]);
}
