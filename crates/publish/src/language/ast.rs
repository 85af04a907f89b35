//! What a report's source is once it is read: plain data with places.

use super::Span;

/// A report's source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Title; empty if the source has none.
    pub title: Vec<Piece>,
    /// Body.
    pub items: Vec<Item>,
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Heading of level 1 (`##`) to 4.
    Heading {
        /// 1 to 4.
        level: u8,
        /// Whether it counts.
        numbered: bool,
        /// Text without its number.
        text: Vec<Piece>,
    },
    /// Paragraph.
    Paragraph(Vec<Piece>),
    /// List.
    List {
        /// Numbered?
        ordered: bool,
        /// Items.
        items: Vec<Vec<Piece>>,
    },
    /// New page.
    PageBreak,
    /// Table, figure, notes on method.
    Call(Call),
    /// A part that stands under a condition.
    If {
        /// The condition.
        condition: Call,
        /// Printed if it holds.
        then: Vec<Item>,
        /// Printed if not; `None` if the source has no `::else`.
        otherwise: Option<Vec<Item>>,
    },
}

/// A stretch of text or an inline directive.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// Strong text.
    Strong(Vec<Piece>),
    /// A note.
    Note(Vec<Piece>),
    /// An inline directive.
    Call(Call),
}

/// A word with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Text, without quotes.
    pub text: String,
    /// Place.
    pub span: Span,
}

/// An id with its cuts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Indicator or record type.
    pub id: Word,
    /// Dimension and value.
    pub cuts: Vec<(Word, Word)>,
}

/// A directive as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// Name.
    pub name: Word,
    /// Ids.
    pub subjects: Vec<Subject>,
    /// Single words.
    pub flags: Vec<Word>,
    /// `name=value`.
    pub options: Vec<(Word, Word)>,
    /// The whole directive.
    pub span: Span,
}

impl Call {
    /// True if the single word `name` is there.
    pub fn has(&self, name: &str) -> bool {
        self.flags.iter().any(|flag| flag.text == name)
    }

    /// The value of option `name`.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(key, _)| key.text == name).map(|(_, value)| value.text.as_str())
    }

    /// The value of option `name` as a number of things.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.option(name)?.parse().ok()
    }
}

/// All directives of some text, in order, those in notes and strong text included.
pub(crate) fn calls_of<'a>(pieces: &'a [Piece], found: &mut Vec<&'a Call>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Strong(inner) | Piece::Note(inner) => calls_of(inner, found),
            Piece::Call(call) => found.push(call),
        }
    }
}

impl Source {
    /// All directives in order: inline ones, blocks and conditions.
    pub fn calls(&self) -> Vec<&Call> {
        fn walk<'a>(items: &'a [Item], found: &mut Vec<&'a Call>) {
            for item in items {
                match item {
                    Item::Heading { text, .. } | Item::Paragraph(text) => calls_of(text, found),
                    Item::List { items, .. } => items.iter().for_each(|item| calls_of(item, found)),
                    Item::PageBreak => {}
                    Item::Call(call) => found.push(call),
                    Item::If { condition, then, otherwise } => {
                        found.push(condition);
                        walk(then, found);
                        walk(otherwise.as_deref().unwrap_or_default(), found);
                    }
                }
            }
        }
        let mut found = Vec::new();
        calls_of(&self.title, &mut found);
        walk(&self.items, &mut found);
        found
    }
}
