//! Figures that a method of `zhiheng-methods` computes from a table of rows: records, places or steps of time.
//!
//! The kinds `latent`, `index`, `small-area`, `spc` and `signal` differ only in what their rows are. Which method runs,
//! what its columns hold, which options it takes and where the answer stands is written in the catalog.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, PeriodKind};

use super::Aggregate;
use crate::Formula;

/// A method over rows.
#[derive(Clone, Debug, PartialEq)]
pub struct ByMethod {
    /// Kind as written.
    pub word: MethodKind,
    /// What the rows are.
    pub rows: MethodRows,
    /// Id of the method, as `zhiheng method list` has it.
    pub method: String,
    /// Columns of the method in the order written, and what each holds.
    pub columns: Vec<(String, Taken)>,
    /// Options of the method; a value may be a [`Token`].
    pub options: Vec<(String, String)>,
    /// Where the figure stands in the method's answer.
    pub answer: AnswerAt,
}

/// Kinds of figures that a method computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MethodKind {
    /// A quality that is not measured itself (satisfaction), from several questions.
    Latent,
    /// Several indicators put together.
    Index,
    /// Places with few records, drawn towards what is alike.
    SmallArea,
    /// A control chart.
    Spc,
    /// A series watched for what is out of the ordinary.
    Signal,
}

impl MethodKind {
    /// All, with the words in files.
    pub const ALL: [(&'static str, MethodKind); 5] = [
        ("latent", MethodKind::Latent),
        ("index", MethodKind::Index),
        ("small-area", MethodKind::SmallArea),
        ("spc", MethodKind::Spc),
        ("signal", MethodKind::Signal),
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// What the rows of the method's table are.
#[derive(Clone, Debug, PartialEq)]
pub enum MethodRows {
    /// Records of the place and the period.
    Records(Aggregate),
    /// The places of the same level that it is judged among.
    Places(Among),
    /// Steps of time up to the end of the period.
    Steps {
        /// Length of a step.
        of: PeriodKind,
        /// How many steps before the period belong to the series.
        before: u32,
    },
}

/// Among which places of its level a place is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Among {
    /// Those of the same parent.
    Siblings,
    /// Those of its province.
    Province,
    /// All.
    Nation,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Indicator whose figure is taken; `None` for records and for what belongs to the row itself.
    pub of: Option<String>,
    /// Over the fields of the record; or over the figure and the row (see [`TAKES`]).
    pub take: Formula,
}

/// Names that a formula over a figure may use, with whether they are texts: parts of the figure first, then what belongs
/// to the row.
pub const TAKES: [(&str, bool); 10] = [
    ("value", false),
    ("top", false),
    ("bottom", false),
    ("records", false),
    ("low", false),
    ("high", false),
    ("region", true),
    ("period", true),
    ("start", true),
    ("base", true),
];

/// How many of [`TAKES`] are parts of a figure.
pub const TAKES_OF_FIGURE: usize = 6;

/// Where a figure stands in the tables that a method answers with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AnswerAt {
    /// Table; the first if not named.
    pub table: Option<String>,
    /// The row: columns and what they say; a text may be a [`Token`].
    pub find: Vec<(String, String)>,
    /// Column of the value. If the method has a column of this name too, steps that it does not judge take their value from
    /// there.
    pub value: Option<String>,
    /// Column of the lower limit.
    pub low: Option<String>,
    /// Column of the upper limit.
    pub high: Option<String>,
    /// Column of the centre line or expectation, for series.
    pub centre: Option<String>,
    /// What value, limits and centre are multiplied with (100 for shares in per cent); 1 if not named.
    pub scale: Option<Decimal>,
    /// Columns that mark a step as out of the ordinary: true, or any text but blank and `false`.
    pub alarm: Vec<String>,
    /// Further columns of the row to tell beside the figure (places, shares).
    pub also: Vec<String>,
}

/// Texts in options and answers that stand for something of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `@region`: code of the place that is asked for.
    Region,
    /// `@step`: number of the step, from 1.
    Step,
    /// `@steps`: how many steps the period has.
    Steps,
}

impl Token {
    /// All, as written.
    pub const ALL: [(&'static str, Token); 3] =
        [("@region", Token::Region), ("@step", Token::Step), ("@steps", Token::Steps)];

    /// The token that a text is, if it is one.
    pub fn of(text: &str) -> Option<Token> {
        Self::ALL.iter().find(|(word, _)| *word == text).map(|(_, token)| *token)
    }
}

impl ByMethod {
    /// Indicators whose figures it takes, each once.
    pub fn inputs(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.columns.iter().filter_map(|(_, taken)| taken.of.as_deref()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
