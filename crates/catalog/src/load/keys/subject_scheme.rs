//! The keys of schemes that grade subjects from statements.

use super::Shape::{
    Bool, Date, Either, Formula, MapOf, Number, OneOf, Scalar, Sub, SubList, Text, Whole, Words,
};
use super::indicator::ROUND;
use super::scheme::{BAND, SCORE};
use super::{Shape, Table, VALID, may, must};

pub(crate) static SUBJECT_SCHEME: Table = Table {
    name: "subject-scheme",
    head: true,
    keys: &[
        must("of", Text),
        must("holder", Text),
        may("valid", Sub(&VALID)),
        may("where", Formula),
        may("doubtful", Formula),
        may("internal", Bool),
        must("full", Number),
        must("round", Sub(&ROUND)),
        may("bands", SubList(&BAND)),
        may("rung", SubList(&RUNG)),
        must("item", SubList(&ITEM)),
        may("veto", SubList(&VETO)),
        may("example", SubList(&EXAMPLE)),
    ],
};

static RUNG: Table = Table {
    name: "rung",
    head: false,
    keys: &[
        must("grade", Text),
        must("name", Words),
        must("from", Number),
        may("after", Either(&[OneOf(&["next-year"]), Sub(&SPAN)])),
        may("asks", Formula),
        may("clock", Text),
    ],
};

static SPAN: Table =
    Table { name: "span", head: false, keys: &[may("years", Whole(1, 100)), may("months", Whole(1, 1200))] };

static ITEM: Table = Table {
    name: "subject-item",
    head: false,
    keys: &[
        must("id", Text),
        must("name", Words),
        must("points", Number),
        must("where", Formula),
        may("sum", Formula),
        may("window", Sub(&SPAN)),
        may("valid", Bool),
        may("better", OneOf(&["higher", "lower"])),
        must("score", Sub(&SCORE)),
    ],
};

static VETO: Table = Table {
    name: "subject-veto",
    head: false,
    keys: &[must("where", Formula), may("window", Sub(&SPAN)), must("grade", Text), must("says", Words)],
};

static EXAMPLE: Table = Table {
    name: "subject-example",
    head: false,
    keys: &[
        may("says", Words),
        must("on", Date),
        must("statements", Shape::List(&MapOf(&Scalar))),
        must("expect", Sub(&EXPECT)),
    ],
};

static EXPECT: Table = Table {
    name: "subject-expect",
    head: false,
    keys: &[must("grade", Text), may("points", Number), may("since", Date), may("next", Date)],
};
