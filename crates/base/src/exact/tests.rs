//! Tests of exact numbers: the tables of the standard, and properties against long-hand arithmetic.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::Lang;

mod longhand;

fn decimal(text: &str) -> Decimal {
    parse_decimal(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))
}

#[test]
fn rounding_by_the_standard() {
    // GB/T 8170-2008, 3.2 and 3.3: value, places, rounded.
    let table = [
        ("12.1498", 1, "12.1"),
        ("12.1498", 0, "12"),
        ("10.5002", 0, "11"),
        ("1.050", 1, "1.0"),
        ("0.35", 1, "0.4"),
        ("97.46", 0, "97"),
        ("15.4546", 0, "15"),
        ("-0.0365", 3, "-0.036"),
        ("-0.5", 0, "0"),
        ("2.5", 0, "2"),
        ("-2.5", 0, "-2"),
        ("3", 2, "3.00"),
    ];
    for (value, places, rounded) in table {
        assert_eq!(Rounding::Gbt8170.round(decimal(value), places).to_string(), rounded, "{value}");
    }
    let table = [("80.985", 2, "80.99"), ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("79.98", 2, "79.98")];
    for (value, places, rounded) in table {
        assert_eq!(Rounding::HalfUp.round(decimal(value), places).to_string(), rounded, "{value}");
    }
    assert_eq!(Rounding::Gbt8170.round(Decimal::MAX, 5), Decimal::MAX);
    assert_eq!(Rounding::Gbt8170.round(Decimal::ONE, 400).to_string(), "1.0000000000000000000000000000");
}

#[test]
fn rounding_to_intervals_by_the_standard() {
    // GB/T 8170-2008, 3.2 and 3.4: value, interval, rounded.
    let table = [
        ("1268", "100", "1300"),
        ("2500", "1000", "2000"),
        ("3500", "1000", "4000"),
        ("-355", "10", "-360"),
        ("-325", "10", "-320"),
        ("60.25", "0.5", "60.0"),
        ("60.38", "0.5", "60.5"),
        ("60.28", "0.5", "60.5"),
        ("-60.75", "0.5", "-61.0"),
        ("830", "20", "840"),
        ("842", "20", "840"),
        ("832", "20", "840"),
        ("-930", "20", "-920"),
    ];
    for (value, interval, rounded) in table {
        assert_eq!(
            Rounding::Gbt8170.round_to(decimal(value), decimal(interval)),
            Some(decimal(rounded)),
            "{value}"
        );
    }
    assert_eq!(Rounding::HalfUp.round_to(decimal("830"), decimal("20")), Some(decimal("840")));
    assert_eq!(Rounding::HalfUp.round_to(decimal("850"), decimal("20")), Some(decimal("860")));
    assert_eq!(Rounding::Gbt8170.round_to(Decimal::ONE, Decimal::ZERO), None);
    assert_eq!(Rounding::Gbt8170.round_to(Decimal::ONE, decimal("-0.5")), None);
    assert_eq!(Rounding::Gbt8170.round_to(Decimal::MAX, decimal("0.0000000000000000000000000001")), None);
}

/// Value, bounds, verdict by full value, verdict by rounded value.
type LimitRow<'a> = (&'a str, &'a [(Bound, &'a str)], bool, bool);

