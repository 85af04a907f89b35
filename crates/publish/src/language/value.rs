//! Closed sets of words in options.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $($word:literal)|+),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$item_doc])* $item),+
        }

        impl $name {
            /// Every word that can be written.
            pub const WORDS: &'static [&'static str] = &[$($($word),+),+];

            /// Reads a word.
            pub fn parse(word: &str) -> Option<$name> {
                match word {
                    $($($word)|+ => Some($name::$item),)+
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// A column of a table.
    Column {
        /// Place in the ranking.
        Rank = "rank",
        /// Records below the line.
        Batches = "batches",
        /// The same under the title of records.
        Records = "records",
        /// Number above the line.
        Top = "top",
        /// The value.
        Rate = "rate" | "value",
        /// Confidence interval.
        Interval = "interval",
        /// Change against another period.
        Change = "change",
        /// Target and whether it is met.
        Target = "target",
        /// Share of the whole.
        Share = "share",
        /// Shares added up.
        Cumulative = "cumulative",
        /// Synthetic records.
        Synthetic = "synthetic",
    }
}

words! {
    /// Order of rows.
    Order {
        /// By value, the good end first.
        Value = "value",
        /// By base, the largest first.
        Batches = "batches",
        /// By name.
        Name = "name",
        /// By code, place or time.
        Code = "code",
    }
}

words! {
    /// A kind of figure.
    FigureKind {
        /// A series over periods.
        Line = "line",
        /// Places with intervals.
        Ranked = "ranked",
        /// Causes in falling order.
        Pareto = "pareto",
        /// Rates against their base.
        Funnel = "funnel",
        /// A watched series against its limits.
        Control = "control",
        /// Tile map.
        Tiles = "tiles",
    }
}
