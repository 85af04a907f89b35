//! The keys of procedures and of letters.

use super::Shape::{
    Bool, Date, Either, Formula, List, MapOf, OneOf, Scalar, Sub, SubList, Text, Texts, Whole, Words,
};
use super::{Key, Table, field_keys_and, may, must};
use crate::model::{FigurePart, GatherBy, LetterForm, RoleAt};

pub(crate) static PROCEDURE: Table = Table {
    name: "procedure",
    head: true,
    keys: &[
        may("version_of", Text),
        may("dated", Text),
        may("within", Text),
        must("region", Text),
        must("roles", MapOf(&Sub(&ROLE))),
        must("fields", MapOf(&Sub(&SHEET_FIELD))),
        must("states", MapOf(&Sub(&STATE))),
        must("step", SubList(&STEP)),
        may("example", SubList(&EXAMPLE)),
    ],
};

const SHEET_KEYS: [Key; 18] = field_keys_and(may("from", Sub(&FROM)));

/// A field of a sheet: as of a record, and perhaps one that nobody types.
static SHEET_FIELD: Table = Table { name: "field", head: false, keys: &SHEET_KEYS };

/// The four places from which a figure is known, each with the keys that it needs and those that it may have; a table has
/// exactly one of them.
pub(crate) const SOURCES: [(&str, &[&str], &[&str]); 4] = [
    ("measure", &[], &["region", "period", "first", "last", "cuts"]),
    ("scheme", &["what"], &["region", "period", "first", "last", "within"]),
    ("record", &["find", "field"], &[]),
    ("disclosure", &["what", "least"], &["most_share"]),
];

pub(crate) static FROM: Table = Table {
    name: "from",
    head: false,
    keys: &[
        may("measure", Text),
        may("scheme", Text),
        may("record", Text),
        may("disclosure", Text),
        may("what", OneOf(&FIGURE_WORDS)),
        may("region", Formula),
        may("period", Formula),
        may("first", Formula),
        may("last", Formula),
        may("cuts", MapOf(&Formula)),
        may("within", Formula),
        may("find", MapOf(&Formula)),
        may("field", Text),
        may("least", Formula),
        may("most_share", Formula),
        may("may_differ", Bool),
    ],
};

const FIGURE_WORDS: [&str; FigurePart::ALL.len()] = {
    let mut words = [""; FigurePart::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = FigurePart::ALL[at].0;
        at += 1;
    }
    words
};

static ROLE: Table = Table {
    name: "role",
    head: false,
    keys: &[
        must("zh", Text),
        must("en", Text),
        may("holds", Text),
        may("party", Text),
        may("public", Bool),
        may("at", OneOf(&RoleAt::WORDS)),
        may("apart", Texts),
    ],
};

static STATE: Table = Table {
    name: "state",
    head: false,
    keys: &[
        must("zh", Text),
        must("en", Text),
        may("end", Bool),
        may("binding", Bool),
        may("without_notice", Words),
    ],
};

static STEP: Table = Table {
    name: "step",
    head: false,
    keys: &[
        must("id", Text),
        must("name", Words),
        may("from", Texts),
        may("to", Text),
        may("who", List(&Text)),
        may("count", Whole(2, 99)),
        may("approve", List(&Text)),
        may("form", List(&Text)),
        may("may", List(&Text)),
        may("evidence", List(&Text)),
        may("fresh", List(&Text)),
        may("gather", MapOf(&Sub(&GATHER))),
        may("set", MapOf(&Formula)),
        may("when", Formula),
        may("within", Text),
        may("after", List(&Text)),
        may("closed", List(&Text)),
        may("lapse", Text),
        may("start", SubList(&START)),
        may("answer", List(&Text)),
        may("stop", List(&Text)),
        may("pause", Sub(&PAUSE)),
        may("resume", Sub(&PAUSE)),
        may("letters", List(&Text)),
        may("notice", Bool),
        may("effects", SubList(&EFFECT)),
        may("void", Bool),
    ],
};

static GATHER: Table =
    Table { name: "gather", head: false, keys: &[must("of", Formula), must("by", OneOf(&GatherBy::WORDS))] };

static START: Table = Table {
    name: "start",
    head: false,
    keys: &[must("clock", Text), may("as", Text), may("on", Text), may("until", Text)],
};

static PAUSE: Table =
    Table { name: "pause", head: false, keys: &[must("clock", Text), must("reason", Text)] };

/// Words of the four effects; a table has exactly one of them.
pub(crate) const EFFECTS: [&str; 4] = ["record", "correct", "withdraw", "open"];

static EFFECT: Table = Table {
    name: "effect",
    head: false,
    keys: &[
        may("record", Text),
        may("correct", Text),
        may("withdraw", Text),
        may("open", Text),
        may("step", Text),
        may("all", Bool),
        may("when", Formula),
        may("set", MapOf(&Formula)),
    ],
};

static EXAMPLE: Table = Table {
    name: "case-example",
    head: false,
    keys: &[may("says", Words), must("steps", SubList(&EXAMPLE_STEP)), may("expect", Sub(&EXPECT))],
};

static EXAMPLE_STEP: Table = Table {
    name: "case-step",
    head: false,
    keys: &[
        must("do", Text),
        may("by", Text),
        must("on", Date),
        may("form", MapOf(&Scalar)),
        may("figures", MapOf(&Either(&[Sub(&TOLD_FIGURE), Scalar]))),
        may("evidence", List(&Text)),
        may("reason", Text),
        may("refused", Text),
        may("state", Text),
    ],
};

static TOLD_FIGURE: Table =
    Table { name: "told-figure", head: false, keys: &[may("value", Scalar), may("at", Text)] };

const COUNT: super::Shape = Whole(0, 1_000_000);

static EXPECT: Table = Table {
    name: "case-expect",
    head: false,
    keys: &[
        may("state", Text),
        may("due", MapOf(&Date)),
        may("letters", COUNT),
        may("records", MapOf(&COUNT)),
        may("opened", MapOf(&COUNT)),
    ],
};

/// The front matter of a letter.
pub(crate) static LETTER: Table = Table {
    name: "letter",
    head: false,
    keys: &[
        must("title", Words),
        must("series", Text),
        must("to", Text),
        must("basis", Texts),
        may("form", OneOf(&LetterForm::WORDS)),
        may("attachments", Texts),
        may("copies", Texts),
    ],
};
