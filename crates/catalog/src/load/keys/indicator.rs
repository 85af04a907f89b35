//! The keys of indicators: what all share, what each kind needs, and the tables inside.

use super::Shape::{
    Bool, Date, Either, Formula, List, MapOf, Number, OneOf, Scalar, Sub, SubList, Text, Texts, Whole, Words,
};
use super::{Table, may, must};

/// Kinds of indicators with the keys that belong to them: required ones first, then optional ones.
pub(crate) const INDICATOR_KINDS: &[(&str, &[&str], &[&str])] = &[
    ("count", &["of"], &["where", "distinct"]),
    ("sum", &["of", "value"], &["where"]),
    ("mean", &["of", "value"], &["where", "weight"]),
    ("ratio", &["of", "top", "bottom"], &["where"]),
    ("proportion", &["of", "top", "bottom"], &["where", "weight", "weights", "design", "distinct"]),
    ("comparable", &["follows", "cell", "from"], &[]),
    ("change", &["of", "from", "as"], &[]),
    ("register", &["of"], &["where", "distinct"]),
    ("reported", &["of", "value"], &["where"]),
    ("derived", &["formula"], &[]),
    ("latent", &["of", "method", "columns", "answer"], &["where", "options"]),
    ("index", &["among", "method", "columns", "answer"], &["options"]),
    ("small-area", &["among", "method", "columns", "answer"], &["options"]),
    ("spc", &["steps", "method", "columns", "answer"], &["options"]),
    ("signal", &["steps", "method", "columns", "answer"], &["options"]),
];

/// Keys that only some kinds have.
pub(crate) const KIND_KEYS: &[&str] = &[
    "of", "where", "top", "bottom", "value", "weight", "weights", "design", "distinct", "follows", "cell",
    "from", "as", "formula", "among", "steps", "method", "columns", "options", "answer",
];

const KIND_WORDS: &[&str] = &[
    "count",
    "sum",
    "mean",
    "ratio",
    "proportion",
    "comparable",
    "change",
    "register",
    "reported",
    "derived",
    "latent",
    "index",
    "small-area",
    "spc",
    "signal",
];

pub(crate) static INDICATOR: Table = Table {
    name: "indicator",
    head: true,
    keys: &[
        must("kind", OneOf(KIND_WORDS)),
        may("of", Text),
        may("where", Formula),
        may("top", Formula),
        may("bottom", Formula),
        may("value", Formula),
        may("weight", Formula),
        may("weights", Sub(&WEIGHTS)),
        may("design", Sub(&DESIGN)),
        may("distinct", Text),
        may("follows", Text),
        may("cell", Texts),
        may("from", OneOf(&["year-before", "previous"])),
        may("as", OneOf(&["points", "percent"])),
        may("formula", Formula),
        may("among", OneOf(&["siblings", "province", "nation"])),
        may("steps", Sub(&STEPS)),
        may("method", Text),
        may("columns", MapOf(&Either(&[Formula, Sub(&TAKE)]))),
        may("options", MapOf(&Scalar)),
        may("answer", Sub(&ANSWER)),
        may("by", List(&Text)),
        may("unit", Either(&[OneOf(&["percent", "points"]), Words])),
        may("better", OneOf(&["higher", "lower", "neither"])),
        may("headline", Bool),
        may("interval", Sub(&INTERVAL)),
        may("small", Sub(&SMALL)),
        may("round", Sub(&ROUND)),
        may("break", SubList(&BREAK)),
        may("target", SubList(&TARGET)),
        may("example", SubList(&INDICATOR_EXAMPLE)),
    ],
};

static WEIGHTS: Table = Table {
    name: "weights",
    head: false,
    keys: &[must("record", Text), must("value", Text), must("cell", Text), must("coverage_below", Number)],
};

static DESIGN: Table = Table {
    name: "design",
    head: false,
    keys: &[
        may("strata", Text),
        may("cluster", Text),
        may("population", Formula),
        may("lonely", OneOf(&["fail", "certainty", "adjust", "average"])),
    ],
};

static STEPS: Table = Table {
    name: "steps",
    head: false,
    keys: &[must("of", OneOf(&["week", "month", "quarter", "half", "year"])), must("before", Whole(0, 2000))],
};

static TAKE: Table = Table { name: "take", head: false, keys: &[may("of", Text), must("take", Formula)] };

static ANSWER: Table = Table {
    name: "answer",
    head: false,
    keys: &[
        may("table", Text),
        may("find", MapOf(&Scalar)),
        may("value", Text),
        may("low", Text),
        may("high", Text),
        may("centre", Text),
        may("scale", Number),
        may("alarm", Texts),
        may("also", Texts),
    ],
};

/// Ways to state uncertainty: without a design, then with one.
const INTERVAL_METHODS: [&str; 9] =
    ["wilson", "clopper-pearson", "poisson", "student-t", "logit", "likelihood", "beta", "asin", "mean"];

static INTERVAL: Table = Table {
    name: "interval",
    head: false,
    keys: &[must("method", OneOf(&INTERVAL_METHODS)), must("level", Number)],
};

static SMALL: Table = Table {
    name: "small",
    head: false,
    keys: &[must("below", Whole(1, 1_000_000)), must("then", OneOf(&["flag", "suppress"]))],
};

pub(super) static ROUND: Table = Table {
    name: "round",
    head: false,
    keys: &[must("rule", OneOf(&["gbt8170", "half-up"])), must("digits", Whole(0, 9))],
};

static BREAK: Table = Table { name: "break", head: false, keys: &[must("on", Date), must("says", Words)] };

static TARGET: Table = Table {
    name: "target",
    head: false,
    keys: &[
        must("region", Text),
        must("period", Text),
        may("at_least", Number),
        may("at_most", Number),
        must("basis", Text),
    ],
};

static INDICATOR_EXAMPLE: Table = Table {
    name: "indicator-example",
    head: false,
    keys: &[
        must("given", SubList(&GIVEN)),
        may("on", Date),
        may("region", Text),
        may("period", Text),
        must("expect", Sub(&EXPECT)),
    ],
};

static GIVEN: Table = Table {
    name: "given",
    head: false,
    keys: &[
        may("count", Whole(0, 1_000_000_000)),
        may("fields", MapOf(&Scalar)),
        may("every", OneOf(&["day", "week", "month", "year"])),
        may("times", Whole(1, 1000)),
        may("before", Bool),
        may("record", Text),
        may("of", Text),
        may("value", Number),
    ],
};

static EXPECT: Table = Table {
    name: "expect",
    head: false,
    keys: &[
        must("value", Text),
        may("low", Text),
        may("high", Text),
        may("top", Number),
        may("bottom", Number),
    ],
};
