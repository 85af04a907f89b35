//! Whether an event fits a parameter.

use zhiheng_base::Decimal;

use super::{Clock, Compare, Condition, Masters, Things, units};
use crate::event::{Event, Field, Measured, Quantity, Typed};
use crate::id::canonical;
use crate::node::{Name, Node, Scalar};
use crate::vocabulary::Vocabulary;
use crate::{Number, Time};

/// A standard field that holds texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Action,
    BizStep,
    Disposition,
    LastingSet,
    LastingUnset,
    ReadPoint,
    BizLocation,
    Transformation,
    Id,
    Reason,
    Corrective,
}

impl Place {
    /// The one spelling in which texts of the field are compared.
    pub(super) fn spelled(self, text: &str) -> String {
        let vocabulary = match self {
            Place::BizStep => Vocabulary::BizStep,
            Place::Disposition | Place::LastingSet | Place::LastingUnset => Vocabulary::Disposition,
            Place::Reason => Vocabulary::ErrorReason,
            Place::Action | Place::Id | Place::Corrective => return text.to_owned(),
            _ => return canonical(text).into_owned(),
        };
        vocabulary.web(text).into_owned()
    }

    fn texts(self, event: &Event) -> Vec<&str> {
        fn one(text: Option<&str>) -> Vec<&str> {
            text.into_iter().collect()
        }
        match self {
            Place::Action => one(event.action.map(crate::event::Action::name)),
            Place::BizStep => one(event.biz_step.as_deref()),
            Place::Disposition => one(event.disposition.as_deref()),
            Place::LastingSet => event.lasting_set.iter().map(String::as_str).collect(),
            Place::LastingUnset => event.lasting_unset.iter().map(String::as_str).collect(),
            Place::ReadPoint => one(event.read_point.as_ref().map(|site| site.id.as_str())),
            Place::BizLocation => one(event.biz_location.as_ref().map(|site| site.id.as_str())),
            Place::Transformation => one(event.transformation.as_deref()),
            Place::Id => one(event.id.as_deref()),
            Place::Reason => one(event.error.as_ref().and_then(|error| error.reason.as_deref())),
            Place::Corrective => {
                event.error.iter().flat_map(|error| &error.corrective).map(String::as_str).collect()
            }
        }
    }
}

/// Where extensions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    Event,
    Ilmd,
    SensorElement,
    SensorMetadata,
    SensorReport,
    ErrorDeclaration,
    ReadPoint,
    BizLocation,
}

/// What an extension field shall be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Exists,
    Text(Vec<String>),
    Number(Compare, Decimal),
    Moment(Compare, i64),
}

/// An extension field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) home: Home,
    /// Below the top.
    pub(super) inner: bool,
    /// Namespace and name in one text.
    pub(super) name: String,
    pub(super) test: Test,
}

impl Wanted {
    fn is_named(&self, name: &Name) -> bool {
        let rest = self.name.strip_prefix(name.space.as_ref());
        // namespaces that are URNs are joined to the name by # or :
        rest.is_some_and(|rest| rest == name.local || rest.strip_prefix(['#', ':']) == Some(&name.local))
            && !name.space.is_empty()
    }

    /// The first field of this name.
    pub(super) fn first<'e>(&self, event: &'e Event) -> Option<&'e Node> {
        let mut found = None;
        self.visit(event, &mut |node| {
            found = found.or(node.as_node());
            found.is_some()
        });
        found
    }

    fn holds(&self, event: &Event) -> bool {
        self.visit(event, &mut |found| self.fits(found.text()))
    }

    fn fits(&self, text: &str) -> bool {
        let number = || Number::read(text).and_then(|number| number.decimal());
        match &self.test {
            Test::Exists => true,
            Test::Text(texts) => texts.iter().any(|wanted| {
                wanted == text
                    || number().is_some_and(|own| {
                        Number::read(wanted).and_then(|wanted| wanted.decimal()) == Some(own)
                    })
                    || canonical(wanted) == canonical(text)
            }),
            Test::Number(compare, wanted) => number().is_some_and(|own| compare.holds(own.cmp(wanted))),
            Test::Moment(compare, wanted) => {
                Time::read(text).is_some_and(|own| compare.holds(own.micros().cmp(wanted)))
            }
        }
    }

    /// Goes through the fields of this name until `each` is content.
    fn visit<'e>(&self, event: &'e Event, each: &mut dyn FnMut(Found<'e>) -> bool) -> bool {
        let measured = |report: &'e Measured| -> &'e [Node] { &report.extensions };
        let lists: Vec<&'e [Node]> = match self.home {
            Home::Event => vec![&event.extensions],
            Home::Ilmd => event.ilmd.iter().map(Vec::as_slice).collect(),
            Home::SensorElement => event.sensors.iter().map(|own| own.extensions.as_slice()).collect(),
            Home::SensorMetadata => {
                event.sensors.iter().filter_map(|own| own.metadata.as_ref()).map(measured).collect()
            }
            Home::SensorReport => event.sensors.iter().flat_map(|own| &own.reports).map(measured).collect(),
            Home::ErrorDeclaration => event.error.iter().map(|error| error.extensions.as_slice()).collect(),
            Home::ReadPoint => event.read_point.iter().map(|site| site.extensions.as_slice()).collect(),
            Home::BizLocation => event.biz_location.iter().map(|site| site.extensions.as_slice()).collect(),
        };
        lists.into_iter().flatten().any(|node| {
            if self.inner {
                self.below(node, each)
            } else {
                self.is_named(&node.name) && each(Found::Node(node))
            }
        })
    }

    fn below<'e>(&self, node: &'e Node, each: &mut dyn FnMut(Found<'e>) -> bool) -> bool {
        node.attributes.iter().any(|(name, text)| self.is_named(name) && each(Found::Attribute(text)))
            || node.children.iter().any(|child| {
                (self.is_named(&child.name) && each(Found::Node(child))) || self.below(child, each)
            })
    }
}

