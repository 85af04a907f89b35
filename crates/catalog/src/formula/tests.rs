//! Values of formulas, three-valued logic, and the way from tree to text and back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{Binary, Expr, Formula, Function, Row, Scope, Unary, Value, ValueType};

/// A row with one value of each type; whatever else is null.
struct Cells(BTreeMap<&'static str, Value>);

impl Row for Cells {
    fn value(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or(Value::Null)
    }
}

fn scope() -> Scope<'static> {
    Scope::new("row")
        .with("whole", ValueType::Integer)
        .with("exact", ValueType::Decimal)
        .with("text", ValueType::Text)
        .with("day", ValueType::Date)
        .with("truth", ValueType::Bool)
        .with("unknown", ValueType::Bool)
        .with("missing", ValueType::Decimal)
        .with("texts", ValueType::Texts)
        .with("none", ValueType::Texts)
        .with("a.b", ValueType::Decimal)
}

fn row() -> Cells {
    let decimal = |text: &str| Value::Decimal(text.parse().unwrap());
    Cells(BTreeMap::from([
        ("whole", Value::Integer(7)),
        ("exact", decimal("2.5")),
        ("text", Value::Text("GB/T 19580-2012".into())),
        ("day", Value::Date("2013-08-31".parse().unwrap())),
        ("truth", Value::Bool(true)),
        ("texts", Value::Texts(vec!["lead".into(), "水分".into()])),
        ("a__b", decimal("4")),
    ]))
}

