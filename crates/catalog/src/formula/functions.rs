//! The closed list of functions: names and what they take.

use super::{Function, ValueType};

/// What a function takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// Arguments of these types, result type.
    Fixed(&'static [Parameter], ValueType),
    /// At least so many arguments of one type; the result is of that type.
    Alike(usize),
    /// A number and constant digits; the result is of the number's type.
    Rounding,
    /// A number; the result is of its type.
    SameNumber,
}

/// Type of one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    Text,
    Texts,
    Date,
}

impl Parameter {
    pub(super) fn value_type(self) -> ValueType {
        match self {
            Parameter::Text => ValueType::Text,
            Parameter::Texts => ValueType::Texts,
            Parameter::Date => ValueType::Date,
        }
    }
}

/// All functions with the names by which formulas call them.
pub const FUNCTIONS: [(&str, Function); 16] = [
    ("abs", Function::Abs),
    ("coalesce", Function::Coalesce),
    ("contains", Function::Contains),
    ("count", Function::Count),
    ("days_between", Function::DaysBetween),
    ("greatest", Function::Greatest),
    ("least", Function::Least),
    ("length", Function::Length),
    ("lower", Function::Lower),
    ("month", Function::Month),
    ("quarter", Function::Quarter),
    ("round", Function::Round),
    ("starts_with", Function::StartsWith),
    ("trim", Function::Trim),
    ("upper", Function::Upper),
    ("year", Function::Year),
];

impl Function {
    /// The function called `name`, in either case.
    pub fn find(name: &str) -> Option<Function> {
        FUNCTIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, function)| function)
    }

    /// The name by which formulas call it.
    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|&&(_, function)| function == self).map_or("", |(name, _)| name)
    }

    pub(super) fn signature(self) -> Signature {
        use Parameter::{Date, Text, Texts};
        match self {
            Function::Abs => Signature::SameNumber,
            Function::Round => Signature::Rounding,
            Function::Coalesce => Signature::Alike(1),
            Function::Least | Function::Greatest => Signature::Alike(2),
            Function::Contains => Signature::Fixed(&[Texts, Text], ValueType::Bool),
            Function::Count => Signature::Fixed(&[Texts], ValueType::Integer),
            Function::DaysBetween => Signature::Fixed(&[Date, Date], ValueType::Integer),
            Function::Length => Signature::Fixed(&[Text], ValueType::Integer),
            Function::Lower | Function::Trim | Function::Upper => Signature::Fixed(&[Text], ValueType::Text),
            Function::Month | Function::Quarter | Function::Year => {
                Signature::Fixed(&[Date], ValueType::Integer)
            }
            Function::StartsWith => Signature::Fixed(&[Text, Text], ValueType::Bool),
        }
    }
}
