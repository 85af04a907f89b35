//! Usual events, read straight from their JSON.
//!
//! Nearly all events have things, amounts, places and partners, and nothing is wrong with them. These need no nodes in between, which would
//! be a piece of memory or two for every text. Whatever is unusual or not as it should be gives `None`: the way over nodes, which knows all
//! of the standard and says what is wrong and where, then reads the event anew. A property test holds both to the same events.

use super::Value;
use super::context::Context;
use super::read::Members;
use crate::event::{
    Action, Event, EventKind, Quantity, Site, Typed, belongs, has_twins, is_fitting, is_unit,
};
use crate::time::is_event_offset;
use crate::uri::is_uri;
use crate::vocabulary::Vocabulary;
use crate::{Limits, Time};

/// The event of `kind` that has these members; `None` unless it is usual and sound.
pub(super) fn usual(
    kind: &EventKind,
    members: &Members<'_>,
    context: &Context,
    limits: &Limits,
) -> Option<Event> {
    let find = |name: &str| members.iter().find(|(own, _)| own == name).and_then(|(_, value)| value.text());
    let time = Time::read(find("eventTime")?)?;
    let zone = find("eventTimeZoneOffset").filter(|zone| is_event_offset(zone))?;
    let mut event = Event::new(kind.clone(), time, zone);
    let reader = Reader { context, limits };
    let mut states_things = false;
    for (name, value) in members {
        let name = name.as_ref();
        if !belongs(kind, name) && name != "type" {
            return None;
        }
        match name {
            "type" | "eventTime" | "eventTimeZoneOffset" => {}
            "action" => event.action = Some(Action::of_name(value.text()?)?),
            "eventID" => event.id = Some(reader.uri(value)?),
            "parentID" => event.parent = Some(reader.uri(value)?),
            "transformationID" => event.transformation = Some(reader.uri(value)?),
            "bizStep" => event.biz_step = Some(reader.word(Vocabulary::BizStep, value)?),
            "disposition" => event.disposition = Some(reader.word(Vocabulary::Disposition, value)?),
            "epcList" => {
                event.epcs = reader.different(value)?;
                event.names_none = event.epcs.is_empty();
                states_things = true;
            }
            "childEPCs" => event.children = reader.uris(value)?,
            "inputEPCList" => event.inputs = reader.different(value)?,
            "outputEPCList" => event.outputs = reader.different(value)?,
            "quantityList" => event.quantities = reader.list(value, |item| reader.amount(item))?,
            "childQuantityList" => event.child_quantities = reader.list(value, |item| reader.amount(item))?,
            "inputQuantityList" => event.input_quantities = reader.list(value, |item| reader.amount(item))?,
            "outputQuantityList" => {
                event.output_quantities = reader.list(value, |item| reader.amount(item))?;
            }
            "readPoint" => event.read_point = Some(reader.site(value)?),
            "bizLocation" => event.biz_location = Some(reader.site(value)?),
            "bizTransactionList" => {
                let document =
                    |item: &Value<'_>| reader.typed(Vocabulary::TransactionType, "bizTransaction", item);
                event.transactions = reader.list(value, document)?;
            }
            "sourceList" => event.sources = reader.list(value, |item| reader.party("source", item))?,
            "destinationList" => {
                event.destinations = reader.list(value, |item| reader.party("destination", item))?;
            }
            _ => return None,
        }
    }
    let must_state = match kind {
        EventKind::Object => true,
        EventKind::Transaction => event.action != Some(Action::Delete),
        _ => false,
    };
    (states_things || !must_state || !event.quantities.is_empty()).then_some(event)
}

struct Reader<'a> {
    context: &'a Context,
    limits: &'a Limits,
}

impl Reader<'_> {
    /// A URI has no white space, so nothing is trimmed.
    fn uri(&self, value: &Value<'_>) -> Option<String> {
        let text = self.context.expand(value.text()?);
        is_uri(&text).then(|| text.into_owned())
    }

    fn word(&self, vocabulary: Vocabulary, value: &Value<'_>) -> Option<String> {
        let text = self.context.expand(value.text()?);
        is_fitting(vocabulary, &text).then(|| text.into_owned())
    }

    fn list<'v, 'a: 'v, T>(
        &self,
        value: &'v Value<'a>,
        read: impl Fn(&'v Value<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        match value {
            Value::List(items) if items.len() <= self.limits.list => items.iter().map(read).collect(),
            _ => None,
        }
    }

    fn uris(&self, value: &Value<'_>) -> Option<Vec<String>> {
        self.list(value, |item| self.uri(item))
    }

    fn different(&self, value: &Value<'_>) -> Option<Vec<String>> {
        self.uris(value).filter(|list| has_twins(list).is_none())
    }

    fn amount(&self, value: &Value<'_>) -> Option<Quantity> {
        let Value::Object(members) = value else { return None };
        let (mut class, mut quantity, mut unit) = (None, None, None);
        for (name, value) in members {
            match (name.as_ref(), value) {
                ("epcClass", value) => class = Some(self.uri(value)?),
                ("quantity", Value::Number(number)) => quantity = Some(number.clone()),
                ("uom", Value::Text(text)) if is_unit(text) => unit = Some(text.clone().into_owned()),
                _ => return None,
            }
        }
        Some(Quantity { class: class?, quantity, unit })
    }

    fn site(&self, value: &Value<'_>) -> Option<Site> {
        match value {
            Value::Object(members) if members.len() == 1 => {
                Some(Site { id: self.uri(value.get("id")?)?, extensions: Vec::new() })
            }
            _ => None,
        }
    }

    fn party(&self, item: &str, value: &Value<'_>) -> Option<Typed> {
        self.typed(Vocabulary::SourceType, item, value).filter(|party| party.kind.is_some())
    }

    fn typed(&self, kinds: Vocabulary, item: &str, value: &Value<'_>) -> Option<Typed> {
        let Value::Object(members) = value else { return None };
        let (mut kind, mut id) = (None, None);
        for (name, value) in members {
            match name.as_ref() {
                "type" => kind = Some(self.word(kinds, value)?),
                name if name == item => id = Some(self.uri(value)?),
                _ => return None,
            }
        }
        Some(Typed { kind, id: id? })
    }
}
