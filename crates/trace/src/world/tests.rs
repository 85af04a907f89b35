//! Small worlds whose answers are worked out by hand, and properties that hold in every world.

mod alarm;
mod cases;
mod exposure;
mod kept;
mod properties;

use super::*;
use crate::Number;
use crate::event::{Action, EventKind, Quantity};
use crate::event::{ErrorDeclaration, Field, Measured, SensorElement, Site, Typed};
use crate::node::{Name, Node as Own, Scalar};

/// The moment `seconds` after 1970.
pub(super) fn at(seconds: i64) -> Time {
    Time::at(seconds * 1_000_000).expect("a moment")
}

pub(super) fn event(kind: EventKind, action: Option<Action>, seconds: i64) -> Event {
    let mut event = Event::new(kind, at(seconds), "+08:00");
    event.action = action;
    event
}

pub(super) fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

pub(super) fn seen(action: Action, seconds: i64, things: &[&str]) -> Event {
    let mut event = event(EventKind::Object, Some(action), seconds);
    event.epcs = texts(things);
    event
}

pub(super) fn pack(action: Action, seconds: i64, container: &str, things: &[&str]) -> Event {
    let mut event = event(EventKind::Aggregation, Some(action), seconds);
    event.parent = Some(container.to_owned());
    event.children = texts(things);
    event
}

/// Pieces, and amounts as (class, amount, unit).
type Side<'a> = (&'a [&'a str], &'a [(&'a str, &'a str, &'a str)]);

pub(super) fn make(seconds: i64, inputs: Side<'_>, outputs: Side<'_>) -> Event {
    let mut event = event(EventKind::Transformation, None, seconds);
    (event.inputs, event.input_quantities) = (texts(inputs.0), amounts(inputs.1));
    (event.outputs, event.output_quantities) = (texts(outputs.0), amounts(outputs.1));
    event
}

pub(super) fn amounts(list: &[(&str, &str, &str)]) -> Vec<Quantity> {
    list.iter()
        .map(|(class, amount, unit)| Quantity {
            class: (*class).to_owned(),
            quantity: Number::read(amount),
            unit: (!unit.is_empty()).then(|| (*unit).to_owned()),
        })
        .collect()
}

pub(super) fn place(mut event: Event, step: &str, site: &str) -> Event {
    event.biz_step = Some(step.to_owned());
    event.biz_location = Some(Site { id: site.to_owned(), extensions: Vec::new() });
    event
}

pub(super) fn send(mut event: Event, from: &str, to: &str) -> Event {
    event.biz_step = Some("shipping".to_owned());
    event.read_point = Some(Site { id: from.to_owned(), extensions: Vec::new() });
    event.destinations = vec![Typed { kind: Some("possessing_party".to_owned()), id: to.to_owned() }];
    event
}

pub(super) fn in_lot(mut event: Event, lot: &str) -> Event {
    let name = Name::new("urn:epcglobal:cbv:mda", "lotNumber");
    event.ilmd = Some(vec![Own::scalar(name, Scalar::Text(lot.to_owned()))]);
    event
}

pub(super) fn warm(mut event: Event, readings: &[(i64, &str)]) -> Event {
    for (seconds, value) in readings {
        let report = Measured {
            fields: vec![
                (Field::Type, Scalar::Text("Temperature".to_owned())),
                (Field::Time, Scalar::Text(at(*seconds).text().to_owned())),
                (Field::Value, Scalar::Number(Number::read(value).expect("a number"))),
                (Field::Uom, Scalar::Text("CEL".to_owned())),
            ],
            extensions: Vec::new(),
        };
        event.sensors.push(SensorElement { metadata: None, reports: vec![report], extensions: Vec::new() });
    }
    event
}

pub(super) fn named(mut event: Event, id: &str) -> Event {
    event.id = Some(id.to_owned());
    event
}

pub(super) fn wrong(mut event: Event, seconds: i64, corrective: &[&str]) -> Event {
    event.error = Some(ErrorDeclaration {
        time: at(seconds),
        reason: Some("incorrect_data".to_owned()),
        corrective: texts(corrective),
        extensions: Vec::new(),
    });
    event
}

/// Captured one after the other, the first at second 0.
pub(super) fn captured(events: &[Event]) -> Vec<Captured> {
    events
        .iter()
        .zip(0_i64..)
        .map(|(event, n)| Captured { event: event.clone(), recorded: n * 1_000_000 })
        .collect()
}

pub(super) fn world(events: &[Event]) -> World {
    World::of(&captured(events), None)
}

impl World {
    /// The texts of what was reached, in the order of the texts.
    pub(super) fn named_forward(&self, start: &str) -> Vec<String> {
        let start = self.find(start).expect("a thing");
        let mut out: Vec<String> = self.forward(&[start]).keys().map(|thing| self.text(*thing)).collect();
        out.sort();
        out
    }

    pub(super) fn named_backward(&self, start: &str) -> Vec<String> {
        let start = self.find(start).expect("a thing");
        let mut out: Vec<String> = self.backward(&[start]).keys().map(|thing| self.text(*thing)).collect();
        out.sort();
        out
    }

    pub(super) fn inside(&self, container: &str, seconds: i64) -> Vec<String> {
        let container = self.find(container).expect("a thing");
        let inside = self.contents_at(container, seconds * 1_000_000);
        let mut out: Vec<String> = inside.iter().map(|thing| self.text(*thing)).collect();
        out.sort();
        out
    }
}
