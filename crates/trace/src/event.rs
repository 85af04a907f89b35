//! The model of EPCIS 2.0: events, and documents of events.
//!
//! Everything that the standard names is a field; whatever somebody added is a [`Node`]. Texts are kept as they were
//! written (after compact forms of JSON-LD were expanded), so that an answer can return what was captured. For
//! comparing, [`canonical`](crate::id::canonical) and [`Vocabulary`] bring spellings together.

mod check;
mod format;
mod read;
mod sensor;
mod write;

use crate::node::Node;
use crate::vocabulary::Vocabulary;
use crate::{Number, Time};

pub use check::check;
pub use format::EpcFormat;
pub(crate) use read::{Source, belongs, has_twins, is_fitting, is_unit, list_item, read};
pub use sensor::{Field, FieldKind, Measured, SensorElement};
pub(crate) use sensor::{METADATA, REPORT};
pub(crate) use write::nodes;

/// What happened, in the five forms of the standard.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Things were seen, made or ended.
    Object,
    /// Things were put into something, or taken out.
    Aggregation,
    /// Things were linked to a business document.
    Transaction,
    /// Things became other things.
    Transformation,
    /// Things were joined for good, such as a sensor to a box.
    Association,
    /// A form of somebody's own, by its URI.
    Own(String),
}

impl EventKind {
    /// The kind by its standard name.
    pub fn of_name(name: &str) -> Option<EventKind> {
        Some(match name {
            "ObjectEvent" => EventKind::Object,
            "AggregationEvent" => EventKind::Aggregation,
            "TransactionEvent" => EventKind::Transaction,
            "TransformationEvent" => EventKind::Transformation,
            "AssociationEvent" => EventKind::Association,
            _ => return None,
        })
    }

    /// Its standard name.
    pub fn name(&self) -> &str {
        match self {
            EventKind::Object => "ObjectEvent",
            EventKind::Aggregation => "AggregationEvent",
            EventKind::Transaction => "TransactionEvent",
            EventKind::Transformation => "TransformationEvent",
            EventKind::Association => "AssociationEvent",
            EventKind::Own(uri) => uri,
        }
    }
}

/// What an event does to what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Made, put in, linked.
    Add,
    /// Seen as it was.
    Observe,
    /// Ended, taken out, unlinked.
    Delete,
}

impl Action {
    /// `ADD`, `OBSERVE` or `DELETE`.
    pub fn of_name(name: &str) -> Option<Action> {
        Some(match name {
            "ADD" => Action::Add,
            "OBSERVE" => Action::Observe,
            "DELETE" => Action::Delete,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Action::Add => "ADD",
            Action::Observe => "OBSERVE",
            Action::Delete => "DELETE",
        }
    }
}

/// So much of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The class or lot.
    pub class: String,
    /// How much; unknown if not stated.
    pub quantity: Option<Number>,
    /// The unit (UN/ECE Recommendation 20); pieces if there is none.
    pub unit: Option<String>,
}

/// A place with what somebody added to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The place.
    pub id: String,
    /// Extensions.
    pub extensions: Vec<Node>,
}

/// A business document, source or destination, with its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The kind.
    pub kind: Option<String>,
    /// The document, place or party.
    pub id: String,
}

/// The statement that an earlier event was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorDeclaration {
    /// When it was stated.
    pub time: Time,
    /// Why.
    pub reason: Option<String>,
    /// Events that hold instead.
    pub corrective: Vec<String>,
    /// Extensions.
    pub extensions: Vec<Node>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its form.
    pub kind: EventKind,
    /// When it happened.
    pub time: Time,
    /// The offset of the place's clock, such as `+08:00`.
    pub zone: String,
    /// When it was recorded.
    pub recorded: Option<Time>,
    /// Its identifier.
    pub id: Option<String>,
    /// Stated to be wrong.
    pub error: Option<ErrorDeclaration>,
    /// Certificates.
    pub certification: Vec<String>,
    /// What it does.
    pub action: Option<Action>,
    /// The container, or the whole.
    pub parent: Option<String>,
    /// The things (`epcList`).
    pub epcs: Vec<String>,
    /// True if the list of things was stated and is empty, as some JSON has it.
    pub names_none: bool,
    /// The things inside (`childEPCs`).
    pub children: Vec<String>,
    /// The things consumed.
    pub inputs: Vec<String>,
    /// The things produced.
    pub outputs: Vec<String>,
    /// Amounts of classes (`quantityList`).
    pub quantities: Vec<Quantity>,
    /// Amounts inside.
    pub child_quantities: Vec<Quantity>,
    /// Amounts consumed.
    pub input_quantities: Vec<Quantity>,
    /// Amounts produced.
    pub output_quantities: Vec<Quantity>,
    /// Joins several events to one transformation.
    pub transformation: Option<String>,
    /// What was done, as a word or URI.
    pub biz_step: Option<String>,
    /// The state afterwards.
    pub disposition: Option<String>,
    /// Lasting states set.
    pub lasting_set: Vec<String>,
    /// Lasting states ended.
    pub lasting_unset: Vec<String>,
    /// Where it happened.
    pub read_point: Option<Site>,
    /// Where the things are afterwards.
    pub biz_location: Option<Site>,
    /// Business documents.
    pub transactions: Vec<Typed>,
    /// From whom or where.
    pub sources: Vec<Typed>,
    /// To whom or where.
    pub destinations: Vec<Typed>,
    /// Readings of sensors.
    pub sensors: Vec<SensorElement>,
    /// Master data of the pieces or lot; `Some` even if empty, because its mere presence has rules.
    pub ilmd: Option<Vec<Node>>,
    /// Extensions.
    pub extensions: Vec<Node>,
}

