//! Sentence parts that say no more than the data carry.
//!
//! Each phrase has two halves: what was found (computed here, language-free) and how it is said (Fluent messages).
//! In reading order: [`test`] (two rates against each other), [`change`], [`target`], [`groups`], [`detectable`].

pub mod change;
pub mod detectable;
pub mod groups;
pub mod target;
pub mod test;
#[cfg(test)]
mod tests;

use crate::words::say;
use zhiheng_base::words::between;
use zhiheng_base::{Lang, exact::Rounding};

/// Items as a list in words.
pub fn list(items: &[String], lang: Lang) -> String {
    let comma = between(lang, "list-separator");
    match (lang, items) {
        (Lang::En, [rest @ .., last]) if !rest.is_empty() => {
            say(lang, "list-last", &[("rest", &rest.join(&comma)), ("last", last)])
        }
        _ => items.join(&comma),
    }
}

/// A float with so many places, rounded half to even; never a negative zero.
pub fn fixed(value: f64, digits: u32) -> String {
    use rust_decimal::prelude::FromPrimitive;
    rust_decimal::Decimal::from_f64(value).map_or_else(
        || format!("{value:.*}", digits as usize),
        |decimal| Rounding::Gbt8170.round(decimal, digits).to_string(),
    )
}
