//! The parts of a usual event, written straight from its fields.
//!
//! Nearly all events have things, places and partners and nothing that needs to be understood first. Their parts are the
//! texts that [`Parts::from_members`] makes, letter by letter, at a third of the work; what is left over (readings,
//! extensions) still goes that way.

use super::parts::{Parts, hex, own_name};
use crate::event::{Event, EventKind, Quantity, Site, Typed};
use crate::json::{put_text, word};
use crate::vocabulary::Vocabulary;

/// The parts of an event that has only things, places and partners; `None` for one that has more.
pub(super) fn usual(event: &Event, mark: &[u8; 16]) -> Option<Parts> {
    let is_plain = |site: &Option<Site>| site.as_ref().is_none_or(|site| site.extensions.is_empty());
    let is_usual = event.error.is_none()
        && event.sensors.is_empty()
        && event.ilmd.is_none()
        && event.extensions.is_empty()
        && event.certification.is_empty()
        && event.lasting_set.is_empty()
        && event.lasting_unset.is_empty()
        && is_plain(&event.read_point)
        && is_plain(&event.biz_location)
        && !matches!(event.kind, EventKind::Own(_));
    if !is_usual {
        return None;
    }
    let mut plain: Vec<(&'static str, String)> = vec![
        ("mark", hex(mark)),
        ("kind", event.kind.name().to_owned()),
        ("time", event.time.text().to_owned()),
        ("zone", event.zone.clone()),
        ("event", event.id.clone().unwrap_or_else(|| own_name(mark))),
    ];
    plain.extend(event.action.map(|action| ("action", action.name().to_owned())));
    let own =
        |vocabulary, text: &Option<String>| text.as_ref().map(|text| word(vocabulary, text).into_owned());
    plain.extend(own(Vocabulary::BizStep, &event.biz_step).map(|text| ("step", text)));
    plain.extend(own(Vocabulary::Disposition, &event.disposition).map(|text| ("disposition", text)));
    let parts = [("what", what(event)), ("where", places(event)), ("who", partners(event))];
    let parts = parts.into_iter().filter_map(|(name, text)| Some((name, text.done()?))).collect();
    Some(Parts::sorted(plain, parts))
}

fn what(event: &Event) -> Object {
    let mut out = Object::default();
    match event.kind {
        EventKind::Transformation => {
            out.list("inputEPCList", &event.inputs, text);
            out.list("inputQuantityList", &event.input_quantities, amount);
            out.list("outputEPCList", &event.outputs, text);
            out.list("outputQuantityList", &event.output_quantities, amount);
            out.text("transformationID", event.transformation.as_deref());
        }
        EventKind::Aggregation | EventKind::Association => {
            out.text("parentID", event.parent.as_deref());
            out.list("childEPCs", &event.children, text);
            out.list("childQuantityList", &event.child_quantities, amount);
        }
        _ => {
            if event.kind == EventKind::Transaction {
                out.text("parentID", event.parent.as_deref());
            }
            out.list("epcList", &event.epcs, text);
            out.list("quantityList", &event.quantities, amount);
            let must = event.quantities.is_empty()
                && (event.kind == EventKind::Object || event.action != Some(crate::event::Action::Delete));
            if event.epcs.is_empty() && (must || event.names_none) {
                out.name("epcList").push_str("[]");
            }
        }
    }
    out
}

fn places(event: &Event) -> Object {
    let mut out = Object::default();
    for (name, site) in [("readPoint", &event.read_point), ("bizLocation", &event.biz_location)] {
        if let Some(site) = site {
            let mut inner = Object::default();
            inner.text("id", Some(&site.id));
            out.name(name).push_str(&inner.done().unwrap_or_default());
        }
    }
    out
}

fn partners(event: &Event) -> Object {
    let mut out = Object::default();
    let typed = |vocabulary: Vocabulary, item: &'static str| {
        move |own: &Typed, out: &mut String| {
            let mut inner = Object::default();
            let kind = own.kind.as_ref().map(|kind| word(vocabulary, kind));
            inner.text("type", kind.as_deref());
            inner.text(item, Some(own.id.trim()));
            out.push_str(&inner.done().unwrap_or_default());
        }
    };
    let document = typed(Vocabulary::TransactionType, "bizTransaction");
    out.list("bizTransactionList", &event.transactions, document);
    out.list("sourceList", &event.sources, typed(Vocabulary::SourceType, "source"));
    out.list("destinationList", &event.destinations, typed(Vocabulary::SourceType, "destination"));
    out
}

fn text(text: &String, out: &mut String) {
    put_text(text, out);
}

fn amount(amount: &Quantity, out: &mut String) {
    let mut inner = Object::default();
    inner.text("epcClass", Some(&amount.class));
    if let Some(number) = &amount.quantity {
        inner.name("quantity").push_str(&number.json());
    }
    inner.text("uom", amount.unit.as_deref());
    out.push_str(&inner.done().unwrap_or_default());
}

/// A JSON object that grows.
#[derive(Default)]
struct Object(String);

/// Room for the text of a member, so that it need not be moved as it grows.
const MEMBER: usize = 96;

impl Object {
    /// Begins a member.
    fn name(&mut self, name: &str) -> &mut String {
        self.0.reserve(MEMBER);
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        put_text(name, &mut self.0);
        self.0.push(':');
        &mut self.0
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            put_text(value, self.name(name));
        }
    }

    /// A list, unless nothing is in it.
    fn list<T>(&mut self, name: &str, items: &[T], put: impl Fn(&T, &mut String)) {
        if items.is_empty() {
            return;
        }
        let out = self.name(name);
        // room for so many usual identifiers; whatever is longer asks for more
        out.reserve(items.len() * 72 + 2);
        for (place, item) in items.iter().enumerate() {
            out.push(if place == 0 { '[' } else { ',' });
            put(item, out);
        }
        out.push(']');
    }

    /// The object; `None` if it has no member.
    fn done(mut self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        self.0.push('}');
        Some(self.0)
    }
}
