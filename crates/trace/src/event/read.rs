//! From nodes to an event, with everything that does not fit said at its place.

use super::{Action, ErrorDeclaration, Event, EventKind, Quantity, Site, Typed};
use crate::node::{Node, Scalar};
use crate::problem::{Path, Problems, With};
use crate::time::is_event_offset;
use crate::uri::is_uri;
use crate::vocabulary::Vocabulary;
use crate::{Limits, Number, Time};

/// Where nodes came from: JSON knows numbers and bare words, XML has only text and no bare words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// JSON or JSON-LD.
    Json,
    /// XML of either version.
    Xml,
}

/// Lists of events and the names of their items in XML.
pub(crate) fn list_item(list: &str) -> Option<&'static str> {
    Some(match list {
        "epcList" | "childEPCs" | "inputEPCList" | "outputEPCList" => "epc",
        "quantityList" | "childQuantityList" | "inputQuantityList" | "outputQuantityList" => {
            "quantityElement"
        }
        "bizTransactionList" => "bizTransaction",
        "sourceList" => "source",
        "destinationList" => "destination",
        "sensorElementList" => "sensorElement",
        "correctiveEventIDs" => "correctiveEventID",
        _ => return None,
    })
}

mod fits;
mod measured;

pub(crate) use fits::{belongs, has_twins, is_fitting, is_unit};
use fits::{fits_json, is_in_standard_space};

struct Reader<'a> {
    source: Source,
    limits: &'a Limits,
    problems: &'a mut Problems,
}

/// Reads the event of `kind` from the nodes below it. `None` if its time or offset is missing or wrong, which
/// leaves nothing to keep.
pub(crate) fn read(
    kind: EventKind,
    nodes: Vec<Node>,
    source: Source,
    limits: &Limits,
    problems: &mut Problems,
    path: &Path<'_>,
) -> Option<Event> {
    let mut reader = Reader { source, limits, problems };
    let required = |reader: &mut Reader<'_>, name: &str| -> Option<()> {
        if nodes.iter().any(|node| node.name.is(name)) {
            return Some(());
        }
        reader.problems.error("ZH9521", path).with("name", name);
        None
    };
    let (has_time, has_zone) =
        (required(&mut reader, "eventTime"), required(&mut reader, "eventTimeZoneOffset"));
    has_time?;
    has_zone?;
    let time = reader.time(nodes.iter().find(|node| node.name.is("eventTime"))?, &path.member("eventTime"));
    let zone = nodes.iter().find(|node| node.name.is("eventTimeZoneOffset"))?.trimmed();
    if !is_event_offset(zone) {
        let path = path.member("eventTimeZoneOffset");
        reader.problems.error("ZH9525", &path).with("value", zone);
        return None;
    }
    let mut event = Event::new(kind, time?, zone);
    let mut seen: Vec<std::borrow::Cow<'static, str>> = Vec::new();
    for mut node in nodes {
        let name = node.name.clone();
        let own = matches!(event.kind, EventKind::Own(_));
        if name.space.is_empty() && !name.local.contains(':') {
            let path = path.member(&name.local);
            if name.local != "certificationInfo" && seen.contains(&name.local) {
                reader.problems.error("ZH9511", &path).with("name", &name.local);
                continue;
            }
            if reader.field(&mut event, &mut node, &path) {
                seen.push(name.local);
                continue;
            }
            if !own {
                reader.problems.error("ZH9527", &path).with("name", &name.local);
            }
        }
        event.extensions.push(node);
    }
    // the schema asks that the list be there, not that something be in it
    let names_things = matches!(event.kind, EventKind::Object | EventKind::Transaction)
        && event.action != Some(Action::Delete).filter(|_| event.kind == EventKind::Transaction);
    let states = |name: &str| seen.iter().any(|own| own == name);
    let reads_a_place = !event.sensors.is_empty() && event.read_point.is_some();
    if names_things
        && !states("epcList")
        && event.quantities.is_empty()
        && !(event.kind == EventKind::Object && reads_a_place)
    {
        reader.problems.error("ZH9530", path);
    }
    Some(event)
}

