//! Identifiers of an event in the syntax that a client asks for (`GS1-EPC-Format` of the REST binding).

use super::{Event, Field, FieldKind, Measured};
use crate::id::{Identifier, Prefixes};
use crate::node::Scalar;

/// The syntax of identifiers in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpcFormat {
    /// As captured; also what a client without preference gets.
    AsCaptured,
    /// Canonical Digital Links.
    DigitalLink,
    /// EPC URNs, where the length of the company prefix is known.
    Urn,
}

impl EpcFormat {
    /// The format by the value of the header.
    pub fn of_header(value: &str) -> Option<EpcFormat> {
        Some(match value {
            "No_Preference" | "Never_Translates" => EpcFormat::AsCaptured,
            "Always_GS1_Digital_Link" => EpcFormat::DigitalLink,
            "Always_EPC_URN" => EpcFormat::Urn,
            _ => return None,
        })
    }
}

impl Event {
    /// The event with its identifiers in another syntax, and how many had to stay as captured because nobody told the
    /// length of their company prefix. Extensions are somebody's own and stay.
    pub fn translated(&self, format: EpcFormat, prefixes: &Prefixes) -> (Event, usize) {
        let mut event = self.clone();
        let mut n_left = 0;
        if format != EpcFormat::AsCaptured {
            event.each_identifier(&mut |text| {
                let Ok(identifier) = Identifier::read(text) else { return };
                match format {
                    EpcFormat::Urn => match identifier.urn(prefixes) {
                        Ok(urn) => *text = urn,
                        Err(_) => n_left += usize::from(!text.starts_with("urn:")),
                    },
                    _ => *text = identifier.link(),
                }
            });
        }
        (event, n_left)
    }

    /// Hands out every text that may be an identifier.
    fn each_identifier(&mut self, each: &mut dyn FnMut(&mut String)) {
        let lists = [&mut self.epcs, &mut self.children, &mut self.inputs, &mut self.outputs];
        lists.into_iter().flatten().for_each(&mut *each);
        let amounts = [
            &mut self.quantities,
            &mut self.child_quantities,
            &mut self.input_quantities,
            &mut self.output_quantities,
        ];
        amounts.into_iter().flatten().for_each(|amount| each(&mut amount.class));
        let typed = [&mut self.transactions, &mut self.sources, &mut self.destinations];
        typed.into_iter().flatten().for_each(|typed| each(&mut typed.id));
        self.parent.iter_mut().chain(&mut self.transformation).for_each(&mut *each);
        self.read_point.iter_mut().chain(&mut self.biz_location).for_each(|site| each(&mut site.id));
        for element in &mut self.sensors {
            element.metadata.iter_mut().chain(&mut element.reports).for_each(|measured| uris(measured, each));
        }
    }
}

fn uris(measured: &mut Measured, each: &mut dyn FnMut(&mut String)) {
    for (field, value) in &mut measured.fields {
        if let (FieldKind::Uri, Scalar::Text(text)) = (Field::kind(*field), value) {
            each(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, hash, json};

    #[test]
    fn there_and_back() {
        let text = r#"{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent",
"eventTime":"2026-01-02T03:04:05.000+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
"epcList":["urn:epc:id:sgtin:4012345.011111.9876","https://example.com/own"],
"quantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.011111.L"}],"readPoint":{"id":"urn:epc:id:sgln:4012345.00011.0"},
"bizTransactionList":[{"bizTransaction":"urn:epc:id:gdti:4012345.55555.98"}],
"sensorElementList":[{"sensorMetadata":{"deviceID":"urn:epc:id:giai:4000001.111"},"sensorReport":[{"type":"Temperature","value":1}]}]}"#;
        let document = json::read(text.as_bytes(), &Limits::default()).document.expect("a document");
        let event = &document.events[0];
        let (links, n_left) = event.translated(EpcFormat::DigitalLink, &Prefixes::none());
        let text = json::write_event(&links, &[], json::JsonStyle::Compact);
        assert!(n_left == 0 && !text.contains("urn:epc"), "{text}");
        assert_eq!(hash::digest(&links), hash::digest(event));
        let (prefixes, _) = Prefixes::from_rows([("4012345", 7), ("4000001", 7)]);
        assert_eq!(links.translated(EpcFormat::Urn, &prefixes), (event.clone(), 0));
        // five identifiers without prefix length; the address of somebody's own is none
        let (same, n_left) = links.translated(EpcFormat::Urn, &Prefixes::none());
        assert_eq!((&same, n_left), (&links, 5));
        assert_eq!(links.translated(EpcFormat::AsCaptured, &prefixes).0, links);
        assert_eq!(EpcFormat::of_header("Always_EPC_URN"), Some(EpcFormat::Urn));
        assert_eq!(EpcFormat::of_header("urn"), None);
    }
}
