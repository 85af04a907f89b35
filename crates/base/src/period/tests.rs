//! Tests of periods.

use proptest::prelude::*;

use super::*;
use crate::Lang;

fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))
}

fn texts(periods: &[Period]) -> Vec<String> {
    periods.iter().map(Period::to_string).collect()
}

#[test]
fn periods_of_all_kinds() {
    // text, first day, last day, before, after, a year before, Chinese, English
    let table = [
        ("2013", "2013-01-01", "2013-12-31", "2012", "2014", "2012", "2013年", "2013"),
        ("2013H1", "2013-01-01", "2013-06-30", "2012H2", "2013H2", "2012H1", "2013年上半年", "2013 H1"),
        ("2013H2", "2013-07-01", "2013-12-31", "2013H1", "2014H1", "2012H2", "2013年下半年", "2013 H2"),
        ("2013Q4", "2013-10-01", "2013-12-31", "2013Q3", "2014Q1", "2012Q4", "2013年第四季度", "2013 Q4"),
        ("2013-07", "2013-07-01", "2013-07-31", "2013-06", "2013-08", "2012-07", "2013年7月", "2013-07"),
        ("2012-02", "2012-02-01", "2012-02-29", "2012-01", "2012-03", "2011-02", "2012年2月", "2012-02"),
        (
            "2013-W32",
            "2013-08-05",
            "2013-08-11",
            "2013-W31",
            "2013-W33",
            "2012-W32",
            "2013年第32周",
            "2013 week 32",
        ),
        (
            "2021-W01",
            "2021-01-04",
            "2021-01-10",
            "2020-W53",
            "2021-W02",
            "2020-W01",
            "2021年第1周",
            "2021 week 1",
        ),
        (
            "2014AY07",
            "2013-07-01",
            "2014-06-30",
            "2013AY07",
            "2015AY07",
            "2013AY07",
            "2014考核年度（2013年7月至2014年6月）",
            "assessment year 2014 (2013/7 to 2014/6)",
        ),
        (
            "2013-03-01..2013-05-15",
            "2013-03-01",
            "2013-05-15",
            "2012-12-15..2013-02-28",
            "2013-05-16..2013-07-30",
            "2012-03-01..2012-05-15",
            "2013年3月1日至2013年5月15日",
            "2013-03-01 to 2013-05-15",
        ),
        (
            "2013-03-01",
            "2013-03-01",
            "2013-03-01",
            "2013-02-28",
            "2013-03-02",
            "2012-03-01",
            "2013年3月1日",
            "2013-03-01",
        ),
    ];
    for (text, first, last, before, after, year_before, zh, en) in table {
        let it = period(text);
        assert_eq!(it.to_string(), text);
        assert_eq!(
            (it.start().to_string(), it.last_day().to_string()),
            (first.to_owned(), last.to_owned()),
            "{text}"
        );
        assert_eq!(it.end(), it.last_day().tomorrow().unwrap());
        assert_eq!(it.previous().unwrap().to_string(), before, "{text}");
        assert_eq!(it.next().unwrap().to_string(), after, "{text}");
        assert_eq!(it.year_before().unwrap().to_string(), year_before, "{text}");
        assert_eq!((it.title(Lang::Zh).as_str(), it.title(Lang::En).as_str()), (zh, en));
        let json = serde_json::to_string(&it).unwrap();
        assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), it);
    }
}

#[test]
fn what_is_no_period_is_refused_with_a_reason() {
    let table = [
        ("", "ZH1101"),
        ("13", "ZH1101"),
        ("2013Q", "ZH1101"),
        ("2013q4", "ZH1101"),
        ("2013-7", "ZH1101"),
        ("2013-007", "ZH1101"),
        ("2013Q12", "ZH1101"),
        ("2013W32", "ZH1101"),
        ("2013-03-01..", "ZH1101"),
        ("2013-3-1", "ZH1101"),
        ("+013", "ZH1101"),
        ("二零一三", "ZH1101"),
        ("2013Q5", "ZH1103"),
        ("2013Q0", "ZH1103"),
        ("2013H3", "ZH1103"),
        ("2013-13", "ZH1103"),
        ("2013-W53", "ZH1103"),
        ("2013-W00", "ZH1103"),
        ("2014AY01", "ZH1103"),
        ("2013-02-29", "ZH1103"),
        ("1899", "ZH1102"),
        ("2201", "ZH1102"),
        ("1900AY07", "ZH1102"),
        ("0000-W01", "ZH1102"),
        ("1899-12-31..1900-01-05", "ZH1102"),
        ("2200-12-31..2201-01-01", "ZH1102"),
        ("2013-03-02..2013-03-01", "ZH1104"),
        ("２０１３", "ZH1401"),
        ("2013 Q4", "ZH1402"),
    ];
    for (text, code) in table {
        assert_eq!(Period::parse(text).unwrap_err().code, code, "{text}");
    }
    assert_eq!(Period::parse("2013Q5").unwrap_err().message(Lang::En), "there is no period “2013Q5”");
}

