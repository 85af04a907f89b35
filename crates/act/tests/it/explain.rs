//! The explanation as a person reads it.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_act::clock::{Calendar, DayKind, Ended, Facts, Moment, Moving, Pause, reckon};
use zhiheng_base::Lang;

use super::{CALENDAR, HOLIDAYS, annex, clock, day};

fn lines(id: &str, facts: &Facts, lang: Lang) -> String {
    reckon(annex(id), facts, &CALENDAR).unwrap().lines(lang).join("\n")
}

#[test]
fn across_the_spring_festival() {
    let text = lines("B7.sample", &Facts::on(day("2024-02-05")), Lang::Zh);
    assert_eq!(
        text,
        "B7.sample 食品抽样送检\n\
         起算：抽样，2024年2月5日；开始的当日不计入（民法典第二百零一条）\n\
         2024年2月6日至2024年2月18日，计 5 个工作日\n\
         放假：春节，2024年2月10日至2024年2月17日，8 天\n\
         调休上班，计入：2024年2月18日（星期日）\n\
         届满日（5个工作日）：2024年2月18日（星期日）\n\
         办理主体：抽样机构\n\
         依据：食品安全抽样检验管理办法"
    );
}

#[test]
fn a_last_day_that_moves() {
    let text = lines("B1", &Facts::on(day("2024-04-19")), Lang::En);
    assert_eq!(
        text,
        "B1 Objection to a sampling conclusion\n\
         Start: receipt of the conclusion, 2024-04-19; this day is not counted (Civil Code, article 201)\n\
         Calendar days from 2024-04-20 to 2024-05-04: 15\n\
         The last day, Saturday 2024-05-04, is a rest day: it moves to the next working day (Civil Code, article 203)\n\
         Not worked: Labour Day, 2024-05-04 to 2024-05-05, days: 2\n\
         Last day (15 calendar days): Monday 2024-05-06\n\
         Acts: inspected party, labelled producer\n\
         If missed: the conclusion counts as accepted\n\
         Basis: 产品质量法 第十五条"
    );
}

#[test]
fn a_pause_over_the_last_day() {
    let text = lines("I2", &annex("I2").examples[1].facts, Lang::Zh);
    assert!(text.contains("2024年1月9日至2024年3月10日，计 41 个工作日"), "{text}");
    assert!(text.contains("中止：2024年3月11日至2024年4月8日，29 天，鉴定、检验检测"), "{text}");
    assert!(text.contains("2024年4月9日至2024年4月12日，计 4 个工作日"), "{text}");
}

#[test]
fn an_open_pause_and_a_reason_that_does_not_stop() {
    let pause = |reason: &str| Pause { from: day("2024-07-08"), to: None, reason: reason.to_owned() };
    let facts = Facts { pauses: vec![pause("appraisal"), pause("holiday")], ..Facts::on(day("2024-07-01")) };
    let text = lines("I5", &facts, Lang::En);
    assert!(text.contains("Stands still since 2024-07-08 for appraisal"), "{text}");
    assert!(
        text.contains("No last day yet (15 working days): days still to count when the pause ends: 11"),
        "{text}"
    );
    assert!(text.contains("“holiday” does not stop clock I5"), "{text}");
}

#[test]
fn dates_beyond_the_table_say_that_they_may_change() {
    let h1 = reckon(annex("H1"), &annex("H1").examples[1].facts, &CALENDAR).unwrap();
    assert_eq!(h1.closes.as_ref().unwrap().provisional, Some(day("2026-12-25")));
    assert!(h1.lines(Lang::En).iter().any(|line| line.starts_with("Provisional: ")));
    // A count in calendar days rests on the table only for its last day.
    let days = clock("days = 60");
    let provisional =
        |start: &str| reckon(&days, &Facts::on(day(start)), &CALENDAR).unwrap().is_provisional();
    assert!(!provisional("2026-10-23") && provisional("2026-10-30") && provisional("2003-06-01"));
    // Far beyond the table, the first unknown day is the first that the date rests on.
    let unknown = |rule: &str| {
        let clock = clock(rule);
        let end = reckon(&clock, &Facts::on(day("2030-01-01")), &CALENDAR).unwrap().closes;
        end.unwrap().provisional
    };
    assert_eq!(unknown("days = 60"), Some(day("2030-03-02")));
    assert_eq!(unknown("days = 5\nkind = \"working\""), Some(day("2030-01-02")));
    // With the notice of the next year in, the same facts give firm and other dates.
    let notice =
        HOLIDAYS.replace("2026-12-24", "2027-12-24") + "2027-01-04,holiday,元旦,New Year's Day,test\n";
    let known = Calendar::parse(&notice, "").unwrap();
    let h1 = reckon(annex("H1"), &annex("H1").examples[1].facts, &known).unwrap();
    assert_eq!((h1.due(), h1.is_provisional()), (Some(day("2027-01-08")), false));
}

