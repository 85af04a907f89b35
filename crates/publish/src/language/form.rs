//! The directives there are, what each may hold: the one table behind the checker and its hints.

/// How many ids a directive takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subjects {
    None,
    Optional,
    One,
    Many,
}

/// What an option holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A region code, `above`, `nation`.
    Region,
    /// A period or a relative form.
    Period,
    /// `REGION/PERIOD`.
    Both,
    /// Several periods.
    Over,
    /// `region`, `period` or a dimension of the subjects.
    By,
    /// One or several levels.
    Levels,
    /// A whole number from 1.
    Count,
    /// A rate in per cent.
    Percent,
    /// Columns of a table.
    Columns,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Tiles with their row and column.
    Tiles,
    /// An indicator.
    Indicator,
    /// A name for references.
    Name,
    /// Any text.
    Words,
}

/// One directive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) block: bool,
    pub(super) subjects: Subjects,
    pub(super) flags: &'static [&'static str],
    pub(super) options: &'static [(&'static str, Holds)],
}

const WHERE: [(&str, Holds); 3] = [("region", Holds::Region), ("period", Holds::Period), ("at", Holds::Both)];
const REGION: (&str, Holds) = WHERE[0];
const PERIOD: (&str, Holds) = WHERE[1];
const AT: (&str, Holds) = WHERE[2];
const FROM: (&str, Holds) = ("from", Holds::Period);
const BY: (&str, Holds) = ("by", Holds::By);
const LEVEL: (&str, Holds) = ("level", Holds::Levels);
const OVER: (&str, Holds) = ("over", Holds::Over);
const N: (&str, Holds) = ("n", Holds::Count);
const FIRST: (&str, Holds) = ("first", Holds::Count);
const CAPTION: (&str, Holds) = ("caption", Holds::Words);
const ID: (&str, Holds) = ("id", Holds::Name);

const fn inline(
    name: &'static str,
    subjects: Subjects,
    flags: &'static [&'static str],
    options: &'static [(&'static str, Holds)],
) -> Form {
    Form { name, block: false, subjects, flags, options }
}

const fn block(
    name: &'static str,
    subjects: Subjects,
    flags: &'static [&'static str],
    options: &'static [(&'static str, Holds)],
) -> Form {
    Form { name, block: true, subjects, flags, options }
}

/// Every directive.
pub(super) const FORMS: &[Form] = &[
    inline("region", Subjects::None, &["full"], &[REGION]),
    inline("period", Subjects::None, &[], &[PERIOD, FROM]),
    inline("level", Subjects::None, &[], &[REGION]),
    inline("count", Subjects::One, &[], &WHERE),
    inline("top", Subjects::One, &[], &WHERE),
    inline("value", Subjects::One, &["interval"], &WHERE),
    inline("interval", Subjects::One, &[], &WHERE),
    inline("change", Subjects::One, &[], &[REGION, PERIOD, AT, FROM]),
    inline("target", Subjects::One, &[], &WHERE),
    inline("coverage", Subjects::One, &[], &WHERE),
    inline("records", Subjects::One, &[], &WHERE),
    inline("groups", Subjects::One, &[], &[REGION, PERIOD, AT, BY, LEVEL]),
    inline("best", Subjects::One, &["small"], &[REGION, PERIOD, AT, BY, LEVEL, N]),
    inline("worst", Subjects::One, &["small"], &[REGION, PERIOD, AT, BY, LEVEL, N]),
    inline("published", Subjects::One, &[], &[REGION, PERIOD, AT, ("computed", Holds::Indicator)]),
    inline(
        "detectable",
        Subjects::Optional,
        &[],
        &[
            REGION,
            PERIOD,
            AT,
            FROM,
            N,
            ("rate", Holds::Percent),
            ("against", Holds::Percent),
            ("power", Holds::Percent),
            ("unit", Holds::Words),
        ],
    ),
    inline("definition", Subjects::One, &[], &[]),
    inline("basis", Subjects::One, &[], &[]),
    inline("owner", Subjects::One, &[], &[]),
    inline("limits", Subjects::One, &[], &[]),
    inline("synthetic", Subjects::None, &[], &[]),
    inline("n_synthetic", Subjects::Optional, &[], &WHERE),
    inline("ledger", Subjects::None, &[], &[]),
    inline("catalog", Subjects::None, &[], &[]),
    inline("ref", Subjects::None, &["*"], &[]),
    block(
        "table",
        Subjects::Many,
        &["total", "small"],
        &[
            BY,
            LEVEL,
            OVER,
            ("worst", Holds::Count),
            ("best", Holds::Count),
            FIRST,
            ("order", Holds::OneOf(super::Order::WORDS)),
            ("columns", Holds::Columns),
            FROM,
            CAPTION,
            ID,
            REGION,
            PERIOD,
            AT,
        ],
    ),
    block(
        "figure",
        Subjects::One,
        &[
            "line",
            "ranked",
            "pareto",
            "funnel",
            "tiles",
            "control",
            "band",
            "target",
            "breaks",
            "intervals",
            "small",
        ],
        &[BY, LEVEL, OVER, FIRST, ("layout", Holds::Tiles), CAPTION, ID, REGION, PERIOD, AT],
    ),
    block("methods", Subjects::None, &[], &[]),
    block("pagebreak", Subjects::None, &[], &[]),
    block(
        "if",
        Subjects::Many,
        &["data", "no"],
        &[
            ("else", Holds::OneOf(&["say", "leave out"])),
            ("lang", Holds::OneOf(&["zh", "en"])),
            LEVEL,
            REGION,
            PERIOD,
            AT,
        ],
    ),
    block("else", Subjects::None, &[], &[]),
    block("end", Subjects::None, &[], &[]),
];

/// The form of `name`.
pub(super) fn find(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}