/// A field that has the name.
enum Found<'e> {
    Node(&'e Node),
    Attribute(&'e str),
}

impl<'e> Found<'e> {
    fn text(&self) -> &'e str {
        match self {
            Found::Node(node) => node.trimmed(),
            Found::Attribute(text) => text.trim(),
        }
    }

    fn as_node(&self) -> Option<&'e Node> {
        match self {
            Found::Node(node) => Some(node),
            Found::Attribute(_) => None,
        }
    }
}

impl Condition {
    pub(super) fn holds(&self, event: &Event, recorded: i64, masters: &Masters) -> bool {
        match self {
            Condition::Kind(names) => names.iter().any(|name| name == event.kind.name()),
            Condition::Moment(clock, compare, wanted) => {
                moments(*clock, event, recorded).into_iter().any(|own| compare.holds(own.cmp(wanted)))
            }
            Condition::Text(place, wanted) => {
                place.texts(event).into_iter().any(|text| wanted.contains(&place.spelled(text)))
            }
            Condition::Within(is_read_point, wanted) => {
                let site = if *is_read_point { &event.read_point } else { &event.biz_location };
                site.as_ref().is_some_and(|site| within(&canonical(&site.id), wanted, masters))
            }
            Condition::Matches(which, patterns) => {
                things(*which, event).any(|text| patterns.iter().any(|pattern| pattern.matches(text)))
            }
            Condition::Typed(which, kind, wanted) => typed(*which, event)
                .iter()
                .filter(|own| own.kind.as_deref().is_some_and(|own| spelled_kind(*which, own) == *kind))
                .any(|own| wanted.contains(&canonical(&own.id).into_owned())),
            Condition::Quantity(compare, wanted, unit) => quantities(event).any(|own| {
                let value = own.quantity.as_ref().and_then(Number::decimal);
                fits(value, own.unit.as_deref().or(Some("EA")), *compare, *wanted, unit.as_deref(), false)
            }),
            Condition::Exists(of_error, wanted) => {
                let is_there = if *of_error { event.error.is_some() } else { !event.sensors.is_empty() };
                is_there == *wanted
            }
            Condition::Sensor(field, wanted) => {
                readings(event, *field).any(|own| wanted.contains(&spelled(*field, own.text())))
            }
            Condition::Measured(field, compare, wanted, unit) => {
                event.sensors.iter().flat_map(|own| &own.reports).any(|report| {
                    let Some(Scalar::Number(number)) = report.get(*field) else { return false };
                    let is_difference = *field == Field::SDev;
                    let own = report.text(Field::Uom);
                    fits(number.decimal(), own, *compare, *wanted, unit.as_deref(), is_difference)
                })
            }
            Condition::Own(wanted) => wanted.holds(event),
            Condition::Attribute(field, attribute, wanted) => values(field, event).iter().any(|own| {
                let known = masters.attributes.get(canonical(own).as_ref());
                known.and_then(|known| known.get(attribute)).is_some_and(|texts| match wanted {
                    None => true,
                    Some(wanted) => texts.iter().any(|text| wanted.contains(text)),
                })
            }),
        }
    }
}

/// How a value of a sensor field is compared.
pub(super) fn spelled(field: Field, text: &str) -> String {
    match field {
        Field::Type => Vocabulary::Measurement.web(text).into_owned(),
        Field::HexBinaryValue => text.to_uppercase(),
        Field::StringValue | Field::BooleanValue => text.to_owned(),
        _ => canonical(text).into_owned(),
    }
}

