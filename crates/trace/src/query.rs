//! The SimpleEventQuery of EPCIS 2.0, without the disk: what is asked ([`Query`]), whether an event fits, which events may fit.
//!
//! Parameters are joined by “and”, the values of one by “or”; a field that is missing never fits. Both spellings are read
//! where the official files disagree (`GE_errorDeclarationTime` and `GE_errorDeclaration_Time`, `EXISTS_sensorElementList` and
//! `EXISTS_sensorElement`). Where the standard leaves a choice: values compare in their units if these convert, else only
//! with the same unit; `EQ_quantity` without a unit takes the number as it was stated, whatever its unit.

mod condition;
mod field;
mod narrow;
mod parse;
#[cfg(test)]
mod tests;
pub mod units;

use std::collections::BTreeMap;

use zhiheng_base::Decimal;

use crate::event::{Document, DocumentKind, Event};
use crate::id::Pattern;
use crate::node::Node;
use crate::{Number, Time};

use field::{Place, Wanted};

pub(crate) use condition::one_name;
pub use narrow::Candidate;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// The same.
    Equal,
    /// More.
    Greater,
    /// The same or more.
    AtLeast,
    /// Less.
    Less,
    /// The same or less.
    AtMost,
}

impl Compare {
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Compare::Equal => order.is_eq(),
            Compare::Greater => order.is_gt(),
            Compare::AtLeast => order.is_ge(),
            Compare::Less => order.is_lt(),
            Compare::AtMost => order.is_le(),
        }
    }
}

/// Which of the moments of an event is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clock {
    Event,
    Record,
    Declaration,
    Sensor(crate::event::Field),
}

/// Which list of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Things {
    Epc,
    Parent,
    Input,
    Output,
    Any,
    Class,
    InputClass,
    OutputClass,
    AnyClass,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
enum Condition {
    Kind(Vec<String>),
    Moment(Clock, Compare, i64),
    /// A standard field with a text, in one spelling.
    Text(Place, Vec<String>),
    /// A place or a place below it.
    Within(bool, Vec<String>),
    Matches(Things, Vec<Pattern>),
    /// Documents, sources, destinations: 0, 1, 2; their kind and texts.
    Typed(u8, String, Vec<String>),
    Quantity(Compare, Decimal, Option<String>),
    Exists(bool, bool),
    Sensor(crate::event::Field, Vec<String>),
    Measured(crate::event::Field, Compare, Decimal, Option<String>),
    Own(Wanted),
    /// Master data of a field: the attribute, and its values if they matter.
    Attribute(String, String, Option<Vec<String>>),
}

/// What comes first.
#[derive(Clone, Debug, Default, PartialEq)]
enum Order {
    #[default]
    Capture,
    EventTime,
    RecordTime,
    Own(Wanted),
}

/// A query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    conditions: Vec<Condition>,
    order: Order,
    ascending: bool,
    /// Not more events than this, the first in the order.
    pub limit: Option<usize>,
    /// With more events than this there is no answer.
    pub most: Option<usize>,
    /// Events of a page.
    pub per_page: usize,
    /// Where the page before ended.
    pub from: Option<Token>,
}

/// Events of a page unless somebody asks for another number.
pub const PER_PAGE: usize = 30;

/// Events of a page at most.
pub const MOST_PER_PAGE: usize = 10_000;

/// Where a page ended: the answers given, as the ledger was when the first of them was given. So pages stay apart
/// whatever is captured in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Size of the ledger.
    pub size: u64,
    /// Events given before.
    pub given: usize,
}

impl Token {
    /// The token as text.
    pub fn text(self) -> String {
        format!("{:x}-{:x}", self.size, self.given)
    }

    /// The token of a text.
    pub fn read(text: &str) -> Option<Token> {
        let (size, given) = text.split_once('-')?;
        Some(Token {
            size: u64::from_str_radix(size, 16).ok()?,
            given: usize::from_str_radix(given, 16).ok()?,
        })
    }
}

/// Master data, as far as queries need it.
#[derive(Clone, Debug, Default)]
pub struct Masters {
    /// For each place the places right below it.
    pub below: BTreeMap<String, Vec<String>>,
    /// For each identifier its attributes, by their whole names.
    pub attributes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// A page of an answer.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its events with the times at which they were captured.
    pub events: Vec<Event>,
    /// Where the next page begins; none after the last.
    pub next: Option<Token>,
    /// When it was made.
    pub made: Option<Time>,
}

impl Page {
    /// The page as an EPCIS query document.
    pub fn document(&self) -> Document {
        let mut document =
            Document::new(DocumentKind::Query { name: "SimpleEventQuery".to_owned(), subscription: None });
        document.created.clone_from(&self.made);
        document.events.clone_from(&self.events);
        document
    }
}

/// What an answer is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A moment or nothing.
    Moment(i64),
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// The field is missing; these come last in either direction.
    Missing,
}

impl Query {
    /// True if `event`, captured at `recorded`, fits all parameters.
    pub fn matches(&self, event: &Event, recorded: i64, masters: &Masters) -> bool {
        self.conditions.iter().all(|condition| condition.holds(event, recorded, masters))
    }

    /// The same query for all events that fit, in the order of capture: what a subscription tells.
    #[must_use]
    pub fn in_order_of_capture(mut self) -> Query {
        (self.order, self.limit, self.most, self.from) = (Order::Capture, None, None, None);
        self
    }

    /// The same query with the parameters of another besides.
    #[must_use]
    pub fn and(mut self, other: Query) -> Query {
        self.conditions.extend(other.conditions);
        self
    }

    /// What `event` is sorted by.
    pub fn key(&self, event: &Event, recorded: i64) -> Key {
        match &self.order {
            Order::Capture | Order::RecordTime => Key::Moment(recorded),
            Order::EventTime => Key::Moment(event.time.micros()),
            Order::Own(wanted) => wanted.first(event).map_or(Key::Missing, |node| key_of(node)),
        }
    }

    /// Sorts keys and entries of the ledger as the query asks.
    pub fn sort(&self, found: &mut [(Key, u64)]) {
        let down = self.order != Order::Capture && !self.ascending;
        found.sort_by(|(a, entry_a), (b, entry_b)| {
            let missing = (*a == Key::Missing).cmp(&(*b == Key::Missing));
            let order = (a, entry_a).cmp(&(b, entry_b));
            missing.then(if down { order.reverse() } else { order })
        });
    }

    /// True if the first events by capture are the answer, so that nobody need look at all.
    pub fn is_in_order_of_capture(&self) -> bool {
        self.order == Order::Capture && self.most.is_none()
    }
}

fn key_of(node: &Node) -> Key {
    let text = node.trimmed();
    if let Some(number) = Number::read(text).and_then(|number| number.decimal()) {
        return Key::Number(number);
    }
    Time::read(text).map_or_else(|| Key::Text(text.to_owned()), |time| Key::Moment(time.micros()))
}
