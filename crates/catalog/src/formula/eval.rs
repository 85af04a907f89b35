//! One row in, one value out: SQL's three-valued logic and exact decimals.
//!
//! Nothing here fails: a value of another type than the field promises, an overflow and a division by zero
//! are all null, which in a check counts as holding and in an indicator leaves the record out, in the open.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Binary, Expr, Formula, Function, Row, Unary, Value, like};

impl Formula {
    /// The value for one row.
    pub fn eval(&self, row: &(impl Row + ?Sized)) -> Value {
        eval(&self.expr, row)
    }

    /// For boolean formulas: `Some(true)`, `Some(false)`, or `None` where it is unknown.
    pub fn holds(&self, row: &(impl Row + ?Sized)) -> Option<bool> {
        truth(&self.eval(row))
    }
}

impl Value {
    /// The value as an exact decimal, if it is a number.
    pub fn to_decimal(&self) -> Option<Decimal> {
        match self {
            Value::Integer(whole) => Some(Decimal::from(*whole)),
            Value::Decimal(exact) => Some(*exact),
            _ => None,
        }
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        _ => None,
    }
}

fn from_truth(truth: Option<bool>) -> Value {
    truth.map_or(Value::Null, Value::Bool)
}

fn eval<R: Row + ?Sized>(expr: &Expr, row: &R) -> Value {
    match expr {
        Expr::Name(name) => row.value(name),
        Expr::Constant(value) => value.clone(),
        Expr::Unary(Unary::Not, of) => from_truth(truth(&eval(of, row)).map(|truth| !truth)),
        Expr::Unary(Unary::Minus, of) => match eval(of, row) {
            Value::Integer(whole) => whole.checked_neg().map_or(Value::Null, Value::Integer),
            Value::Decimal(exact) => Value::Decimal(-exact),
            _ => Value::Null,
        },
        Expr::Binary(op, a, b) => binary(*op, a, b, row),
        Expr::IsNull { of, negated } => Value::Bool((eval(of, row) == Value::Null) != *negated),
        Expr::In { of, choices, negated } => {
            let operand = eval(of, row);
            let mut answer = Some(false);
            for choice in choices {
                match order(&operand, &eval(choice, row)) {
                    Some(Ordering::Equal) => {
                        answer = Some(true);
                        break;
                    }
                    Some(_) => {}
                    None => answer = None,
                }
            }
            from_truth(answer.map(|found| found != *negated))
        }
        Expr::Like { of, pattern, negated } => match eval(of, row) {
            Value::Text(text) => Value::Bool(like(&text, pattern) != *negated),
            _ => Value::Null,
        },
        Expr::Case { arms, otherwise } => {
            for (when, then) in arms {
                if truth(&eval(when, row)) == Some(true) {
                    return eval(then, row);
                }
            }
            otherwise.as_ref().map_or(Value::Null, |expr| eval(expr, row))
        }
        Expr::Call(function, args) => call(*function, args, row),
    }
}

fn binary<R: Row + ?Sized>(op: Binary, a: &Expr, b: &Expr, row: &R) -> Value {
    let left = eval(a, row);
    match op {
        Binary::And => {
            let left = truth(&left);
            if left == Some(false) {
                return Value::Bool(false);
            }
            match (left, truth(&eval(b, row))) {
                (_, Some(false)) => Value::Bool(false),
                (Some(true), Some(true)) => Value::Bool(true),
                _ => Value::Null,
            }
        }
        Binary::Or => {
            let left = truth(&left);
            if left == Some(true) {
                return Value::Bool(true);
            }
            match (left, truth(&eval(b, row))) {
                (_, Some(true)) => Value::Bool(true),
                (Some(false), Some(false)) => Value::Bool(false),
                _ => Value::Null,
            }
        }
        Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide => {
            arithmetic(op, &left, &eval(b, row)).unwrap_or(Value::Null)
        }
        _ => {
            let answer = order(&left, &eval(b, row)).map(|order| match op {
                Binary::Equal => order.is_eq(),
                Binary::NotEqual => order.is_ne(),
                Binary::Less => order.is_lt(),
                Binary::LessOrEqual => order.is_le(),
                Binary::Greater => order.is_gt(),
                _ => order.is_ge(),
            });
            from_truth(answer)
        }
    }
}

