//! The keys of clocks.

use super::Shape::{Bool, Date, List, Moment, OneOf, Sub, SubList, Text, Texts, Whole, Words};
use super::{Table, may, must};

/// A number that the rule itself limits.
const N: super::Shape = Whole(i64::MIN, i64::MAX);

const KINDS: super::Shape = OneOf(&["calendar", "working"]);
const BOUNDS: super::Shape = OneOf(&["included", "excluded"]);

pub(crate) static CLOCK: Table = Table {
    name: "clock",
    head: false,
    keys: &[
        must("id", Text),
        must("name", Words),
        must("from", Text),
        must("start", Words),
        may("days", N),
        may("kind", KINDS),
        may("months", N),
        may("years", N),
        may("hours", N),
        may("bound", BOUNDS),
        may("by", Text),
        may("opens", Sub(&LIMIT)),
        may("closes", Sub(&LIMIT)),
        may("every", Sub(&LIMIT)),
        may("before", Sub(&LIMIT)),
        may("first", SubList(&LIMIT)),
        may("sense", OneOf(&["duty", "right", "term"])),
        may("moves", Bool),
        may("pauses", List(&Text)),
        may("remind", List(&N)),
        may("who", Words),
        may("missed", Words),
        may("says", Words),
        must("basis", Texts),
        must("confirmed", Bool),
        may("region", Text),
        may("since", Date),
        may("until", Date),
        may("example", SubList(&EXAMPLE)),
    ],
};

static LIMIT: Table = Table {
    name: "clock-limit",
    head: false,
    keys: &[
        may("days", N),
        may("kind", KINDS),
        may("months", N),
        may("years", N),
        may("hours", N),
        may("bound", BOUNDS),
        may("date", Text),
        may("counter", Text),
        may("limit", N),
    ],
};

static EXAMPLE: Table = Table {
    name: "clock-example",
    head: false,
    keys: &[
        may("why", Words),
        must("start", Moment),
        may("restarts", List(&Moment)),
        may("pauses", SubList(&PAUSE)),
        may("readings", SubList(&READING)),
        may("done", List(&Date)),
        may("opens", Date),
        may("due", Date),
        may("at", Moment),
        may("provisional", Bool),
    ],
};

static PAUSE: Table = Table {
    name: "clock-pause",
    head: false,
    keys: &[must("from", Date), may("to", Date), must("reason", Text)],
};

static READING: Table = Table {
    name: "clock-reading",
    head: false,
    keys: &[must("counter", Text), must("on", Date), must("value", N)],
};
