//! How the figures of several persons become one, against hand calculations.

use zhiheng_base::{Decimal, Words};
use zhiheng_catalog::Value;
use zhiheng_catalog::model::{Field, FieldType, GatherBy};

use super::joined;

fn field(kind: FieldType) -> Field {
    Field {
        id: "x".into(),
        name: Words::new("分", "Points"),
        also: Vec::new(),
        kind,
        optional: false,
        many: false,
        personal: false,
        says: None,
        example: None,
        line: 1,
    }
}

fn exact(text: &str) -> Value {
    Value::Decimal(Decimal::from_str_exact(text).unwrap())
}

#[test]
fn figures_become_one_as_calculated_by_hand() {
    let points = |scale| field(FieldType::Decimal { min: None, max: None, scale, unit: None });
    // Sorted: 80, 84.5, 88, 91, 95.
    let five = ["88", "95", "80", "91", "84.5"].map(exact);
    for (by, scale, wanted) in [
        (GatherBy::Mean, 1, "87.7"),                // 438.5 / 5
        (GatherBy::MeanWithoutExtremes, 1, "87.8"), // (84.5 + 88 + 91) / 3 = 263.5 / 3 = 87.8333…
        (GatherBy::MeanWithoutExtremes, 3, "87.833"),
        (GatherBy::Median, 1, "88.0"),
        (GatherBy::Sum, 1, "438.5"),
        (GatherBy::Least, 1, "80.0"),
        (GatherBy::Greatest, 1, "95.0"),
    ] {
        let found = joined(&points(scale), by, &five);
        assert_eq!(found.to_decimal(), exact(wanted).to_decimal(), "{by:?}");
    }
    // Two in the middle: (84.5 + 88) / 2 = 86.25, which one decimal rounds to the even 86.2.
    let four = ["88", "80", "91", "84.5"].map(exact);
    assert_eq!(joined(&points(1), GatherBy::Median, &four), exact("86.2"));
    // 86.75 goes to the even 86.8.
    let two = ["86.5", "87"].map(exact);
    assert_eq!(joined(&points(1), GatherBy::Mean, &two), exact("86.8"));
    // Of three with two alike at the top, one of the two goes.
    let three = ["90", "70", "90"].map(exact);
    let found = joined(&points(1), GatherBy::MeanWithoutExtremes, &three);
    assert_eq!(found.to_decimal(), exact("90").to_decimal());
}

#[test]
fn whole_numbers_stay_whole_and_nothing_comes_of_a_gap() {
    let votes = field(FieldType::Integer { min: None, max: None });
    let all = [Value::Integer(1), Value::Integer(0), Value::Integer(1)];
    assert_eq!(joined(&votes, GatherBy::Sum, &all), Value::Integer(2));
    assert_eq!(joined(&votes, GatherBy::Least, &all), Value::Integer(0));
    assert_eq!(joined(&votes, GatherBy::Sum, &[Value::Integer(1), Value::Null]), Value::Null);
    assert_eq!(joined(&votes, GatherBy::Mean, &[]), Value::Null);
    let huge = [Value::Decimal(Decimal::MAX), Value::Decimal(Decimal::MAX)];
    assert_eq!(joined(&votes, GatherBy::Sum, &huge), Value::Null, "beyond what an exact number holds");
}
