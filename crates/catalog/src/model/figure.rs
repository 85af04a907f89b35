//! Fields of a sheet that nobody types: where their value is known from.
//!
//! A [`FigureField`] names the figure, never its number: whoever takes a step fetches it then, and what is written down beside
//! the value is the address at which it can be computed again.

use super::Procedure;
use crate::Formula;

/// A field whose value is fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureField {
    /// Field of the sheet.
    pub field: String,
    /// Where its value is known from.
    pub from: FigureFrom,
    /// Which part of it.
    pub part: FigurePart,
    /// A person may put another value beside it, with a reason; both are kept.
    pub may_differ: bool,
    /// Line in the definition's file.
    pub line: u32,
}

/// Where a value is known from. Formulas are over the sheet as the form leaves it.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureFrom {
    /// An indicator's number.
    Measure {
        /// Indicator id.
        indicator: String,
        /// Region; that of the case if `None`.
        region: Option<Formula>,
        /// When.
        when: FigureWhen,
        /// Dimension → value.
        cuts: Vec<(String, Formula)>,
    },
    /// What a scheme makes of a place.
    Scheme {
        /// Scheme.
        scheme: SchemeName,
        /// Place; the region of the case if `None`.
        region: Option<Formula>,
        /// When.
        when: FigureWhen,
        /// The region whose places are ranked with it; the one above it if `None`.
        within: Option<Formula>,
    },
    /// A field of a record that stands on the day of the step.
    Record {
        /// Record type.
        of: String,
        /// Field → value by which it is found.
        find: Vec<(String, Formula)>,
        /// Field that is taken.
        field: String,
    },
    /// The check of tables for disclosure.
    Disclosure {
        /// Field of the sheet with the addresses of the tables, one after the other.
        tables: String,
        /// Fewest contributors allowed in a cell.
        least: Formula,
        /// Largest share of one contributor allowed, in percent.
        most_share: Option<Formula>,
    },
}

/// A period, as one text or by its first and last day.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureWhen {
    /// Text such as `2013Q2`.
    Period(Formula),
    /// First and last day.
    Days(Formula, Formula),
}

/// A scheme by its id, or by the field that holds the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeName {
    /// Id.
    Id(String),
    /// Field of the sheet.
    Field(String),
}

/// Which part of a figure is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigurePart {
    /// The number as it is printed, or the record's field.
    Value,
    /// Exact numerator.
    Top,
    /// Exact denominator.
    Bottom,
    /// Records counted.
    Records,
    /// Points without rounding.
    Points,
    /// Grade.
    Grade,
    /// Rank among the places.
    Rank,
    /// Whether a veto set the grade.
    Veto,
    /// Cells of the tables that are published.
    Cells,
    /// Fewest contributors of a published cell.
    Smallest,
    /// Largest share of one contributor in a published cell, in percent.
    LargestShare,
    /// Cells that the rule suppresses.
    Hidden,
    /// Cells suppressed so that those cannot be worked out.
    HiddenMore,
}

impl FigurePart {
    /// The words of the language with their parts, in order.
    pub const ALL: [(&'static str, FigurePart); 13] = [
        ("value", FigurePart::Value),
        ("top", FigurePart::Top),
        ("bottom", FigurePart::Bottom),
        ("records", FigurePart::Records),
        ("points", FigurePart::Points),
        ("grade", FigurePart::Grade),
        ("rank", FigurePart::Rank),
        ("veto", FigurePart::Veto),
        ("cells", FigurePart::Cells),
        ("smallest", FigurePart::Smallest),
        ("largest_share", FigurePart::LargestShare),
        ("hidden", FigurePart::Hidden),
        ("hidden_more", FigurePart::HiddenMore),
    ];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        FigurePart::ALL.into_iter().find(|(_, part)| *part == self).map_or("", |(word, _)| word)
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<FigurePart> {
        FigurePart::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, part)| part)
    }
}

impl FigureFrom {
    /// The word of the language: `measure`, `scheme`, `record`, `disclosure`.
    pub fn word(&self) -> &'static str {
        match self {
            FigureFrom::Measure { .. } => "measure",
            FigureFrom::Scheme { .. } => "scheme",
            FigureFrom::Record { .. } => "record",
            FigureFrom::Disclosure { .. } => "disclosure",
        }
    }

    /// What it is taken from: indicator, scheme, record type and field, field with tables.
    pub fn source(&self) -> String {
        match self {
            FigureFrom::Measure { indicator, .. } => indicator.clone(),
            FigureFrom::Scheme { scheme: SchemeName::Id(id) | SchemeName::Field(id), .. } => id.clone(),
            FigureFrom::Record { of, field, .. } => format!("{of}.{field}"),
            FigureFrom::Disclosure { tables, .. } => tables.clone(),
        }
    }

    /// Every formula in it, with the key under which it stands.
    pub fn formulas(&self) -> Vec<(&str, &Formula)> {
        fn of_when(when: &FigureWhen) -> Vec<(&'static str, &Formula)> {
            match when {
                FigureWhen::Period(period) => vec![("period", period)],
                FigureWhen::Days(first, last) => vec![("first", first), ("last", last)],
            }
        }
        match self {
            FigureFrom::Measure { region, when, cuts, .. } => {
                let mut all = of_when(when);
                all.extend(region.iter().map(|region| ("region", region)));
                all.extend(cuts.iter().map(|(name, cut)| (name.as_str(), cut)));
                all
            }
            FigureFrom::Scheme { region, when, within, .. } => {
                let mut all = of_when(when);
                all.extend(region.iter().map(|region| ("region", region)));
                all.extend(within.iter().map(|within| ("within", within)));
                all
            }
            FigureFrom::Record { find, .. } => {
                find.iter().map(|(name, value)| (name.as_str(), value)).collect()
            }
            FigureFrom::Disclosure { least, most_share, .. } => {
                let share = most_share.iter().map(|share| ("most_share", share));
                std::iter::once(("least", least)).chain(share).collect()
            }
        }
    }
}

impl Procedure {
    /// Where the value of this field is known from, if nobody types it.
    pub fn figure(&self, field: &str) -> Option<&FigureField> {
        self.figures.iter().find(|figure| figure.field == field)
    }
}