#[test]
fn a_region_adds_days_of_its_own() {
    let local = "2024-04-11,holiday,三月三,Sanyuesan,Guangxi\n2024-04-12,holiday,三月三,Sanyuesan,Guangxi\n";
    let guangxi = Calendar::parse(HOLIDAYS, local).unwrap();
    let days = clock("days = 10");
    let facts = Facts::on(day("2024-04-02"));
    let end = reckon(&days, &facts, &guangxi).unwrap().closes.unwrap();
    assert_eq!((end.counted_to, end.day), (Some(day("2024-04-12")), Some(day("2024-04-15"))));
    let Moving::Moved(over) = end.moving else { panic!("{:?}", end.moving) };
    assert_eq!((over.festivals[0].name.en.as_str(), over.weekends), ("Sanyuesan", 2));
    assert_eq!(reckon(&days, &facts, &CALENDAR).unwrap().due(), Some(day("2024-04-12")));
}

/// Arguments of each message and attribute of a file; names come in the language of the message (`field_zh`, `field_en`).
fn arguments(ftl: &str) -> BTreeMap<String, BTreeSet<&str>> {
    let (mut found, mut message) = (BTreeMap::new(), "");
    for (id, words) in ftl.lines().filter_map(|line| line.split_once(" = ")) {
        if !id.starts_with(' ') {
            message = id;
        }
        let arguments = words.split("{ $").skip(1).filter_map(|part| part.split(' ').next());
        let arguments = arguments.map(|name| name.trim_end_matches("_zh").trim_end_matches("_en")).collect();
        found.insert(format!("{message} {}", id.trim()), arguments);
    }
    found
}

#[test]
fn both_languages_say_the_same() {
    let zh = arguments(include_str!("../../../../i18n/zh-CN/act.ftl"));
    assert_eq!(zh, arguments(include_str!("../../../../i18n/en/act.ftl")));
    assert!(zh.len() > 70, "{}", zh.len());
}

#[test]
fn what_happened_is_said() {
    let restarts = vec![Moment::Day(day("2024-09-13"))];
    let ended = Some(Ended { on: day("2024-09-25"), by: "D2.new".to_owned() });
    let text = lines("D2", &Facts { restarts, ended, ..Facts::on(day("2024-09-02")) }, Lang::En);
    assert!(text.contains("First started on 2024-09-02; started anew on 2024-09-13"), "{text}");
    assert!(text.contains("Ended on 2024-09-25: D2.new"), "{text}");
    let text = lines("G4.early", &annex("G4.early").examples[1].facts, Lang::En);
    assert!(
        text.contains("km reached 3120 on 2024-04-10 (limit 3000; reading before: 2024-03-20)"),
        "{text}"
    );
    assert!(text.contains("Tuesday 2024-04-09") && text.contains("(to be confirmed)"), "{text}");
    let text = lines("D4", &annex("D4").examples[1].facts, Lang::Zh);
    assert!(text.contains("每3个月一次；本次为第 2 次"), "{text}");
    let text = lines("C3.notice", &annex("C3.notice").examples[0].facts, Lang::En);
    assert!(text.contains("Counted back from the end on Monday 2021-03-15"), "{text}");
    let text = lines("E2.level", &annex("E2.level").examples[0].facts, Lang::En);
    assert!(text.contains("received, 2024-02-29 23:00; counted from this moment"), "{text}");
    assert!(text.contains("Last day (2 hours): 2024-03-01 01:00"), "{text}");
    let text = lines("A5", &annex("A5").examples[0].facts, Lang::En);
    assert!(text.contains("Last day (1 month): Thursday 2024-02-29"), "{text}");
    let text = lines("B5", &annex("B5").examples[0].facts, Lang::Zh);
    assert!(text.contains("起始日（60日，不含本数）：2024年4月6日（星期六）"), "{text}");
    assert!(text.contains("起始日不顺延。此后第一个工作日：2024年4月7日（星期日）"), "{text}");
}

#[test]
fn days_have_kinds() {
    let kind = |text: &str| CALENDAR.kind(day(text));
    assert_eq!(kind("2024-02-18"), DayKind::MakeUp);
    assert_eq!(kind("2024-02-17"), DayKind::Holiday);
    assert_eq!(kind("2024-02-24"), DayKind::Weekend);
    assert_eq!(kind("2024-02-26"), DayKind::Working);
    assert_eq!(CALENDAR.known(), (day("2004-01-01"), day("2026-12-24")));
}