#[test]
fn limits_by_the_standard() {
    // GB/T 8170-2008, 4.3.3.
    let strength = [(Bound::AtLeast, "1400")];
    let soda = [(Bound::AtLeast, "97.0")];
    let silicon = [(Bound::AtMost, "0.5")];
    let manganese = [(Bound::AtLeast, "1.2"), (Bound::AtMost, "1.6")];
    let diameter = [(Bound::AtLeast, "9.9"), (Bound::AtMost, "10.1")];
    let table: [LimitRow<'_>; 17] = [
        ("1402", &strength, true, true),
        ("97.01", &soda, true, true),
        ("97.00", &soda, true, true),
        ("96.96", &soda, false, true),
        ("96.94", &soda, false, false),
        ("0.452", &silicon, true, true),
        ("0.500", &silicon, true, true),
        ("0.549", &silicon, false, true),
        ("0.551", &silicon, false, false),
        ("1.151", &manganese, false, true),
        ("1.200", &manganese, true, true),
        ("1.649", &manganese, false, true),
        ("1.651", &manganese, false, false),
        ("9.89", &diameter, false, true),
        ("9.85", &diameter, false, false),
        ("10.10", &diameter, true, true),
        ("10.16", &diameter, false, false),
    ];
    for (value, bounds, full, rounded) in table {
        let all = |comparison| {
            bounds.iter().all(|&(bound, limit)| meets(decimal(value), bound, decimal(limit), comparison))
        };
        assert_eq!((all(Comparison::FullValue), all(Comparison::RoundedValue)), (full, rounded), "{value}");
    }
    let edge = |bound| meets(decimal("60"), bound, decimal("60"), Comparison::FullValue);
    assert_eq!(
        [Bound::AtLeast, Bound::MoreThan, Bound::AtMost, Bound::LessThan].map(edge),
        [true, false, true, false]
    );
}

#[test]
fn rates_keep_to_limits_exactly() {
    // 2/3 is below 66.67 %, though it prints as 66.67.
    let rate = Rate::of_counts(2, 3);
    let limit = decimal("66.67");
    assert_eq!(rate.meets_percent(Bound::AtLeast, limit, Comparison::FullValue), Some(false));
    assert_eq!(rate.meets_percent(Bound::AtLeast, limit, Comparison::RoundedValue), Some(true));
    assert_eq!(
        Rate::of_counts(1, 4).meets_percent(Bound::AtMost, decimal("25"), Comparison::FullValue),
        Some(true)
    );
    assert_eq!(Rate::of_counts(1, 0).meets_percent(Bound::AtMost, limit, Comparison::FullValue), None);
}

#[test]
fn rates_are_rounded_once() {
    let percent = |top, bottom, digits, rounding| {
        Rate::of_counts(top, bottom).percent(digits, rounding).map(|value| value.to_string())
    };
    assert_eq!(percent(1417, 1650, 1, Rounding::Gbt8170).as_deref(), Some("85.9"));
    assert_eq!(percent(2, 3, 0, Rounding::HalfUp).as_deref(), Some("67"));
    assert_eq!(percent(1, 8, 0, Rounding::Gbt8170).as_deref(), Some("12"));
    assert_eq!(percent(1, 8, 0, Rounding::HalfUp).as_deref(), Some("13"));
    assert_eq!(percent(0, 7, 2, Rounding::HalfUp).as_deref(), Some("0.00"));
    assert_eq!(percent(-1, 8, 0, Rounding::HalfUp).as_deref(), Some("-13"));
    assert_eq!(percent(1, 0, 1, Rounding::HalfUp), None);
    // 0.4999…9 of a unit in the 60th place: a rounded quotient would say 1.
    let tiny = Rate::new(decimal("0.4999999999999999999999999999"), decimal("1"));
    assert_eq!(tiny.value(0, Rounding::HalfUp).unwrap().to_string(), "0");
    let third = Rate::new(Decimal::ONE, decimal("3"));
    assert_eq!(third.value(28, Rounding::HalfUp).unwrap().to_string(), "0.3333333333333333333333333333");
    assert_eq!(Rate::new(Decimal::MAX, decimal("0.0001")).value(0, Rounding::HalfUp), None);
    assert_eq!(Rate::of_counts(3, 2_000_000).scaled(6, 1, Rounding::HalfUp).unwrap().to_string(), "1.5");
    let sum = Rate::of_counts(1, 2).plus(Rate::of_counts(2, 3)).unwrap();
    assert_eq!(sum, Rate::of_counts(3, 5));
    assert!(Rate::of_counts(3, 5).is_share() && !Rate::of_counts(6, 5).is_share());
}

