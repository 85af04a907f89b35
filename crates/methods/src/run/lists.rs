//! Columns without a fixed name, and options that are lists: what the methods over several criteria share.

use super::{Choice, Frame, Options};
use crate::refusal::Refusal;

/// The names of the columns that none of `named` takes, in order; at least one.
pub(super) fn rest(frame: &Frame, named: &[&str]) -> Result<Vec<String>, Refusal> {
    let names: Vec<String> = frame.names().filter(|name| !named.contains(name)).map(str::to_owned).collect();
    if names.is_empty() { Err(Refusal::Empty { what: "columns" }) } else { Ok(names) }
}

/// Those columns as numbers.
pub(super) fn numbers(frame: &Frame, names: &[String]) -> Result<Vec<Vec<f64>>, Refusal> {
    names.iter().map(|name| frame.numbers(name)).collect()
}

/// What the rows are called: the cells of `column`, or numbers from 1 where it is absent.
pub(super) fn labels(frame: &Frame, column: &str) -> Vec<String> {
    match frame.texts(column) {
        Ok(texts) => texts.to_vec(),
        Err(_) => (1..=frame.n_rows()).map(|row| row.to_string()).collect(),
    }
}

/// `a, b` as its parts; none for blank text.
pub(super) fn list(options: &Options, choice: &Choice) -> Vec<String> {
    let parts = options.text(choice).split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Which of `names` the option lists; refuses others.
pub(super) fn chosen(options: &Options, choice: &Choice, names: &[String]) -> Result<Vec<bool>, Refusal> {
    let listed = list(options, choice);
    for name in &listed {
        if !names.contains(name) {
            return Err(unknown("column", name, names));
        }
    }
    Ok(names.iter().map(|name| listed.contains(name)).collect())
}

/// `name=value, name=value` as pairs of a name among `names` (its position) and the text after `=`.
pub(super) fn pairs(
    options: &Options,
    choice: &Choice,
    names: &[String],
) -> Result<Vec<(usize, String)>, Refusal> {
    let one = |part: String| {
        let (name, value) =
            part.split_once('=').ok_or_else(|| unknown("value", &part, &["name=value".to_owned()]))?;
        let name = name.trim();
        let at = names.iter().position(|own| own == name).ok_or_else(|| unknown("column", name, names))?;
        Ok((at, value.trim().to_owned()))
    };
    list(options, choice).into_iter().map(one).collect()
}

/// One number per name: those listed as `name=value`, `default` for the others.
pub(super) fn numbers_by_name(
    options: &Options,
    choice: &Choice,
    names: &[String],
    default: f64,
) -> Result<Vec<f64>, Refusal> {
    let mut values = vec![default; names.len()];
    for (at, text) in pairs(options, choice, names)? {
        values[at] = number(&text)?;
    }
    Ok(values)
}

/// A finite number.
pub(super) fn number(text: &str) -> Result<f64, Refusal> {
    let value = text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| unknown("value", text, &["a number".to_owned()]))
}

/// Two numbers around a colon, as `60:100`.
pub(super) fn two_numbers(text: &str) -> Result<(f64, f64), Refusal> {
    let (low, high) =
        text.split_once(':').ok_or_else(|| unknown("value", text, &["two numbers as 60:100".to_owned()]))?;
    Ok((number(low)?, number(high)?))
}

/// There is no such thing; these there are.
pub(super) fn unknown(kind: &'static str, name: &str, known: &[String]) -> Refusal {
    Refusal::Unknown { kind, name: name.to_owned(), known: known.to_vec() }
}