impl Reader<'_> {
    /// Reads one standard field; false if the name is none of the standard's for this kind of event.
    fn field(&mut self, event: &mut Event, node: &mut Node, path: &Path<'_>) -> bool {
        let name = node.name.local.clone();
        if !belongs(&event.kind, &name) {
            return false;
        }
        match name.as_ref() {
            "recordTime" => event.recorded = self.time(node, path),
            "eventID" => event.id = self.own_uri(node, path),
            "errorDeclaration" => event.error = self.error_declaration(node, path),
            "certificationInfo" => event.certification.extend(self.uri(node, path)),
            "action" => {
                event.action = Action::of_name(node.trimmed());
                if event.action.is_none() {
                    let problem = self.problems.error("ZH9528", path);
                    problem.with("value", node.trimmed()).with("wanted", "ADD, OBSERVE, DELETE");
                }
            }
            "parentID" => event.parent = self.own_uri(node, path),
            "epcList" => {
                event.epcs = self.uris(node, path);
                event.names_none = event.epcs.is_empty() && self.source == Source::Json;
            }
            "childEPCs" => event.children = self.uris(node, path),
            "inputEPCList" => event.inputs = self.uris(node, path),
            "outputEPCList" => event.outputs = self.uris(node, path),
            "quantityList" => event.quantities = self.quantities(node, path),
            "childQuantityList" => event.child_quantities = self.quantities(node, path),
            "inputQuantityList" => event.input_quantities = self.quantities(node, path),
            "outputQuantityList" => event.output_quantities = self.quantities(node, path),
            "transformationID" => event.transformation = self.own_uri(node, path),
            "bizStep" => event.biz_step = self.word(Vocabulary::BizStep, node, path),
            "disposition" => event.disposition = self.word(Vocabulary::Disposition, node, path),
            "persistentDisposition" => self.lasting(event, node, path),
            "readPoint" => event.read_point = self.site(node, path),
            "bizLocation" => event.biz_location = self.site(node, path),
            "bizTransactionList" => {
                event.transactions = self.typed(node, Vocabulary::TransactionType, false, path);
            }
            "sourceList" => event.sources = self.typed(node, Vocabulary::SourceType, true, path),
            "destinationList" => event.destinations = self.typed(node, Vocabulary::SourceType, true, path),
            "sensorElementList" => event.sensors = self.sensors(node, path),
            "ilmd" => {
                for child in &node.children {
                    if child.name.space.is_empty() && !child.name.local.contains(':') {
                        self.problems.error("ZH9527", path).with("name", &child.name.local);
                    }
                }
                event.ilmd = Some(node.children.clone());
            }
            // read before the others
            _ => {}
        }
        true
    }

    fn text<'n>(&mut self, node: &'n Node, path: &Path<'_>) -> Option<&'n str> {
        match &node.value {
            Some(Scalar::Text(_)) if node.children.is_empty() => Some(node.trimmed()),
            None if node.children.is_empty() && self.source == Source::Xml => Some(""),
            _ => {
                self.problems.error("ZH9522", path).with("wanted", "string");
                None
            }
        }
    }

    fn time(&mut self, node: &Node, path: &Path<'_>) -> Option<Time> {
        let text = self.text(node, path)?;
        let time = Time::read(text);
        if time.is_none() {
            self.problems.error("ZH9524", path).with("value", text);
        }
        time
    }

    fn uri(&mut self, node: &Node, path: &Path<'_>) -> Option<String> {
        let text = self.text(node, path)?;
        if !is_uri(text) {
            self.problems.error("ZH9523", path).with("value", text);
        }
        Some(text.to_owned())
    }

    /// The same, with the text taken out of the node.
    fn own_uri(&mut self, node: &mut Node, path: &Path<'_>) -> Option<String> {
        let text = self.text(node, path)?;
        if !is_uri(text) {
            self.problems.error("ZH9523", path).with("value", text);
        }
        match &mut node.value {
            Some(Scalar::Text(own)) if own.trim().len() == own.len() => Some(std::mem::take(own)),
            _ => Some(node.trimmed().to_owned()),
        }
    }

    /// The items of a list, not more than the limit.
    fn items<'n>(&mut self, node: &'n Node, path: &Path<'_>) -> &'n [Node] {
        let Some(item) = list_item(&node.name.local) else { return &[] };
        if node.value.as_ref().is_some_and(|value| !value.text().trim().is_empty()) {
            self.problems.error("ZH9522", path).with("wanted", "list");
        }
        if let Some(other) = node.children.iter().find(|child| !child.name.is(item)) {
            self.problems.error("ZH9527", path).with("name", other.name.clark());
        }
        if node.children.len() > self.limits.list {
            self.problems
                .error("ZH9513", path)
                .with("what", node.name.clark())
                .with("most", self.limits.list);
            return &[];
        }
        &node.children
    }

    fn uris(&mut self, node: &mut Node, path: &Path<'_>) -> Vec<String> {
        let n_items = self.items(node, path).len();
        let mut out = Vec::with_capacity(n_items);
        for (place, item) in node.children.iter_mut().take(n_items).enumerate() {
            out.extend(self.own_uri(item, &path.place(place)));
        }
        if matches!(node.name.local.as_ref(), "epcList" | "inputEPCList" | "outputEPCList") {
            self.no_twins(&out, path);
        }
        out
    }

    fn no_twins(&mut self, list: &[String], path: &Path<'_>) {
        if let Some(twin) = has_twins(list) {
            self.problems.error("ZH9529", path).with("value", twin);
        }
    }

    fn word(&mut self, vocabulary: Vocabulary, node: &Node, path: &Path<'_>) -> Option<String> {
        let text = self.text(node, path)?;
        self.known_word(vocabulary, text, path);
        Some(text.to_owned())
    }

    /// A standard word, or a URI of somebody's own. JSON has bare words where XML has URIs.
    fn known_word(&mut self, vocabulary: Vocabulary, text: &str, path: &Path<'_>) {
        let fits = match self.source {
            Source::Json => fits_json(vocabulary, text),
            Source::Xml => is_uri(text),
        };
        if !fits {
            self.problems.error("ZH9526", path).with("value", text);
        } else if vocabulary.bare(text).is_none() && is_in_standard_space(text) {
            // a word in the standard's own namespace that the standard does not have
            self.problems.warning("ZH9526", path).with("value", text);
        }
    }

    fn quantities(&mut self, node: &Node, path: &Path<'_>) -> Vec<Quantity> {
        let items = self.items(node, path);
        let mut out = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let path = path.place(place);
            let mut quantity = Quantity { class: String::new(), quantity: None, unit: None };
            let mut has_class = false;
            for child in &item.children {
                let path = path.member(&child.name.local);
                match child.name.local.as_ref() {
                    _ if !child.name.space.is_empty() => {
                        self.problems.error("ZH9527", &path).with("name", child.name.clark());
                    }
                    "epcClass" => {
                        has_class = true;
                        quantity.class = self.uri(child, &path).unwrap_or_default();
                    }
                    "quantity" => quantity.quantity = self.number(child, &path),
                    "uom" => {
                        quantity.unit = self.text(child, &path).map(str::to_owned);
                        if quantity.unit.as_deref().is_some_and(|unit| !is_unit(unit)) {
                            self.problems.error("ZH9531", &path).with("value", child.trimmed());
                        }
                    }
                    other => {
                        self.problems.error("ZH9527", &path).with("name", other);
                    }
                }
            }
            if has_class {
                out.push(quantity);
            } else {
                self.problems.error("ZH9521", &path).with("name", "epcClass");
            }
        }
        out
    }

    fn number(&mut self, node: &Node, path: &Path<'_>) -> Option<Number> {
        let number = match (&node.value, self.source) {
            (Some(Scalar::Number(number)), _) => Some(number.clone()),
            (Some(Scalar::Text(text)), Source::Xml) => Number::read(text.trim()),
            // `xsi:nil`: the amount is left open
            (Some(Scalar::Null), Source::Xml) => return None,
            _ => None,
        };
        if number.is_none() {
            self.problems.error("ZH9522", path).with("wanted", "number");
        }
        number
    }

    fn site(&mut self, node: &Node, path: &Path<'_>) -> Option<Site> {
        let mut id = None;
        let mut extensions = Vec::new();
        for child in &node.children {
            let path = path.member(&child.name.local);
            if child.name.is("id") {
                id = self.uri(child, &path);
            } else {
                extensions.push(child.clone());
            }
        }
        if id.is_none() {
            self.problems.error("ZH9521", path).with("name", "id");
        }
        Some(Site { id: id?, extensions })
    }

    fn typed(&mut self, node: &Node, kinds: Vocabulary, kind_required: bool, path: &Path<'_>) -> Vec<Typed> {
        let items = self.items(node, path);
        let mut out = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let path = path.place(place);
            for child in &item.children {
                self.problems.error("ZH9527", &path).with("name", child.name.clark());
            }
            let kind = item.attribute("type");
            match kind {
                Some(kind) => self.known_word(kinds, kind, &path.member("type")),
                None if kind_required => {
                    self.problems.error("ZH9521", &path).with("name", "type");
                }
                None => {}
            }
            if item.value.is_none() && self.source == Source::Json {
                self.problems.error("ZH9521", &path).with("name", &item.name.local);
                continue;
            }
            let Some(id) = self.uri(item, &path) else { continue };
            out.push(Typed { kind: kind.map(str::to_owned), id });
        }
        out
    }

    fn lasting(&mut self, event: &mut Event, node: &Node, path: &Path<'_>) {
        for child in &node.children {
            let path = path.member(&child.name.local);
            let Some(word) = self.word(Vocabulary::Disposition, child, &path) else { continue };
            match child.name.local.as_ref() {
                "set" if child.name.space.is_empty() => event.lasting_set.push(word),
                "unset" if child.name.space.is_empty() => event.lasting_unset.push(word),
                _ => {
                    self.problems.error("ZH9527", &path).with("name", child.name.clark());
                }
            }
        }
        if event.lasting_set.is_empty() && event.lasting_unset.is_empty() {
            self.problems.error("ZH9521", path).with("name", "set");
        }
        let (set, unset) = (event.lasting_set.clone(), event.lasting_unset.clone());
        self.no_twins(&set, path);
        self.no_twins(&unset, path);
    }

    fn error_declaration(&mut self, node: &Node, path: &Path<'_>) -> Option<ErrorDeclaration> {
        let mut time = None;
        let (mut reason, mut corrective, mut extensions) = (None, Vec::new(), Vec::new());
        for child in &node.children {
            let path = path.member(&child.name.local);
            match child.name.local.as_ref() {
                _ if !child.name.space.is_empty() => extensions.push(child.clone()),
                "declarationTime" => time = Some(self.time(child, &path)?),
                "reason" => reason = self.word(Vocabulary::ErrorReason, child, &path),
                "correctiveEventIDs" => corrective = self.uris(&mut child.clone(), &path),
                other => {
                    if !other.contains(':') {
                        self.problems.error("ZH9527", &path).with("name", other);
                    }
                    extensions.push(child.clone());
                }
            }
        }
        if time.is_none() {
            self.problems.error("ZH9521", path).with("name", "declarationTime");
        }
        Some(ErrorDeclaration { time: time?, reason, corrective, extensions })
    }
}
