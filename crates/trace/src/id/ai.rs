//! Application identifiers: which exist, and what their values look like.

use std::collections::HashMap;
use std::sync::OnceLock;

use zhiheng_base::code::gs1_check;

use super::character;

/// One part of a value: characters of a kind, of an exact or a greatest length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    kind: char,
    most: usize,
    exact: bool,
    check: bool,
}

/// The format of one application identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Format {
    parts: Vec<Part>,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Too short or too long; the greatest length.
    Length(usize),
    /// A character that the format does not allow.
    Character(char),
    /// A wrong check digit; the right one.
    Check(char),
    /// No date.
    Date,
}

/// The format of application identifier `ai`; `None` if there is no such identifier.
pub(super) fn format(ai: &str) -> Option<&'static Format> {
    static TABLE: OnceLock<HashMap<String, Format>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("ai.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(' '))
            .flat_map(|(ai, spec)| {
                let format = Format { parts: spec.split('+').filter_map(part).collect() };
                match ai.strip_suffix('n') {
                    None => vec![(ai.to_owned(), format)],
                    Some(stem) => (0..10).map(|n| (format!("{stem}{n}"), format.clone())).collect(),
                }
            })
            .collect()
    });
    table.get(ai)
}

fn part(spec: &str) -> Option<Part> {
    let kind = spec.chars().next()?;
    let (spec, check) = match spec.get(1..)?.strip_suffix('c') {
        Some(spec) => (spec, true),
        None => (spec.get(1..)?, false),
    };
    let (length, exact) = match spec.strip_prefix("..") {
        Some(length) => (length, false),
        None => (spec, true),
    };
    Some(Part { kind, most: length.parse().ok()?, exact, check })
}

/// The length of the values of `ai` if an element string needs no separator after them
/// (General Specifications, table 7.8.5-2).
pub(super) fn predefined_length(ai: &str) -> Option<usize> {
    let start = ai.get(..2)?;
    Some(match start {
        "00" => 18,
        "01" | "02" | "03" => 14,
        "04" => 16,
        "20" => 2,
        // dates, then measures
        "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" | "31" | "32" | "33" | "34" | "35"
        | "36" => 6,
        "41" => 13,
        _ => return None,
    })
}

/// The application identifier at the start of `text`, if there is one.
pub(super) fn leading(text: &str) -> Option<&str> {
    (2..=4).filter_map(|length| text.get(..length)).find(|ai| format(ai).is_some())
}

impl Format {
    /// The fault of `value`, if it has one.
    pub(super) fn fault(&self, value: &str) -> Option<Fault> {
        let most = self.parts.iter().map(|part| part.most).sum();
        let mut rest = value;
        for part in &self.parts {
            let length = rest.len().min(part.most);
            let Some((text, after)) = rest.split_at_checked(length) else {
                return Some(Fault::Character(first_foreign(rest)));
            };
            let is_first = rest.len() == value.len();
            if (part.exact && length < part.most) || (is_first && length == 0) {
                return Some(Fault::Length(most));
            }
            if let Some(c) = text.chars().find(|&c| !character::is_in(part.kind, c)) {
                return Some(Fault::Character(c));
            }
            if part.kind == 'D' && !is_date(text) {
                return Some(Fault::Date);
            }
            if part.check {
                let (body, last) = text.split_at(length - 1);
                if let Some(expected) = gs1_check(body).filter(|digit| !last.starts_with(*digit)) {
                    return Some(Fault::Check(expected));
                }
            }
            rest = after;
        }
        (!rest.is_empty()).then_some(Fault::Length(most))
    }
}

fn first_foreign(text: &str) -> char {
    text.chars().find(|c| !c.is_ascii()).unwrap_or('\u{fffd}')
}

/// `YYMMDD`; day 00 is the end of the month.
fn is_date(text: &str) -> bool {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i8>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0, 2), number(2, 4), number(4, 6)) else {
        return false;
    };
    // which century does not matter, but 29 February must: 2000 + YY is a leap year when YY is one
    jiff::civil::Date::new(2000 + i16::from(year), month, day.max(1)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_format() {
        for line in include_str!("ai.txt").lines().filter(|line| !line.starts_with('#')) {
            let (ai, spec) = line.split_once(' ').expect("two columns");
            let format = format(&ai.replace('n', "0")).expect("in the table");
            assert_eq!(format.parts.len(), spec.split('+').count(), "{line}");
            if let Some(length) = predefined_length(ai) {
                assert_eq!(format.parts.iter().map(|part| part.most).sum::<usize>(), length, "{line}");
            }
        }
    }

    #[test]
    fn values_by_hand() {
        for (ai, value, fault) in [
            ("01", "06901234567892", None),
            ("01", "06901234567893", Some(Fault::Check('2'))),
            ("01", "6901234567892", Some(Fault::Length(14))),
            ("10", "LOT/1", None),
            ("10", "", Some(Fault::Length(20))),
            ("10", "123456789012345678901", Some(Fault::Length(20))),
            ("10", "a b", Some(Fault::Character(' '))),
            ("10", "\u{6279}", Some(Fault::Character('\u{6279}'))),
            ("17", "260200", None),
            ("17", "260230", Some(Fault::Date)),
            ("253", "4012345000054987", None),
            ("253", "4012345000054", None),
            ("3103", "000125", None),
            ("3103", "12", Some(Fault::Length(6))),
            ("8010", "4012345AB#-/", None),
            ("8010", "4012345ab", Some(Fault::Character('a'))),
        ] {
            assert_eq!(format(ai).expect("known").fault(value), fault, "({ai}){value}");
        }
        assert_eq!(
            (format("05"), leading("10ABC"), leading("3103000125"), leading("05")),
            (None, Some("10"), Some("3103"), None)
        );
    }
}