/// How the kind of a document or party is compared.
pub(super) fn spelled_kind(which: u8, kind: &str) -> String {
    let vocabulary = if which == 0 { Vocabulary::TransactionType } else { Vocabulary::SourceType };
    vocabulary.web(kind).into_owned()
}

fn fits(
    value: Option<Decimal>,
    unit: Option<&str>,
    compare: Compare,
    wanted: Decimal,
    wanted_unit: Option<&str>,
    is_difference: bool,
) -> bool {
    let Some(value) = value else { return false };
    match wanted_unit {
        None => compare.holds(value.cmp(&wanted)),
        Some(wanted_unit) => units::compare((value, unit), (wanted, wanted_unit), is_difference)
            .is_some_and(|order| compare.holds(order)),
    }
}

fn moments(clock: Clock, event: &Event, recorded: i64) -> Vec<i64> {
    match clock {
        Clock::Event => vec![event.time.micros()],
        Clock::Record => vec![recorded],
        Clock::Declaration => event.error.iter().map(|error| error.time.micros()).collect(),
        Clock::Sensor(field) => readings(event, field)
            .filter_map(|value| Time::read(value.text()))
            .map(|time| time.micros())
            .collect(),
    }
}

/// A field of all sensors, in the metadata and in the reports.
fn readings(event: &Event, field: Field) -> impl Iterator<Item = &Scalar> {
    event
        .sensors
        .iter()
        .flat_map(|own| own.metadata.iter().chain(&own.reports))
        .filter_map(move |own| own.get(field))
}

/// The classes of some lists.
fn of_classes<'e>(lists: [&'e [Quantity]; 4]) -> Box<dyn Iterator<Item = &'e str> + 'e> {
    Box::new(lists.into_iter().flatten().map(|own| own.class.as_str()))
}

fn things(which: Things, event: &Event) -> Box<dyn Iterator<Item = &str> + '_> {
    fn texts(list: &[String]) -> impl Iterator<Item = &str> {
        list.iter().map(String::as_str)
    }
    let none: &[Quantity] = &[];
    match which {
        Things::Epc => Box::new(texts(&event.epcs).chain(texts(&event.children))),
        Things::Parent => Box::new(event.parent.as_deref().into_iter()),
        Things::Input => Box::new(texts(&event.inputs)),
        Things::Output => Box::new(texts(&event.outputs)),
        Things::Any => Box::new(
            [&event.epcs, &event.children, &event.inputs, &event.outputs]
                .into_iter()
                .flatten()
                .chain(&event.parent)
                .map(String::as_str),
        ),
        Things::Class => of_classes([&event.quantities, &event.child_quantities, none, none]),
        Things::InputClass => of_classes([&event.input_quantities, none, none, none]),
        Things::OutputClass => of_classes([&event.output_quantities, none, none, none]),
        Things::AnyClass => of_classes([
            &event.quantities,
            &event.child_quantities,
            &event.input_quantities,
            &event.output_quantities,
        ]),
    }
}

fn typed(which: u8, event: &Event) -> &[Typed] {
    match which {
        0 => &event.transactions,
        1 => &event.sources,
        _ => &event.destinations,
    }
}

fn quantities(event: &Event) -> impl Iterator<Item = &Quantity> {
    [&event.quantities, &event.child_quantities, &event.input_quantities, &event.output_quantities]
        .into_iter()
        .flatten()
}

/// True if a place is one of `wanted` or lies below one. Loops in master data end.
fn within(site: &str, wanted: &[String], masters: &Masters) -> bool {
    let mut met: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let mut at = 0;
    while let Some(place) = met.get(at).copied() {
        if place == site {
            return true;
        }
        for below in masters.below.get(place).into_iter().flatten() {
            if !met.contains(&below.as_str()) {
                met.push(below);
            }
        }
        at += 1;
    }
    false
}

/// The identifiers in a field that master data may describe.
fn values<'e>(field: &str, event: &'e Event) -> Vec<&'e str> {
    let ids = |list: &'e [Typed]| list.iter().map(|own| own.id.as_str()).collect();
    match field {
        "readPoint" => Place::ReadPoint.texts(event),
        "bizLocation" => Place::BizLocation.texts(event),
        "bizStep" => Place::BizStep.texts(event),
        "disposition" => Place::Disposition.texts(event),
        "transformationID" => Place::Transformation.texts(event),
        "epc" | "epcList" => things(Things::Any, event).collect(),
        "epcClass" | "quantityList" => things(Things::AnyClass, event).collect(),
        "bizTransaction" => ids(&event.transactions),
        "source" => ids(&event.sources),
        "destination" => ids(&event.destinations),
        _ => Vec::new(),
    }
}
