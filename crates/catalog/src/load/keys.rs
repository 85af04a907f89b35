//! The keys of the language in one declared table. The checker, the "did you mean" of unknown keys and the
//! JSON Schema for editors all read it. Words about a key stand in Fluent as `key-<table>-<key>`.

mod clock;
mod indicator;
mod procedure;
mod scheme;
mod subject_scheme;

use Shape::{
    Bool, Date, Either, Formula, List, MapOf, Number, OneOf, Scalar, Sub, SubList, Text, Texts, Whole, Words,
};
pub(crate) use clock::CLOCK;
pub(crate) use indicator::{INDICATOR, INDICATOR_KINDS, KIND_KEYS};
pub(crate) use procedure::{EFFECTS, LETTER, PROCEDURE, SOURCES};
pub(crate) use scheme::{SCHEME, SCORE};
pub(crate) use subject_scheme::SUBJECT_SCHEME;

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Text, not empty.
    Text,
    /// `{ zh = "…", en = "…" }`.
    Words,
    /// A list of texts, not empty.
    Texts,
    /// A date without a time.
    Date,
    /// A date, or an instant with its offset.
    Moment,
    /// Yes or no.
    Bool,
    /// A whole number between these.
    Whole(i64, i64),
    /// A number, or a number as text.
    Number,
    /// Text of a formula.
    Formula,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A table.
    Sub(&'static Table),
    /// A list of tables.
    SubList(&'static Table),
    /// A table whose keys are names of the writer's choosing.
    MapOf(&'static Shape),
    /// Any single value, or a list of texts: a cell of an example.
    Scalar,
    /// A list of one shape, which may be empty.
    List(&'static Shape),
    /// Any of these.
    Either(&'static [Shape]),
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
}

/// A table of the language.
#[derive(Debug)]
pub(crate) struct Table {
    /// Name in Fluent ids and schemas.
    pub(crate) name: &'static str,
    /// Whether the keys of every definition belong to it.
    pub(crate) head: bool,
    pub(crate) keys: &'static [Key],
}

impl Table {
    /// All keys, those of every definition first.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'static str, &Key)> {
        let head: &[Key] = if self.head { HEAD } else { &[] };
        head.iter().map(|key| ("head", key)).chain(self.keys.iter().map(|key| (self.name, key)))
    }
}

const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, required: true, shape }
}

const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, required: false, shape }
}

const HEAD: &[Key] = &[
    must("name", Words),
    must("basis", Texts),
    must("owner", Text),
    must("since", Date),
    may("until", Date),
    may("confirmed", Bool),
    may("says", Words),
];

pub(crate) static LIST: Table = Table { name: "list", head: true, keys: &[must("items", SubList(&ITEM))] };

pub(crate) static ITEM: Table = Table {
    name: "item",
    head: false,
    keys: &[must("code", Text), must("zh", Text), must("en", Text), may("also", Texts), may("parent", Text)],
};

pub(crate) static RECORD: Table = Table {
    name: "record",
    head: true,
    keys: &[
        must("key", Texts),
        may("date", Text),
        may("valid", Sub(&VALID)),
        may("region", Text),
        may("accept", OneOf(&["all", "good"])),
        may("hand_in", Sub(&HAND_IN)),
        must("fields", MapOf(&Sub(&FIELD))),
        may("check", SubList(&CHECK)),
        may("example", SubList(&RECORD_EXAMPLE)),
    ],
};

pub(crate) static HAND_IN: Table = Table {
    name: "hand-in",
    head: false,
    keys: &[
        must("every", OneOf(&["year", "half", "quarter", "month"])),
        must("by", OneOf(LEVELS)),
        must("days", Whole(0, 366)),
    ],
};

pub(crate) static VALID: Table =
    Table { name: "valid", head: false, keys: &[must("from", Text), must("until", Text)] };

/// Types of fields with the keys that belong to them alone.
pub(crate) const FIELD_TYPES: &[(&str, &[&str])] = &[
    ("text", &["max"]),
    ("integer", &["min", "max"]),
    ("decimal", &["min", "max", "scale", "unit"]),
    ("money", &[]),
    ("date", &["future"]),
    ("bool", &[]),
    ("code", &["list"]),
    ("region", &["at_least"]),
    ("enterprise", &[]),
    ("product", &[]),
    ("standard", &[]),
    ("subject", &["of"]),
];

const FIELD_TYPE_WORDS: &[&str] = &[
    "text",
    "integer",
    "decimal",
    "money",
    "date",
    "bool",
    "code",
    "region",
    "enterprise",
    "product",
    "standard",
    "subject",
];

pub(crate) const LEVELS: &[&str] = &["nation", "province", "city", "county", "township", "village"];

/// A code list by its id, or codes written in place.
const LIST_OR_CODES: Shape = Either(&[Text, SubList(&ITEM)]);

const FIELD_KEYS: [Key; 17] = [
    must("type", OneOf(FIELD_TYPE_WORDS)),
    must("zh", Text),
    must("en", Text),
    may("also", Texts),
    may("optional", Bool),
    may("many", Bool),
    may("personal", Bool),
    may("says", Words),
    may("example", Text),
    may("min", Number),
    may("max", Number),
    may("scale", Whole(0, 12)),
    may("unit", Text),
    may("future", Bool),
    may("list", LIST_OR_CODES),
    may("at_least", OneOf(LEVELS)),
    may("of", Text),
];

pub(crate) static FIELD: Table = Table { name: "field", head: false, keys: &FIELD_KEYS };

/// The keys of a field, and one more.
const fn field_keys_and(last: Key) -> [Key; 18] {
    let mut keys = [last; 18];
    let mut at = 0;
    while at < FIELD_KEYS.len() {
        keys[at] = FIELD_KEYS[at];
        at += 1;
    }
    keys
}

static CHECK: Table = Table {
    name: "check",
    head: false,
    keys: &[must("must", Formula), must("says", Words), may("warn", Bool)],
};

static RECORD_EXAMPLE: Table = Table {
    name: "record-example",
    head: false,
    keys: &[must("row", MapOf(&Scalar)), may("ok", Bool), may("refused", Text), may("warns", Text)],
};

pub(crate) static SOURCE: Table = Table {
    name: "source",
    head: true,
    keys: &[
        must("into", Text),
        may("format", OneOf(&["csv", "tsv", "xlsx", "jsonl", "json", "parquet"])),
        must("columns", MapOf(&Either(&[Text, Sub(&COLUMN)]))),
        may("leave_out", SubList(&LEAVE_OUT)),
    ],
};

static COLUMN: Table = Table {
    name: "column",
    head: false,
    keys: &[
        may("from", Text),
        may("join", Texts),
        may("with", Scalar),
        may("constant", Text),
        may("row_number", Bool),
        may("date", Text),
        may("map", MapOf(&Scalar)),
        may("otherwise", Text),
        may("empty", Text),
        may("nulls", Texts),
        may("split", Text),
    ],
};

static LEAVE_OUT: Table = Table {
    name: "leave-out",
    head: false,
    keys: &[must("column", Text), must("is", List(&Scalar)), must("says", Words)],
};

pub(crate) static REGION: Table = Table {
    name: "region",
    head: false,
    keys: &[
        must("code", Text),
        must("zh", Text),
        may("en", Text),
        must("source", Text),
        may("since", Date),
        may("until", Date),
    ],
};

pub(crate) static REPORT: Table = Table {
    name: "report",
    head: true,
    keys: &[must("kind", OneOf(&["annual", "quarterly", "special"])), may("for", Texts), may("layout", Text)],
};
