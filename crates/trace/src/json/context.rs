//! JSON-LD contexts, as far as EPCIS needs them: prefixes, terms, `@vocab`.
//!
//! A context may be the address of a file. Fetching it would let a stranger make us call any address, and would
//! make the meaning of a stored event depend on a server; so nothing is ever fetched. The standard's own context is
//! known by heart; of other addresses a note says that their terms are unknown.

use std::borrow::Cow;

use super::Value;
use crate::node::Name;
use crate::problem::{Path, Problems, With};
use crate::uri::is_uri;

/// Prefixes of the standard's own context.
pub(crate) const STANDARD: [(&str, &str); 8] = [
    ("epcis", "https://ref.gs1.org/epcis/"),
    ("cbv", "https://ref.gs1.org/cbv/"),
    // XML writes this namespace without the last colon; so do we, that one event has one hash in both
    ("cbvmda", MDA),
    ("gs1", "https://gs1.org/voc/"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("dcterms", "http://purl.org/dc/terms/"),
];

/// The namespace of standard master data attributes.
pub(crate) const MDA: &str = "urn:epcglobal:cbv:mda";

/// The address of the standard's context.
pub(crate) const ADDRESS: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// Terms that the standard's context protects: nobody may give them another meaning.
const PROTECTED: &str = "id type baseURL ObjectEvent AggregationEvent TransformationEvent AssociationEvent \
TransactionEvent Collection member eventTime recordTime eventTimeZoneOffset action certificationInfo bizStep \
disposition bizLocation readPoint transformationID epcList sourceList destinationList persistentDisposition quantity \
epcClass uom quantityList bizTransactionList parentID childEPCs childQuantityList inputEPCList outputEPCList \
inputQuantityList outputQuantityList sensorElementList errorDeclaration eventID creationDate sender receiver \
instanceIdentifier schemaVersion ilmd EPCISDocument EPCISQueryDocument epcisHeader masterData vocabularyList epcisBody \
queryResults subscriptionID queryName resultsBody eventList children epcis cbv gs1 rdfs owl xsd dcterms";

/// Most entries that one context may hold.
const MOST: usize = 1000;

/// What names mean at one place of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    terms: Vec<(String, String)>,
    vocab: Option<String>,
}

impl Context {
    /// Takes over the `@context` of a document or event.
    pub(crate) fn add(&mut self, value: &Value<'_>, path: &Path<'_>, problems: &mut Problems) {
        match value {
            Value::List(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    match part {
                        Value::List(_) => {
                            problems.error("ZH9534", &path.place(place));
                        }
                        part => self.add(part, &path.place(place), problems),
                    }
                }
            }
            Value::Text(address) => {
                if !is_uri(address) {
                    problems.error("ZH9534", path);
                } else if !is_standard(address) {
                    problems.note("ZH9532", path).with("value", address);
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    self.define(name, value, &path.member(name), problems);
                }
            }
            _ => {
                problems.error("ZH9534", path);
            }
        }
    }

    fn define(&mut self, name: &str, value: &Value<'_>, path: &Path<'_>, problems: &mut Problems) {
        let iri = match value {
            Value::Text(iri) => Some(iri.as_ref()),
            Value::Object(_) => value.get("@id").and_then(Value::text),
            _ => None,
        };
        match name {
            "@vocab" => match iri {
                Some(iri) => self.vocab = Some(self.expand(iri).into_owned()),
                None => self.vocab = None,
            },
            "@version" | "@base" | "@language" | "@protected" | "@propagate" | "@direction" => {}
            _ if name.starts_with('@') || name.is_empty() => {
                problems.error("ZH9534", path);
            }
            _ if self.terms.len() >= MOST => {
                problems.error("ZH9513", path).with("what", "@context").with("most", MOST);
            }
            _ => match iri {
                // a definition that only sets a type says nothing about the name
                None if matches!(value, Value::Object(_)) => {}
                Some(iri) if is_uri(&self.expand(iri)) || iri.starts_with('@') => {
                    let iri = self.expand(iri).into_owned();
                    if is_redefinition(name, &iri) {
                        problems.error("ZH9533", path).with("name", name);
                        return;
                    }
                    self.terms.retain(|(own, _)| own != name);
                    self.terms.push((name.to_owned(), iri));
                }
                _ => {
                    problems.error("ZH9534", path);
                }
            },
        }
    }

    fn term(&self, name: &str) -> Option<&str> {
        let own = self.terms.iter().rev().find(|(own, _)| own == name).map(|(_, iri)| iri.as_str());
        own.or_else(|| STANDARD.iter().find(|(own, _)| *own == name).map(|(_, iri)| *iri))
    }

    /// The prefixes and terms that the document defined itself.
    pub(crate) fn own(&self) -> &[(String, String)] {
        &self.terms
    }

    /// A compact form expanded: `cbv:BizStep-shipping`, or a defined word. Anything else comes back unchanged.
    pub(crate) fn expand<'a>(&'a self, text: &'a str) -> Cow<'a, str> {
        match text.split_once(':') {
            Some((prefix, rest)) if !rest.starts_with("//") => match self.term(prefix) {
                Some(iri) => format!("{iri}{rest}").into(),
                None => text.into(),
            },
            Some(_) => text.into(),
            None => match self.terms.iter().rev().find(|(own, _)| own == text) {
                Some((_, iri)) => iri.into(),
                None => text.into(),
            },
        }
    }

    /// The name of an extension; `Err` carries a prefix that nobody declared.
    pub(crate) fn name(&self, key: &str) -> Result<Name, Name> {
        match key.split_once(':') {
            Some((prefix, rest)) => match self.term(prefix) {
                Some(iri) if !rest.starts_with("//") => Ok(Name::new(iri, rest)),
                _ if matches!(prefix, "http" | "https" | "urn") => Ok(split(key)),
                _ => Err(Name::read(key)),
            },
            None => match (self.terms.iter().rev().find(|(own, _)| own == key), &self.vocab) {
                (Some((_, iri)), _) => Ok(split(iri)),
                (None, Some(vocab)) => Ok(Name::new(vocab, key)),
                (None, None) => Ok(Name::read(key)),
            },
        }
    }
}

/// True if `name` is a term of the standard and `iri` is not its meaning.
fn is_redefinition(name: &str, iri: &str) -> bool {
    if !PROTECTED.split(' ').any(|term| term == name) {
        return false;
    }
    let standard = STANDARD.iter().find(|(own, _)| *own == name).map(|(_, iri)| *iri);
    let same_but_slash = |a: &str, b: &str| a.trim_end_matches(['/', '#']) == b.trim_end_matches(['/', '#']);
    match standard {
        Some(standard) => !same_but_slash(standard, iri),
        None => !(iri.starts_with('@') || iri == format!("https://ref.gs1.org/epcis/{name}")),
    }
}

fn is_standard(address: &str) -> bool {
    (address.contains("gs1.org/") || address.contains("gs1.github.io/"))
        && address.contains("epcis")
        && address.ends_with(".jsonld")
}

/// An IRI as namespace and local name, parted after the last `#`, `/` or `:`.
pub(crate) fn split(iri: &str) -> Name {
    match iri.rfind(['#', '/', ':']) {
        Some(at) if at + 1 < iri.len() => {
            Name::new(iri.get(..=at).unwrap_or_default(), iri.get(at + 1..).unwrap_or_default())
        }
        _ => Name::read(iri),
    }
}