fn value(text: &str) -> String {
    let formula = Formula::parse(text, &scope()).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    match formula.eval(&row()) {
        Value::Null => "null".to_owned(),
        Value::Decimal(exact) => exact.normalize().to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn values() {
    let rows = [
        ("whole + 1", "Integer(8)"),
        ("whole / 2", "3.5"),
        ("whole * exact", "17.5"),
        ("-exact + 0.1", "-2.4"),
        ("whole / 0", "null"),
        ("exact / (exact - 2.5)", "null"),
        ("9223372036854775807 + whole", "null"),
        ("1 - 2 - 3", "Integer(-4)"),
        ("2 + 3 * 4", "Integer(14)"),
        ("whole = 7.0", "Bool(true)"),
        ("whole BETWEEN 1 AND 7", "Bool(true)"),
        ("whole NOT BETWEEN 1 AND 7", "Bool(false)"),
        ("missing > 1", "null"),
        ("missing IS NULL", "Bool(true)"),
        ("unknown AND FALSE", "Bool(false)"),
        ("unknown AND TRUE", "null"),
        ("unknown OR TRUE", "Bool(true)"),
        ("unknown OR FALSE", "null"),
        ("NOT unknown", "null"),
        ("whole IN (1, 7, missing)", "Bool(true)"),
        ("whole IN (1, missing)", "null"),
        ("whole NOT IN (1, missing)", "null"),
        ("whole NOT IN (1, 2)", "Bool(true)"),
        ("text LIKE 'GB%-____'", "Bool(true)"),
        ("text NOT LIKE 'DB%'", "Bool(true)"),
        ("starts_with(text, 'GB/T')", "Bool(true)"),
        ("length('合格率')", "Integer(3)"),
        ("upper(lower('Ab')) = 'AB'", "Bool(true)"),
        ("length(trim('  x '))", "Integer(1)"),
        ("'it''s' = 'it''s'", "Bool(true)"),
        ("day >= DATE '2013-01-01' AND day < '2014-01-01'", "Bool(true)"),
        ("year(day) * 100 + month(day)", "Integer(201308)"),
        ("quarter(day)", "Integer(3)"),
        ("days_between(DATE '2013-08-01', day)", "Integer(30)"),
        ("contains(texts, '水分')", "Bool(true)"),
        ("contains(none, 'lead')", "Bool(false)"),
        ("count(texts) + count(none)", "Integer(2)"),
        ("coalesce(missing, exact)", "2.5"),
        ("least(whole, missing, 3)", "Integer(3)"),
        ("greatest(whole, missing, 3)", "Integer(7)"),
        ("round(exact, 0)", "2"),
        ("round(0.25, 1)", "0.2"),
        ("abs(-whole)", "Integer(7)"),
        ("CASE WHEN unknown THEN 1 WHEN truth THEN 2 ELSE 3 END", "Integer(2)"),
        ("CASE WHEN unknown THEN 1 END", "null"),
        ("a.b / 2", "2"),
        ("a__b / 2", "2"),
    ];
    for (text, expected) in rows {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn names_are_read_once_in_order() {
    let formula = Formula::parse("whole > 1 OR exact > 1 OR whole < 0 OR a.b = 1", &scope()).unwrap();
    assert_eq!(formula.names, ["a__b", "exact", "whole"]);
}

fn name(value_type: ValueType) -> BoxedStrategy<Expr> {
    let names: &[&str] = match value_type {
        ValueType::Bool => &["truth", "unknown"],
        ValueType::Integer => &["whole"],
        ValueType::Decimal => &["exact", "missing", "a__b"],
        ValueType::Text => &["text"],
        ValueType::Date => &["day"],
        ValueType::Texts => &["texts", "none"],
    };
    proptest::sample::select(names.to_vec()).prop_map(|name| Expr::Name(name.to_owned())).boxed()
}

fn leaf(value_type: ValueType) -> BoxedStrategy<Expr> {
    let constant = match value_type {
        ValueType::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        ValueType::Integer => (-i64::MAX..=i64::MAX).prop_map(Value::Integer).boxed(),
        ValueType::Decimal => (any::<i64>(), 0_u32..=18)
            .prop_map(|(digits, scale)| Value::Decimal(Decimal::new(digits, scale)))
            .boxed(),
        ValueType::Text => "[ -~合格率]{0,6}".prop_map(Value::Text).boxed(),
        ValueType::Date => (1900_i16..2100, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Value::Date(jiff::civil::date(year, month, day)))
            .boxed(),
        ValueType::Texts => return name(value_type),
    };
    prop_oneof![name(value_type), constant.prop_map(Expr::Constant)].boxed()
}

fn both(of: BoxedStrategy<Expr>) -> BoxedStrategy<(Box<Expr>, Box<Expr>)> {
    (of.clone(), of).prop_map(|(a, b)| (Box::new(a), Box::new(b))).boxed()
}

/// Numbers, whole and decimal.
fn number(depth: u32) -> BoxedStrategy<Expr> {
    let leaf = prop_oneof![leaf(ValueType::Integer), leaf(ValueType::Decimal)].boxed();
    if depth == 0 {
        return leaf;
    }
    let below = number(depth - 1);
    let signs =
        proptest::sample::select(vec![Binary::Add, Binary::Subtract, Binary::Multiply, Binary::Divide]);
    prop_oneof![
        leaf,
        (signs, both(below.clone())).prop_map(|(op, (a, b))| Expr::Binary(op, a, b)),
        // A sign before a constant is read as part of the constant.
        name(ValueType::Decimal).prop_map(|of| Expr::Unary(Unary::Minus, Box::new(of))),
        below.clone().prop_map(|of| Expr::Call(Function::Abs, vec![of])),
        proptest::collection::vec(below.clone(), 2..4).prop_map(|args| Expr::Call(Function::Least, args)),
        (below.clone(), 0_i64..=12).prop_map(|(of, digits)| Expr::Call(
            Function::Round,
            vec![of, Expr::Constant(Value::Integer(digits))]
        )),
        both(leaf_dates()).prop_map(|(a, b)| Expr::Call(Function::DaysBetween, vec![*a, *b])),
        (truth(depth - 1), below.clone(), proptest::option::of(below)).prop_map(|(when, then, otherwise)| {
            Expr::Case { arms: vec![(when, then)], otherwise: otherwise.map(Box::new) }
        }),
    ]
    .boxed()
}

fn leaf_dates() -> BoxedStrategy<Expr> {
    leaf(ValueType::Date)
}

fn truth(depth: u32) -> BoxedStrategy<Expr> {
    if depth == 0 {
        return leaf(ValueType::Bool);
    }
    let below = truth(depth - 1);
    let joins = proptest::sample::select(vec![Binary::And, Binary::Or, Binary::Equal]);
    let orders = proptest::sample::select(vec![Binary::Less, Binary::NotEqual, Binary::GreaterOrEqual]);
    let text = leaf(ValueType::Text);
    prop_oneof![
        leaf(ValueType::Bool),
        (joins, both(below.clone())).prop_map(|(op, (a, b))| Expr::Binary(op, a, b)),
        below.prop_map(|of| Expr::Unary(Unary::Not, Box::new(of))),
        (orders, both(number(depth - 1))).prop_map(|(op, (a, b))| Expr::Binary(op, a, b)),
        (number(depth - 1), any::<bool>())
            .prop_map(|(of, negated)| Expr::IsNull { of: Box::new(of), negated }),
        (text.clone(), proptest::collection::vec(text.clone(), 1..4), any::<bool>())
            .prop_map(|(of, choices, negated)| Expr::In { of: Box::new(of), choices, negated }),
        (text, "[ -~%_]{0,6}", any::<bool>()).prop_map(|(of, pattern, negated)| Expr::Like {
            of: Box::new(of),
            pattern,
            negated
        }),
        leaf(ValueType::Text)
            .prop_map(|text| Expr::Call(Function::Contains, vec![Expr::Name("texts".into()), text])),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn printed_formulas_parse_to_the_same_tree(expr in truth(4)) {
        let text = expr.to_string();
        prop_assume!(text.len() <= super::BYTES_MAX);
        match Formula::parse(&text, &scope()) {
            Ok(formula) => prop_assert_eq!(formula.expr, expr, "{}", text),
            Err(problems) => {
                let size = problems.iter().all(|one| ["ZH2702", "ZH2703"].contains(&one.diagnostic.code.as_ref()));
                prop_assert!(size, "{}: {:?}", text, problems);
            }
        }
    }

    #[test]
    fn evaluation_never_fails(expr in truth(4)) {
        let text = expr.to_string();
        if let Ok(formula) = Formula::parse(&text, &scope()) {
            let value = formula.eval(&row());
            prop_assert!(matches!(value, Value::Bool(_) | Value::Null), "{}: {:?}", text, value);
            // A row whose values are of other types than promised gives null, not a panic.
            let wrong = Cells(["whole", "exact", "text", "day", "truth", "texts"].map(|name| (name, Value::Date(jiff::civil::date(2013, 1, 1)))).into());
            formula.eval(&wrong);
        }
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,60}") {
        let _ = Formula::parse(&text, &scope());
    }

    #[test]
    fn sql_like_text_is_parsed_or_refused(words in proptest::collection::vec(proptest::sample::select(vec![
        "whole", "exact", "text", "'x'", "1", "0.5", "(", ")", ",", "AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "IS", "NULL",
        "CASE", "WHEN", "THEN", "ELSE", "END", "=", "<>", "<", "-", "+", "*", "/", "coalesce", "round", "DATE", "'2013-01-01'",
        "[", "]", "{", "::", "OVER", "SELECT", "FROM", "EXISTS", "ANY", "CAST", "AS", "INTERVAL", "?", "$1", "@", "\"",
    ]), 0..24)) {
        let text = words.join(" ");
        if let Ok(formula) = Formula::parse(&text, &scope()) {
            let again = Formula::parse(&formula.to_string(), &scope());
            prop_assert_eq!(again.map(|again| again.expr), Ok(formula.expr));
        }
    }
}
