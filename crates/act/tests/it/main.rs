//! The clock engine from outside: the annex of clocks, reference vectors, properties, hostile input, states and texts.

mod annex;
mod cases;
mod explain;
mod figures;
mod hostile;
mod properties;
mod shipped;
mod states;
mod vectors;

use std::sync::LazyLock;

use zhiheng_act::clock::{Calendar, Clock};
use zhiheng_base::{Date, Diagnostic};

const HOLIDAYS: &str = include_str!("../../../../catalog/base/holidays.csv");

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse(HOLIDAYS, "").unwrap());
static ANNEX: LazyLock<Vec<Clock>> = LazyLock::new(|| {
    let (clocks, problems) = clocks(include_str!("../../../../catalog/clocks/procedure.toml"));
    assert!(problems.is_empty(), "{problems:?}");
    clocks
});

/// A clock of the annex.
fn annex(id: &str) -> &'static Clock {
    ANNEX.iter().find(|clock| clock.id == id).unwrap_or_else(|| panic!("no clock {id}"))
}

/// The clocks of a file of definitions, and what is wrong with it.
fn clocks(text: &str) -> (Vec<Clock>, Vec<Diagnostic>) {
    let loaded = zhiheng_catalog::load_bare(&[("clocks/README.md", ""), ("clocks/procedure.toml", text)]);
    (loaded.catalog.clocks.into_values().collect(), loaded.problems)
}

/// The text of a file with one clock of the given rule.
fn text(rule: &str) -> String {
    format!(
        "[[clock]]\nid = \"T\"\nname = {{ zh = \"试\", en = \"Trial\" }}\nfrom = \"start\"\n\
         start = {{ zh = \"起\", en = \"start\" }}\nbasis = [\"法\"]\nconfirmed = true\n{rule}\n"
    )
}

/// A clock of the given rule, which must be right.
fn clock(rule: &str) -> Clock {
    let (mut clocks, problems) = clocks(&text(rule));
    assert!(problems.is_empty(), "{rule}: {problems:?}");
    clocks.remove(0)
}

/// A date as text.
fn day(text: &str) -> Date {
    text.parse().unwrap()
}