/// `None` for null, overflow and division by zero.
fn arithmetic(op: Binary, a: &Value, b: &Value) -> Option<Value> {
    if let (Value::Integer(a), Value::Integer(b)) = (a, b) {
        let whole = match op {
            Binary::Add => a.checked_add(*b),
            Binary::Subtract => a.checked_sub(*b),
            Binary::Multiply => a.checked_mul(*b),
            _ => return Decimal::from(*a).checked_div(Decimal::from(*b)).map(Value::Decimal),
        };
        return whole.map(Value::Integer);
    }
    let (a, b) = (a.to_decimal()?, b.to_decimal()?);
    let exact = match op {
        Binary::Add => a.checked_add(b),
        Binary::Subtract => a.checked_sub(b),
        Binary::Multiply => a.checked_mul(b),
        _ => a.checked_div(b),
    };
    exact.map(Value::Decimal)
}

/// The order of two values of one kind; `None` if either is null or they are of different kinds.
fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Integer(a), Value::Integer(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        _ => Some(a.to_decimal()?.cmp(&b.to_decimal()?)),
    }
}

fn call<R: Row + ?Sized>(function: Function, args: &[Expr], row: &R) -> Value {
    let arg = |i: usize| args.get(i).map_or(Value::Null, |expr| eval(expr, row));
    match function {
        Function::Coalesce => {
            args.iter().map(|expr| eval(expr, row)).find(|value| *value != Value::Null).unwrap_or(Value::Null)
        }
        Function::Least => extreme(args, row, Ordering::Less),
        Function::Greatest => extreme(args, row, Ordering::Greater),
        Function::Contains => match (arg(0), arg(1)) {
            (_, Value::Null) => Value::Null,
            (Value::Texts(texts), Value::Text(text)) => Value::Bool(texts.contains(&text)),
            _ => Value::Bool(false),
        },
        Function::Count => match arg(0) {
            Value::Texts(texts) => Value::Integer(texts.len() as i64),
            _ => Value::Integer(0),
        },
        Function::Abs => match arg(0) {
            Value::Integer(whole) => whole.checked_abs().map_or(Value::Null, Value::Integer),
            Value::Decimal(exact) => Value::Decimal(exact.abs()),
            _ => Value::Null,
        },
        Function::Round => match (arg(0), arg(1)) {
            (Value::Integer(whole), _) => Value::Integer(whole),
            (Value::Decimal(exact), Value::Integer(digits)) => {
                let digits = u32::try_from(digits).unwrap_or(0).min(12);
                Value::Decimal(exact.round_dp_with_strategy(digits, RoundingStrategy::MidpointNearestEven))
            }
            _ => Value::Null,
        },
        Function::StartsWith => match (arg(0), arg(1)) {
            (Value::Text(text), Value::Text(prefix)) => Value::Bool(text.starts_with(&prefix)),
            _ => Value::Null,
        },
        Function::DaysBetween => match (arg(0), arg(1)) {
            (Value::Date(from), Value::Date(to)) => {
                from.until(to).map_or(Value::Null, |span| Value::Integer(i64::from(span.get_days())))
            }
            _ => Value::Null,
        },
        Function::Length | Function::Lower | Function::Upper | Function::Trim => match arg(0) {
            Value::Text(text) => match function {
                Function::Length => Value::Integer(text.chars().count() as i64),
                Function::Lower => Value::Text(text.to_lowercase()),
                Function::Upper => Value::Text(text.to_uppercase()),
                _ => Value::Text(text.trim().to_owned()),
            },
            _ => Value::Null,
        },
        Function::Year | Function::Month | Function::Quarter => match arg(0) {
            Value::Date(date) => Value::Integer(match function {
                Function::Year => i64::from(date.year()),
                Function::Month => i64::from(date.month()),
                _ => i64::from((date.month() - 1) / 3 + 1),
            }),
            _ => Value::Null,
        },
    }
}

/// The least or greatest argument, passing over null.
fn extreme<R: Row + ?Sized>(args: &[Expr], row: &R, wanted: Ordering) -> Value {
    let mut best = Value::Null;
    for expr in args {
        let value = eval(expr, row);
        if best == Value::Null || order(&value, &best) == Some(wanted) {
            best = value;
        }
    }
    best
}