impl Event {
    /// An event of `kind` with nothing but its time.
    pub fn new(kind: EventKind, time: Time, zone: &str) -> Event {
        Event {
            kind,
            time,
            zone: zone.to_owned(),
            recorded: None,
            id: None,
            error: None,
            certification: Vec::new(),
            action: None,
            parent: None,
            epcs: Vec::new(),
            names_none: false,
            children: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            quantities: Vec::new(),
            child_quantities: Vec::new(),
            input_quantities: Vec::new(),
            output_quantities: Vec::new(),
            transformation: None,
            biz_step: None,
            disposition: None,
            lasting_set: Vec::new(),
            lasting_unset: Vec::new(),
            read_point: None,
            biz_location: None,
            transactions: Vec::new(),
            sources: Vec::new(),
            destinations: Vec::new(),
            sensors: Vec::new(),
            ilmd: None,
            extensions: Vec::new(),
        }
    }

    /// The bare word of the business step, if it is a standard one.
    pub fn step(&self) -> Option<&str> {
        self.biz_step.as_deref().and_then(|text| Vocabulary::BizStep.bare(text))
    }
}

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Events to capture.
    Capture,
    /// The answer to a query.
    Query {
        /// Its name.
        name: String,
        /// The subscription that asked, if one did.
        subscription: Option<String>,
    },
    /// One event by itself.
    Single,
}

/// One word of master data: a place, a class, a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyElement {
    /// What it describes.
    pub id: String,
    /// Attributes: name, and a node whose value or children are the content.
    pub attributes: Vec<(String, Node)>,
    /// What lies inside it.
    pub children: Vec<String>,
}

/// Master data of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MasterData {
    /// `urn:epcglobal:epcis:vtype:BusinessLocation` or another.
    pub kind: String,
    /// The elements.
    pub elements: Vec<VocabularyElement>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// Its identifier (`id`).
    pub id: Option<String>,
    /// The version it states: `2.0` or `1.2`.
    pub version: String,
    /// When it was made.
    pub created: Option<Time>,
    /// Who sent it.
    pub sender: Option<String>,
    /// Who shall receive it.
    pub receiver: Option<String>,
    /// Its number in the sender's books.
    pub instance: Option<String>,
    /// Master data.
    pub master_data: Vec<MasterData>,
    /// Prefixes and namespaces, in the order of the document.
    pub namespaces: Vec<(String, String)>,
    /// The events that could be read.
    pub events: Vec<Event>,
    /// Extensions of the document.
    pub extensions: Vec<Node>,
}

impl Document {
    /// A document of `kind` without events.
    pub fn new(kind: DocumentKind) -> Document {
        Document {
            kind,
            id: None,
            version: "2.0".to_owned(),
            created: None,
            sender: None,
            receiver: None,
            instance: None,
            master_data: Vec::new(),
            namespaces: Vec::new(),
            events: Vec::new(),
            extensions: Vec::new(),
        }
    }
}

/// What came of reading a document.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The document, if it is one at all.
    pub document: Option<Document>,
    /// For each event of the document, its place in the list that was read, from 0.
    pub places: Vec<usize>,
    /// Places of events with errors, in order; some of them could be read all the same.
    pub refused: Vec<usize>,
    /// How many of the errors are of single events; the others are of the document.
    pub event_errors: usize,
    /// What is wrong or worth knowing.
    pub problems: crate::Problems,
}

impl Outcome {
    /// True if the document as a whole is sound, whatever single events may be.
    pub fn is_readable(&self) -> bool {
        self.document.is_some() && self.problems.errors() == self.event_errors
    }

    /// True if the document could be read and nothing in it is an error.
    pub fn is_sound(&self) -> bool {
        self.document.is_some() && !self.problems.has_errors()
    }
}
