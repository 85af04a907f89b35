//! Rules about an event as a whole, which neither the JSON schema nor the XML schema checks.
//!
//! They come from the standard's text and from the conformance requirements (TCR-53, TCR-54). Two of them are only
//! warnings, because the official examples break them: a sensor attribute in the metadata and in a report, and a
//! reading later than its event.

use super::sensor::{Field, Measured, SensorElement};
use super::{Action, Event, EventKind, Quantity};
use crate::id::{has_right_check, usual};
use crate::problem::{Path, Problems, With};
use crate::{Identifier, Time};
use zhiheng_base::Decimal;

/// Checks `event`, which stands at `path`.
pub fn check(event: &Event, path: &Path<'_>, problems: &mut Problems) {
    if event.action.is_none() && !matches!(event.kind, EventKind::Transformation | EventKind::Own(_)) {
        problems.error("ZH9521", path).with("name", "action");
    }
    match &event.kind {
        EventKind::Object => {
            if event.ilmd.is_some() && event.action != Some(Action::Add) {
                problems.error("ZH9545", &path.member("ilmd"));
            }
            let has_place_reading = !event.sensors.is_empty() && event.read_point.is_some();
            if event.epcs.is_empty() && event.quantities.is_empty() && !has_place_reading {
                problems.warning("ZH9530", path);
            }
        }
        EventKind::Aggregation | EventKind::Association => whole_and_parts(event, path, problems),
        EventKind::Transaction => {
            if event.transactions.is_empty() {
                problems.error("ZH9521", path).with("name", "bizTransactionList");
            }
            if event.epcs.is_empty() && event.quantities.is_empty() && event.action != Some(Action::Delete) {
                problems.warning("ZH9530", path);
            }
        }
        EventKind::Transformation => {
            let has_inputs = !event.inputs.is_empty() || !event.input_quantities.is_empty();
            let has_outputs = !event.outputs.is_empty() || !event.output_quantities.is_empty();
            let fits = if event.transformation.is_some() {
                has_inputs || has_outputs
            } else {
                has_inputs && has_outputs
            };
            if !fits {
                problems.error("ZH9546", path);
            }
        }
        EventKind::Own(_) => {}
    }
    quantities(event, path, problems);
    identifiers(event, path, problems);
    let list = path.member("sensorElementList");
    for (place, element) in event.sensors.iter().enumerate() {
        sensor(element, &event.time, &list.place(place), problems);
    }
}

fn whole_and_parts(event: &Event, path: &Path<'_>, problems: &mut Problems) {
    let is_association = event.kind == EventKind::Association;
    if event.parent.is_none() && (is_association || event.action != Some(Action::Observe)) {
        problems.error("ZH9540", path);
    }
    let has_parts = !event.children.is_empty() || !event.child_quantities.is_empty();
    if !has_parts && event.action.is_some_and(|action| action != Action::Delete) {
        problems.error("ZH9541", path);
    }
    if event.parent.as_ref().is_some_and(|parent| {
        let parent = crate::id::canonical(parent);
        event.children.iter().any(|child| crate::id::canonical(child) == parent)
    }) {
        problems.error("ZH9547", path);
    }
}

fn quantities(event: &Event, path: &Path<'_>, problems: &mut Problems) {
    for (name, list) in [
        ("quantityList", &event.quantities),
        ("childQuantityList", &event.child_quantities),
        ("inputQuantityList", &event.input_quantities),
        ("outputQuantityList", &event.output_quantities),
    ] {
        let path = path.member(name);
        for (place, Quantity { quantity, unit, .. }) in list.iter().enumerate() {
            let path = path.place(place);
            match quantity {
                None if unit.is_some() => {
                    problems.warning("ZH9548", &path);
                }
                None => {}
                Some(number) => {
                    let value = number.decimal();
                    let is_odd_count = unit.is_none() && value.is_some_and(|value| !value.fract().is_zero());
                    if value.is_some_and(|value| value <= Decimal::ZERO) || is_odd_count {
                        problems.warning("ZH9549", &path).with("value", number.text());
                    }
                }
            }
        }
    }
}

/// Wrong check digits are told and kept; who is affected by a recall may bear one.
fn identifiers(event: &Event, path: &Path<'_>, problems: &mut Problems) {
    let mut look = |name: &str, text: &str| {
        if !text.starts_with("http") || usual(text).is_some_and(has_right_check) {
            return;
        }
        if let Some(problem) = Identifier::read(text).ok().and_then(|identifier| identifier.problem()) {
            problems.push(problem.arg("path", path.member(name)));
        }
    };
    for (name, list) in [
        ("epcList", &event.epcs),
        ("childEPCs", &event.children),
        ("inputEPCList", &event.inputs),
        ("outputEPCList", &event.outputs),
    ] {
        list.iter().for_each(|text| look(name, text));
    }
    for (name, list) in [
        ("quantityList", &event.quantities),
        ("childQuantityList", &event.child_quantities),
        ("inputQuantityList", &event.input_quantities),
        ("outputQuantityList", &event.output_quantities),
    ] {
        list.iter().for_each(|quantity| look(name, &quantity.class));
    }
    if let Some(parent) = &event.parent {
        look("parentID", parent);
    }
    if let Some(site) = &event.read_point {
        look("readPoint", &site.id);
    }
    if let Some(site) = &event.biz_location {
        look("bizLocation", &site.id);
    }
}

fn sensor(element: &SensorElement, event_time: &Time, path: &Path<'_>, problems: &mut Problems) {
    let empty = Measured::default();
    let metadata = element.metadata.as_ref().unwrap_or(&empty);
    for (place, report) in element.reports.iter().enumerate() {
        let reports = path.member("sensorReport");
        let path = reports.place(place);
        for (field, _) in &report.fields {
            if metadata.get(*field).is_some() {
                problems.warning("ZH9542", &path).with("name", field.name());
            }
        }
        times(report, event_time, &path, problems);
    }
    times(metadata, event_time, &path.member("sensorMetadata"), problems);
}

fn times(measured: &Measured, event_time: &Time, path: &Path<'_>, problems: &mut Problems) {
    let moment = |field| measured.text(field).and_then(Time::read);
    for field in [Field::Time, Field::StartTime, Field::EndTime] {
        if let Some(time) = moment(field).filter(|time| time.micros() > event_time.micros()) {
            problems.warning("ZH9543", &path.member(field.name())).with("value", time.text());
        }
    }
    if let (Some(start), Some(end)) = (moment(Field::StartTime), moment(Field::EndTime))
        && start.micros() > end.micros()
    {
        problems.warning("ZH9544", path).with("value", start.text());
    }
}
