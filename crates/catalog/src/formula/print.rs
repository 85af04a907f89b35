//! Typed tree → text that parses to the same tree.

use std::fmt::{self, Display, Formatter};

use super::{Binary, Expr, Formula, Unary, Value, ValueType};

impl Display for Formula {
    /// The formula as it is understood, with every parenthesis that matters.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)
    }
}

impl Binary {
    /// The sign in formulas.
    pub fn sign(self) -> &'static str {
        match self {
            Binary::And => "AND",
            Binary::Or => "OR",
            Binary::Equal => "=",
            Binary::NotEqual => "<>",
            Binary::Less => "<",
            Binary::LessOrEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterOrEqual => ">=",
            Binary::Add => "+",
            Binary::Subtract => "-",
            Binary::Multiply => "*",
            Binary::Divide => "/",
        }
    }
}

impl ValueType {
    /// The word used in messages' arguments.
    pub fn word(self) -> &'static str {
        match self {
            ValueType::Bool => "bool",
            ValueType::Integer => "integer",
            ValueType::Decimal => "decimal",
            ValueType::Text => "text",
            ValueType::Date => "date",
            ValueType::Texts => "texts",
        }
    }
}

impl Expr {
    /// Number of nodes of the tree.
    pub fn nodes(&self) -> usize {
        1 + match self {
            Expr::Name(_) | Expr::Constant(_) => 0,
            Expr::Unary(_, of) | Expr::IsNull { of, .. } | Expr::Like { of, .. } => of.nodes(),
            Expr::Binary(_, a, b) => a.nodes() + b.nodes(),
            Expr::In { of, choices, .. } => of.nodes() + choices.iter().map(Expr::nodes).sum::<usize>(),
            Expr::Case { arms, otherwise } => {
                let arms: usize = arms.iter().map(|(when, then)| when.nodes() + then.nodes()).sum();
                arms + otherwise.as_ref().map_or(0, |expr| expr.nodes())
            }
            Expr::Call(_, args) => args.iter().map(Expr::nodes).sum(),
        }
    }

    /// Needs no parentheses as an operand.
    fn is_atom(&self) -> bool {
        match self {
            Expr::Name(_) | Expr::Call(..) | Expr::Case { .. } => true,
            // A negative constant reads as an operation.
            Expr::Constant(Value::Integer(whole)) => *whole >= 0,
            Expr::Constant(Value::Decimal(exact)) => !exact.is_sign_negative(),
            Expr::Constant(_) => true,
            _ => false,
        }
    }
}

/// An operand, in parentheses unless it is one word.
struct Operand<'a>(&'a Expr);

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_atom() { self.0.fmt(f) } else { write!(f, "({})", self.0) }
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let not = |negated: &bool| if *negated { "NOT " } else { "" };
        match self {
            Expr::Name(name) => f.write_str(name),
            Expr::Constant(value) => constant(f, value),
            Expr::Unary(Unary::Not, of) => write!(f, "NOT {}", Operand(of)),
            Expr::Unary(Unary::Minus, of) => write!(f, "-{}", Operand(of)),
            // A chain of one connective needs no parentheses on its left.
            Expr::Binary(op @ (Binary::And | Binary::Or), a, b) => match a.as_ref() {
                Expr::Binary(inner, ..) if inner == op => write!(f, "{a} {} {}", op.sign(), Operand(b)),
                _ => write!(f, "{} {} {}", Operand(a), op.sign(), Operand(b)),
            },
            Expr::Binary(op, a, b) => write!(f, "{} {} {}", Operand(a), op.sign(), Operand(b)),
            Expr::IsNull { of, negated } => write!(f, "{} IS {}NULL", Operand(of), not(negated)),
            Expr::In { of, choices, negated } => {
                write!(f, "{} {}IN (", Operand(of), not(negated))?;
                list(f, choices)?;
                f.write_str(")")
            }
            Expr::Like { of, pattern, negated } => {
                write!(f, "{} {}LIKE ", Operand(of), not(negated))?;
                text(f, pattern)
            }
            Expr::Case { arms, otherwise } => {
                f.write_str("CASE")?;
                for (when, then) in arms {
                    write!(f, " WHEN {when} THEN {then}")?;
                }
                if let Some(otherwise) = otherwise {
                    write!(f, " ELSE {otherwise}")?;
                }
                f.write_str(" END")
            }
            Expr::Call(function, args) => {
                write!(f, "{}(", function.name())?;
                list(f, args)?;
                f.write_str(")")
            }
        }
    }
}

fn list(f: &mut Formatter<'_>, items: &[Expr]) -> fmt::Result {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        item.fmt(f)?;
    }
    Ok(())
}

fn text(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "'{}'", text.replace('\'', "''"))
}

fn constant(f: &mut Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::Null => f.write_str("NULL"),
        Value::Bool(true) => f.write_str("TRUE"),
        Value::Bool(false) => f.write_str("FALSE"),
        Value::Integer(whole) => whole.fmt(f),
        // Without a point it would be read as an integer.
        Value::Decimal(exact) if exact.scale() == 0 => write!(f, "{exact}.0"),
        Value::Decimal(exact) => exact.fmt(f),
        Value::Date(date) => write!(f, "DATE '{date}'"),
        Value::Text(value) => text(f, value),
        // Lists come from fields only.
        Value::Texts(values) => text(f, &values.join(";")),
    }
}