#[test]
fn points_and_percent_are_two_things() {
    let (earlier, later) = (Rate::of_counts(8, 10), Rate::of_counts(84, 100));
    let points = points_between(earlier, later, 2, Rounding::Gbt8170).unwrap();
    let change = relative_change(earlier, later, 2, Rounding::Gbt8170).unwrap();
    assert_eq!((points.0.to_string(), change.0.to_string()), ("4.00".to_owned(), "5.00".to_owned()));
    assert_eq!(points.text(Lang::Zh), "+4.00 个百分点");
    assert_eq!(points.text(Lang::En), "+4.00 percentage points");
    assert_eq!(change.text(Lang::En), "+5.00%");
    assert_eq!(
        points_between(later, earlier, 1, Rounding::HalfUp).unwrap().text(Lang::En),
        "-4.0 percentage points"
    );
    assert_eq!(
        points_between(later, later, 1, Rounding::HalfUp).unwrap().text(Lang::En),
        "0.0 percentage points"
    );
    let none = Rate::of_counts(0, 0);
    assert_eq!(points_between(none, later, 1, Rounding::HalfUp), None);
    assert_eq!(relative_change(Rate::of_counts(0, 5), later, 1, Rounding::HalfUp), None);
    // Energy intensity: energy +2.17 %, product +7.9 %.
    let intensity = relative_change(
        Rate::new(decimal("1.079"), Decimal::ONE),
        Rate::new(decimal("1.0217"), Decimal::ONE),
        2,
        Rounding::HalfUp,
    );
    assert_eq!(intensity.unwrap().0.to_string(), "-5.31");
    // Parts as large and as fine as a decimal can be still round from the exact value.
    let fine = Rate::new(Decimal::MAX, decimal("7.654321098765432109876543211"));
    assert_eq!(points_between(fine, fine, 2, Rounding::HalfUp).unwrap().0.to_string(), "0.00");
}

#[test]
fn decimals_are_read_as_written_or_refused() {
    for text in
        ["0", "-12.50", "0.10", "007", "123456789012345678901234567.8", "0.0000000000000000000000000001"]
    {
        let read = decimal(text);
        let trimmed = text.strip_prefix("00").unwrap_or(text);
        assert_eq!(read.to_string(), trimmed);
    }
    assert_eq!(decimal("+3.0").to_string(), "3.0");
    assert_eq!(decimal("-0").to_string(), "0");
    let table = [
        ("", "ZH1201"),
        ("-", "ZH1201"),
        (".5", "ZH1201"),
        ("5.", "ZH1201"),
        ("1.2.3", "ZH1201"),
        ("--1", "ZH1201"),
        ("NaN", "ZH1201"),
        ("1_000", "ZH1201"),
        ("12,34", "ZH1201"),
        ("1e3", "ZH1202"),
        ("1.5E-3", "ZH1202"),
        ("1,234.5", "ZH1203"),
        ("-1,234", "ZH1203"),
        ("12345678901234567890123456789", "ZH1204"),
        ("0.00000000000000000000000000001", "ZH1204"),
        ("98.5%", "ZH1205"),
        ("１２", "ZH1401"),
        ("1 234", "ZH1402"),
    ];
    for (text, code) in table {
        assert_eq!(parse_decimal(text).unwrap_err().code, code, "{text}");
    }
    assert_eq!(parse_decimal_grouped("-1,234,567.80").unwrap().to_string(), "-1234567.80");
    assert_eq!(parse_decimal_grouped("1234").unwrap().to_string(), "1234");
    for text in ["1,23", "1234,567", ",123", "1,234,", "1,234.5,6"] {
        assert_eq!(parse_decimal_grouped(text).unwrap_err().code, "ZH1201", "{text}");
    }
}

