//! How sure a figure of a rule is that methods reckon with.

/// Whether a figure was compared with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Seen in the source or in a copy of it; `seen` in a table.
    Seen,
    /// From general knowledge, still to be compared with the printed source; `open` in a table.
    ToBeConfirmed,
}

impl Certainty {
    /// What a cell must say.
    pub(crate) const NEEDED: &'static str = "seen or open";

    /// The certainty that a table calls `text`.
    pub(crate) fn named(text: &str) -> Option<Self> {
        match text {
            "seen" => Some(Certainty::Seen),
            "open" => Some(Certainty::ToBeConfirmed),
            _ => None,
        }
    }
}