#[test]
fn the_range_has_two_ends() {
    assert_eq!(period("1900").previous(), None);
    assert_eq!(period("1900").year_before(), None);
    assert_eq!(period("2200").next(), None);
    assert_eq!(period("2200-12-31").next(), None);
    assert_eq!(texts(&period("1901").last(5)), ["1900", "1901"]);
    assert!(Period::days(Date::MIN, Date::MIN).is_err());
    assert!(Period::days(Date::MAX, Date::MAX).is_err());
    assert!(Period::of(PeriodKind::Week, Date::MAX).is_err());
    assert!(Period::assessment(i16::MIN, 7).is_err());
    assert!(Period::half(2013, i8::MIN).is_err());
    assert!(Period::half(2013, i8::MAX).is_err());
}

#[test]
fn week_53_has_no_match_in_most_years() {
    assert_eq!(period("2020-W53").year_before(), None);
    assert_eq!(period("2020-W53").start().to_string(), "2020-12-28");
    assert_eq!(Period::of(PeriodKind::Week, "2021-01-03".parse().unwrap()).unwrap(), period("2020-W53"));
}

#[test]
fn leap_days_fall_back_by_a_day() {
    assert_eq!(period("2012-02-29").year_before().unwrap(), period("2011-02-28"));
    assert_eq!(period("2012-02-01..2012-02-29").year_before().unwrap(), period("2011-02-01..2011-02-28"));
}

#[test]
fn the_range_has_a_first_and_a_last_period() {
    assert_eq!(period("2200AY10").next(), None);
    assert_eq!(period("2200").next(), None);
    assert_eq!(period("1900-01").previous(), None);
    assert_eq!(period("2200-12-31").next(), None);
    assert_eq!(period("1901").last(5).len(), 2);
}

#[test]
fn parts_fit_or_there_are_none() {
    let parts = |whole: &str, kind| period(whole).parts(kind).map(|parts| texts(&parts));
    let quarters = ["2013Q1", "2013Q2", "2013Q3", "2013Q4"].map(str::to_owned).to_vec();
    assert_eq!(parts("2013", PeriodKind::Quarter), Some(quarters));
    assert_eq!(parts("2013", PeriodKind::Month).unwrap().len(), 12);
    assert_eq!(parts("2012", PeriodKind::Days).unwrap().len(), 366);
    assert_eq!(parts("2013Q4", PeriodKind::Month).unwrap(), ["2013-10", "2013-11", "2013-12"]);
    assert_eq!(parts("2014AY07", PeriodKind::Half).unwrap(), ["2013H2", "2014H1"]);
    assert_eq!(parts("2014AY06", PeriodKind::Quarter), None);
    assert_eq!(parts("2013", PeriodKind::Week), None);
    assert_eq!(parts("2013-W32", PeriodKind::Days).unwrap().len(), 7);
    assert_eq!(parts("2013Q4", PeriodKind::Quarter).unwrap(), ["2013Q4"]);
    assert_eq!(parts("2013Q4", PeriodKind::Year), None);
    assert_eq!(parts("2013-07-01..2013-12-31", PeriodKind::Quarter).unwrap(), ["2013Q3", "2013Q4"]);
}

#[test]
fn kinds_have_words() {
    for text in ["year", "half", "quarter", "month", "week", "assessment-07", "days"] {
        let kind = PeriodKind::parse(text).unwrap();
        assert_eq!(kind.to_string(), text);
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{text}\""));
        for lang in [Lang::Zh, Lang::En] {
            assert!(!kind.title(lang).contains('«'), "{text}");
        }
    }
    for text in ["", "quarters", "assessment", "assessment-01", "assessment-13", "assessment-7"] {
        assert_eq!(PeriodKind::parse(text).unwrap_err().code, "ZH1105", "{text}");
    }
}

fn kinds() -> impl Strategy<Value = PeriodKind> {
    prop_oneof![
        Just(PeriodKind::Year),
        Just(PeriodKind::Half),
        Just(PeriodKind::Quarter),
        Just(PeriodKind::Month),
        Just(PeriodKind::Week),
        (2_i8..=12).prop_map(|first_month| PeriodKind::Assessment { first_month }),
        Just(PeriodKind::Days),
    ]
}

proptest! {
    // Days from spring 1901 to summer 2198: an assessment year before and after each is in range.
    #[test]
    fn periods_of_one_kind_tile_the_calendar(kind in kinds(), n_days in 400_i64..109_000) {
        let date = FIRST_DAY.checked_add(n_days.days()).unwrap();
        let here = Period::of(kind, date).unwrap();
        prop_assert!(here.contains(date) && here.covers(here) && here.kind() == kind);
        prop_assert_eq!(Period::parse(&here.to_string()).unwrap(), here);
        let next = here.next().unwrap();
        prop_assert_eq!(next.start(), here.end());
        prop_assert_eq!(next.previous(), Some(here));
        prop_assert!(!here.overlaps(next) && here < next);
        prop_assert_eq!(Period::of(kind, here.last_day()).unwrap().start() <= here.start(), true);
        let before = here.last(3);
        prop_assert_eq!(before.last(), Some(&here));
        prop_assert!(before.windows(2).all(|pair| pair[0].end() == pair[1].start()));
        if let Some(parts) = here.parts(PeriodKind::Month) {
            prop_assert_eq!(parts.iter().map(Period::n_days).sum::<i32>(), here.n_days());
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
        let _ = Period::parse(&text);
    }
}