#[test]
fn sums_and_products_lose_nothing() {
    assert_eq!(exact_add(decimal("0.1"), decimal("0.20")), Some(decimal("0.3")));
    assert_eq!(exact_add(Decimal::MAX, Decimal::ONE), None);
    assert_eq!(exact_add(Decimal::MAX, decimal("0.1")), None);
    assert_eq!(exact_add(Decimal::MAX, decimal("-0.0000000000000000000000000001")), None);
    assert_eq!(exact_mul(decimal("0.5"), decimal("-4")), Some(decimal("-2")));
    assert_eq!(exact_mul(Decimal::MAX, decimal("10")), None);
    assert_eq!(exact_mul(decimal("0.00000000000001"), decimal("0.000000000000001")), None);
}

prop_compose! {
    fn decimals()(count in -79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335, cut in 0_u32..29, scale in 0_u32..=28) -> Decimal {
        Decimal::from_i128_with_scale(count / 10_i128.pow(cut), scale)
    }
}

fn roundings() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::Gbt8170), Just(Rounding::HalfUp)]
}

/// The long-hand answer as a decimal; `None` where no decimal holds it.
fn held(answer: &longhand::Rounded, digits: u32) -> Option<Decimal> {
    let count: i128 = answer.count.parse().ok()?;
    Decimal::try_from_i128_with_scale(if answer.negative { -count } else { count }, digits).ok()
}

proptest! {
    #[test]
    fn percent_agrees_with_long_hand(top in decimals(), bottom in decimals(), digits in 0_u32..=12, rounding in roundings()) {
        prop_assume!(!bottom.is_zero());
        let wanted = longhand::quotient(top, bottom, digits + 2, rounding);
        prop_assert_eq!(Rate::new(top, bottom).percent(digits, rounding), held(&wanted, digits));
    }

    #[test]
    fn ties_agree_with_long_hand(top in -2000_i64..2000, power in 0_u32..4, digits in 0_u32..3, rounding in roundings()) {
        let (top, bottom) = (Decimal::from(top), Decimal::from(2_i64.pow(power) * 1000));
        let wanted = held(&longhand::quotient(top, bottom, digits + 2, rounding), digits);
        let rate = Rate::new(top, bottom);
        prop_assert_eq!(rate.percent(digits, rounding), wanted);
        // One tie more: the decimal itself.
        let exact = exact_mul(top, Decimal::new(125, 3)).unwrap();
        let wanted = held(&longhand::quotient(exact, Decimal::ONE, digits, rounding), digits);
        prop_assert_eq!(Some(rounding.round(exact, digits)), wanted);
    }

    #[test]
    fn differences_agree_with_long_hand(
        a in decimals(), b in decimals(), c in decimals(), d in decimals(), digits in 0_u32..=8, rounding in roundings()
    ) {
        prop_assume!(!b.is_zero() && !d.is_zero());
        let wanted = longhand::difference((c, d), (a, b), digits + 2, rounding);
        let points = points_between(Rate::new(a, b), Rate::new(c, d), digits, rounding);
        prop_assert_eq!(points.map(|points| points.0), held(&wanted, digits));
    }

    #[test]
    fn intervals_are_nearest(value in -1_000_000_i64..1_000_000, which in 0_usize..3, rounding in roundings()) {
        let interval = [decimal("0.5"), decimal("0.2"), decimal("0.1")][which];
        let value = Decimal::new(value, 3);
        let rounded = rounding.round_to(value, interval).unwrap();
        prop_assert!((rounded - value).abs() * Decimal::TWO <= interval);
        prop_assert_eq!(rounded % interval, Decimal::ZERO);
    }

    #[test]
    fn sums_are_exact_or_refused(left in decimals(), right in decimals()) {
        if let Some(sum) = exact_add(left, right) {
            prop_assert_eq!(exact_add(sum, -right), Some(left.normalize()));
        }
    }

    #[test]
    fn what_is_written_is_read(value in decimals()) {
        let text = value.to_string();
        match parse_decimal(&text) {
            Ok(read) => prop_assert_eq!(read.to_string(), text),
            Err(problem) => prop_assert_eq!(problem.code, "ZH1204"),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,16}") {
        let _ = (parse_decimal(&text), parse_decimal_grouped(&text));
    }
}
