//! The keys of schemes.

use super::Shape::{Bool, Number, OneOf, Sub, SubList, Text, Texts, Whole, Words};
use super::indicator::ROUND;
use super::{LEVELS, Table, may, must};

pub(crate) static SCHEME: Table = Table {
    name: "scheme",
    head: true,
    keys: &[
        must("assesses", OneOf(LEVELS)),
        must("full", Number),
        must("round", Sub(&ROUND)),
        must("bands", SubList(&BAND)),
        must("missing", OneOf(&MISSING)),
        may("group", SubList(&GROUP)),
        must("item", SubList(&ITEM)),
        may("veto", SubList(&VETO)),
        may("weights", Sub(&WEIGHTS)),
        may("duty", SubList(&DUTY)),
        may("panel", Sub(&PANEL)),
    ],
};

static PANEL: Table = Table {
    name: "panel",
    head: false,
    keys: &[
        must("stage", OneOf(&["review", "on-site", "final"])),
        must("reviewers", Whole(1, 50)),
        must("settle", OneOf(&["median", "mean", "trimmed"])),
        must("apart", Number),
    ],
};

const MISSING: [&str; 4] = ["open", "zero", "full", "redistribute"];

pub(crate) static BAND: Table = Table {
    name: "band",
    head: false,
    keys: &[must("grade", Text), must("name", Words), must("from", Number)],
};

static GROUP: Table = Table {
    name: "group",
    head: false,
    keys: &[must("id", Text), must("name", Words), must("points", Number)],
};

static ITEM: Table = Table {
    name: "scheme-item",
    head: false,
    keys: &[
        must("id", Text),
        must("name", Words),
        may("group", Text),
        must("points", Number),
        may("measure", Text),
        must("score", Sub(&SCORE)),
        may("missing", OneOf(&MISSING)),
        may("evidence", Texts),
        may("unproven", OneOf(&["open", "zero"])),
        may("weights", Sub(&WEIGHTS)),
    ],
};

/// Ways to score; a table of exactly one of them.
pub(crate) static SCORE: Table = Table {
    name: "score",
    head: false,
    keys: &[
        may("binary", Sub(&BINARY)),
        may("checklist", Sub(&EACH)),
        may("levels", SubList(&LEVEL)),
        may("target_ratio", Sub(&RATIO)),
        may("stepped", Sub(&STEPPED)),
        may("between", Sub(&BETWEEN)),
        may("change", Sub(&CHANGE)),
        may("rank", SubList(&SHARE)),
        may("deduct", Sub(&EACH)),
        may("bonus", Sub(&EACH)),
        may("judged", Sub(&JUDGED)),
    ],
};

static JUDGED: Table = Table { name: "judged", head: false, keys: &[may("levels", SubList(&JUDGED_LEVEL))] };

static JUDGED_LEVEL: Table =
    Table { name: "judged-level", head: false, keys: &[must("points", Number), must("says", Words)] };

static WEIGHTS: Table = Table { name: "scheme-weights", head: false, keys: &[must("within", Number)] };

/// A number, or `"target"`.
const LIMIT: super::Shape = super::Shape::Either(&[OneOf(&["target"]), Number]);

static BINARY: Table =
    Table { name: "binary", head: false, keys: &[may("at_least", LIMIT), may("at_most", LIMIT)] };

static EACH: Table = Table { name: "each", head: false, keys: &[must("each", Number)] };

static LEVEL: Table =
    Table { name: "score-level", head: false, keys: &[must("from", Number), must("points", Number)] };

static RATIO: Table = Table { name: "target-ratio", head: false, keys: &[must("target", LIMIT)] };

static STEPPED: Table = Table {
    name: "stepped",
    head: false,
    keys: &[
        must("target", LIMIT),
        must("step", Number),
        must("each", Number),
        may("floor", Number),
        may("begun", Bool),
    ],
};

static BETWEEN: Table =
    Table { name: "between", head: false, keys: &[must("best", Number), must("worst", Number)] };

static CHANGE: Table = Table {
    name: "score-change",
    head: false,
    keys: &[must("better", Number), must("same", Number), must("worse", Number), may("within", Number)],
};

static SHARE: Table =
    Table { name: "share", head: false, keys: &[must("top", Number), must("points", Number)] };

static VETO: Table = Table {
    name: "veto",
    head: false,
    keys: &[must("measure", Text), must("grade", Text), must("says", Words)],
};

static DUTY: Table = Table {
    name: "duty",
    head: false,
    keys: &[
        may("bottom", Whole(1, 1000)),
        may("grade", Text),
        must("says", Words),
        may("clock", Text),
        may("opens", Text),
    ],
};
