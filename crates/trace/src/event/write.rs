//! From an event back to nodes, in the order in which the XML schema of version 2.0 wants them.

use super::sensor::{METADATA, Measured, REPORT, SensorElement};
use super::{ErrorDeclaration, Event, EventKind, Quantity, Site, Typed, list_item};
use crate::node::{Name, Node, Scalar};

/// The nodes below an event.
pub(crate) fn nodes(event: &Event) -> Vec<Node> {
    let mut out = Writer(Vec::with_capacity(16));
    out.text("eventTime", event.time.text());
    out.option("recordTime", event.recorded.as_ref().map(crate::Time::text));
    out.text("eventTimeZoneOffset", &event.zone);
    out.option("eventID", event.id.as_deref());
    if let Some(error) = &event.error {
        out.0.push(error_declaration(error));
    }
    for certificate in &event.certification {
        out.text("certificationInfo", certificate);
    }
    match event.kind {
        EventKind::Object => out.list("epcList", &event.epcs),
        EventKind::Aggregation => {
            out.option("parentID", event.parent.as_deref());
            out.list("childEPCs", &event.children);
        }
        EventKind::Association => {
            out.option("parentID", event.parent.as_deref());
            out.list("childEPCs", &event.children);
            out.amounts("childQuantityList", &event.child_quantities);
        }
        EventKind::Transaction => {
            out.typed("bizTransactionList", &event.transactions);
            out.option("parentID", event.parent.as_deref());
            out.list("epcList", &event.epcs);
        }
        EventKind::Transformation => {
            out.list("inputEPCList", &event.inputs);
            out.amounts("inputQuantityList", &event.input_quantities);
            out.list("outputEPCList", &event.outputs);
            out.amounts("outputQuantityList", &event.output_quantities);
            out.option("transformationID", event.transformation.as_deref());
        }
        EventKind::Own(_) => {}
    }
    out.option("action", event.action.map(super::Action::name));
    out.option("bizStep", event.biz_step.as_deref());
    out.option("disposition", event.disposition.as_deref());
    out.site("readPoint", event.read_point.as_ref());
    out.site("bizLocation", event.biz_location.as_ref());
    match event.kind {
        EventKind::Object => {
            out.typed("bizTransactionList", &event.transactions);
            out.amounts("quantityList", &event.quantities);
        }
        EventKind::Aggregation => {
            out.typed("bizTransactionList", &event.transactions);
            out.amounts("childQuantityList", &event.child_quantities);
        }
        EventKind::Transaction => out.amounts("quantityList", &event.quantities),
        _ => out.typed("bizTransactionList", &event.transactions),
    }
    out.typed("sourceList", &event.sources);
    out.typed("destinationList", &event.destinations);
    if !event.sensors.is_empty() {
        out.0.push(Node::above("sensorElementList", event.sensors.iter().map(sensor).collect()));
    }
    if !event.lasting_set.is_empty() || !event.lasting_unset.is_empty() {
        let unset = event.lasting_unset.iter().map(|word| Node::text("unset", word));
        let set = event.lasting_set.iter().map(|word| Node::text("set", word));
        out.0.push(Node::above("persistentDisposition", unset.chain(set).collect()));
    }
    if let Some(ilmd) = &event.ilmd {
        out.0.push(Node::above("ilmd", ilmd.clone()));
    }
    out.0.extend(event.extensions.iter().cloned());
    out.0
}

struct Writer(Vec<Node>);

impl Writer {
    fn text(&mut self, name: &'static str, value: &str) {
        self.0.push(Node::text(name, value));
    }

    fn option(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    fn list(&mut self, name: &'static str, values: &[String]) {
        if !values.is_empty() {
            let item = list_item(name).unwrap_or_default();
            self.0.push(Node::above(name, values.iter().map(|value| Node::text(item, value)).collect()));
        }
    }

    fn amounts(&mut self, name: &'static str, values: &[Quantity]) {
        if values.is_empty() {
            return;
        }
        let amount = |amount: &Quantity| {
            let mut children = vec![Node::text("epcClass", &amount.class)];
            if let Some(number) = &amount.quantity {
                children.push(Node::scalar(Name::plain("quantity"), Scalar::Number(number.clone())));
            }
            if let Some(unit) = &amount.unit {
                children.push(Node::text("uom", unit));
            }
            Node::above("quantityElement", children)
        };
        self.0.push(Node::above(name, values.iter().map(amount).collect()));
    }

    fn typed(&mut self, name: &'static str, values: &[Typed]) {
        if values.is_empty() {
            return;
        }
        let item = list_item(name).unwrap_or_default();
        let typed = |typed: &Typed| {
            let mut node = Node::text(item, &typed.id);
            if let Some(kind) = &typed.kind {
                node.attributes.push((Name::plain("type"), kind.clone()));
            }
            node
        };
        self.0.push(Node::above(name, values.iter().map(typed).collect()));
    }

    fn site(&mut self, name: &'static str, site: Option<&Site>) {
        if let Some(site) = site {
            let mut children = vec![Node::text("id", &site.id)];
            children.extend(site.extensions.iter().cloned());
            self.0.push(Node::above(name, children));
        }
    }
}

fn error_declaration(error: &ErrorDeclaration) -> Node {
    let mut children = vec![Node::text("declarationTime", error.time.text())];
    if let Some(reason) = &error.reason {
        children.push(Node::text("reason", reason));
    }
    if !error.corrective.is_empty() {
        let ids = error.corrective.iter().map(|id| Node::text("correctiveEventID", id)).collect();
        children.push(Node::above("correctiveEventIDs", ids));
    }
    children.extend(error.extensions.iter().cloned());
    Node::above("errorDeclaration", children)
}

fn sensor(element: &SensorElement) -> Node {
    let mut children = Vec::new();
    if let Some(metadata) = &element.metadata {
        children.push(measured("sensorMetadata", metadata, &METADATA));
    }
    children.extend(element.reports.iter().map(|report| measured("sensorReport", report, &REPORT)));
    children.extend(element.extensions.iter().cloned());
    Node::above("sensorElement", children)
}

fn measured(name: &'static str, measured: &Measured, order: &[super::Field]) -> Node {
    let mut children = Vec::with_capacity(measured.fields.len() + measured.extensions.len());
    for field in order {
        if let Some(value) = measured.get(*field) {
            children.push(Node::scalar(Name::plain(field.name()), value.clone()));
        }
    }
    children.extend(measured.extensions.iter().cloned());
    Node::above(name, children)
}
