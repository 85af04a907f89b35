//! Identifiers as small numbers: what a store keeps and compares instead of texts.
//!
//! A [`Thing`] is sixteen bytes. Goods of one class share a [`ClassId`]; a serial that is a number stays one, so that
//! ten thousand bottles in a row are a range. The same thing in another syntax is the same number, because the
//! dictionary is asked with canonical forms.

use std::collections::HashMap;

use crate::id::{Detail, Identifier, Level, canonical};

/// A class of things: goods, a type of asset; the index of its canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u32);

/// Any other text: a place, a party, a serial with letters, a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// How a thing is named within its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
enum Form {
    /// The class itself.
    Class,
    /// A lot, by its term.
    Lot,
    /// A piece by a number of so many digits.
    Number,
    /// A piece by a text.
    Text,
    /// A piece by a third party's text.
    ThirdParty,
    /// A spot in a place.
    Extension,
    /// No GS1 key at all: the term alone.
    Other,
    /// One thing that its key names without any detail: a logistic unit, a place.
    Unit,
}

/// An identifier as sixteen bytes. The order is by class, form and serial: neighbours in a list are neighbours on
/// the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing {
    class: ClassId,
    form: Form,
    digits: u8,
    number: u64,
}

impl Thing {
    /// The thing in numbers: class, form, digits, number.
    pub(crate) fn numbers(self) -> (u32, u8, u8, u64) {
        (self.class.0, self.form as u8, self.digits, self.number)
    }

    /// A thing by its numbers.
    pub(crate) fn from_numbers((class, form, digits, number): (u32, u8, u8, u64)) -> Option<Thing> {
        let forms = [
            Form::Class,
            Form::Lot,
            Form::Number,
            Form::Text,
            Form::ThirdParty,
            Form::Extension,
            Form::Other,
            Form::Unit,
        ];
        let form = *forms.get(usize::from(form))?;
        Some(Thing { class: ClassId(class), form, digits, number })
    }

    /// The class; none for what is no GS1 key.
    pub fn class(self) -> Option<ClassId> {
        (self.form != Form::Other).then_some(self.class)
    }

    /// True for a lot.
    pub fn is_lot(self) -> bool {
        self.form == Form::Lot
    }

    /// True for a whole class.
    pub fn is_class(self) -> bool {
        self.form == Form::Class
    }

    /// The number of a serial that is one, with its digits.
    pub fn serial(self) -> Option<(u64, u8)> {
        (self.form == Form::Number).then_some((self.number, self.digits))
    }

    /// The piece of the same class with another serial, if this one and the other have serials of digits.
    #[must_use]
    pub(crate) fn with_serial(self, serial: &str) -> Option<Thing> {
        let number = number(serial).filter(|_| self.form == Form::Number && !serial.is_empty())?;
        Some(Thing { digits: serial.len() as u8, number, ..self })
    }

    /// The class as a thing.
    #[must_use]
    pub fn as_class(self) -> Option<Thing> {
        self.class().map(|class| Thing { class, form: Form::Class, digits: 0, number: 0 })
    }
}

#[derive(Clone, Debug, Default)]
struct Texts {
    by_text: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Texts {
    fn intern(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.by_text.get(text) {
            return id;
        }
        // four thousand million texts do not fit into the memory of any machine we run on
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.into());
        self.by_text.insert(text.into(), id);
        id
    }

    fn text(&self, id: u32) -> &str {
        self.texts.get(id as usize).map_or("", |text| text)
    }
}

/// Texts and their numbers. Numbers are given in the order in which texts are first seen and never change.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    classes: Texts,
    terms: Texts,
    /// For each class its identifier without detail.
    identifiers: Vec<Identifier>,
}

/// A serial becomes a number if nothing is lost: at most 18 digits.
const NUMBER_DIGITS: usize = 18;

impl Dictionary {
    /// Knows nothing yet.
    pub fn new() -> Dictionary {
        Dictionary::default()
    }

    /// The number of a text that is no identifier: a place, a party, a business step.
    pub fn term(&mut self, text: &str) -> TermId {
        TermId(self.terms.intern(text))
    }

    /// The number of a place or party in any syntax.
    pub fn place(&mut self, text: &str) -> TermId {
        TermId(self.terms.intern(&canonical(text)))
    }

    /// The number of a place in any syntax, if it was ever learned.
    pub fn known_place(&self, text: &str) -> Option<TermId> {
        self.terms.by_text.get(canonical(text).as_ref()).map(|&id| TermId(id))
    }

    /// The number of a text that is no identifier, if it was ever learned.
    pub fn known_term(&self, text: &str) -> Option<TermId> {
        self.terms.by_text.get(text).map(|&id| TermId(id))
    }

    /// The text of a term.
    pub fn term_text(&self, id: TermId) -> &str {
        self.terms.text(id.0)
    }

    /// The thing that `text` names, in any syntax; new ones are learned.
    pub fn thing(&mut self, text: &str) -> Thing {
        match Identifier::read(text) {
            Ok(identifier) => self.identifier(&identifier),
            Err(_) => self.other(text),
        }
    }

    /// The thing that a text names that is no GS1 key.
    pub fn other(&mut self, text: &str) -> Thing {
        let number = u64::from(self.terms.intern(text));
        Thing { class: ClassId(u32::MAX), form: Form::Other, digits: 0, number }
    }

    /// The thing of an identifier.
    pub fn identifier(&mut self, identifier: &Identifier) -> Thing {
        let class = identifier.class();
        let id = self.classes.intern(&class.link());
        if id as usize == self.identifiers.len() {
            self.identifiers.push(class);
        }
        let (form, digits, number) = match identifier.detail() {
            Detail::None => (form_alone(identifier), 0, 0),
            Detail::Lot(text) => (Form::Lot, 0, u64::from(self.terms.intern(text))),
            Detail::Extension(text) => (Form::Extension, 0, u64::from(self.terms.intern(text))),
            Detail::ThirdParty(text) => (Form::ThirdParty, 0, u64::from(self.terms.intern(text))),
            Detail::Serial(text) => match number(text) {
                Some(number) => (Form::Number, text.len() as u8, number),
                None => (Form::Text, 0, u64::from(self.terms.intern(text))),
            },
        };
        Thing { class: ClassId(id), form, digits, number }
    }

    /// The thing that `text` names, if it was ever learned.
    pub fn find(&self, text: &str) -> Option<Thing> {
        let term = |text: &str| self.terms.by_text.get(text).map(|&id| u64::from(id));
        let Ok(identifier) = Identifier::read(text) else {
            return Some(Thing {
                class: ClassId(u32::MAX),
                form: Form::Other,
                digits: 0,
                number: term(text)?,
            });
        };
        let class = ClassId(*self.classes.by_text.get(identifier.class().link().as_str())?);
        let (form, digits, number) = match identifier.detail() {
            Detail::None => (form_alone(&identifier), 0, 0),
            Detail::Lot(text) => (Form::Lot, 0, term(text)?),
            Detail::Extension(text) => (Form::Extension, 0, term(text)?),
            Detail::ThirdParty(text) => (Form::ThirdParty, 0, term(text)?),
            Detail::Serial(text) => match number(text) {
                Some(number) => (Form::Number, text.len() as u8, number),
                None => (Form::Text, 0, term(text)?),
            },
        };
        Some(Thing { class, form, digits, number })
    }

    /// The lot `lot` of the class that `thing` belongs to.
    pub fn lot(&mut self, thing: Thing, lot: &str) -> Option<Thing> {
        let class = self.identifiers.get(thing.class()?.0 as usize)?;
        let identifier = class.detailed(Detail::Lot(lot.to_owned())).ok()?;
        Some(self.identifier(&identifier))
    }

    /// The canonical text of a thing.
    pub fn text(&self, thing: Thing) -> String {
        let term = || self.terms.text(u32::try_from(thing.number).unwrap_or(u32::MAX)).to_owned();
        let detail = match thing.form {
            Form::Other => return term(),
            Form::Class | Form::Unit => Detail::None,
            Form::Lot => Detail::Lot(term()),
            Form::Extension => Detail::Extension(term()),
            Form::ThirdParty => Detail::ThirdParty(term()),
            Form::Text => Detail::Serial(term()),
            Form::Number => {
                Detail::Serial(format!("{:0digits$}", thing.number, digits = usize::from(thing.digits)))
            }
        };
        let class = self.identifiers.get(thing.class.0 as usize);
        class
            .and_then(|class| class.detailed(detail).ok())
            .map_or_else(String::new, |identifier| identifier.link())
    }

    /// The canonical texts of all classes, then all other texts, each in the order of its numbers.
    pub(crate) fn texts(&self) -> (&[Box<str>], &[Box<str>]) {
        (&self.classes.texts, &self.terms.texts)
    }

    /// A dictionary from its texts; `None` if a class is no identifier.
    pub(crate) fn from_texts(classes: Vec<Box<str>>, terms: Vec<Box<str>>) -> Option<Dictionary> {
        let identifiers: Option<Vec<Identifier>> =
            classes.iter().map(|text| Identifier::read(text).ok()).collect();
        let made = |texts: Vec<Box<str>>| Texts {
            by_text: texts.iter().zip(0..).map(|(text, id)| (text.clone(), id)).collect(),
            texts,
        };
        Some(Dictionary { classes: made(classes), terms: made(terms), identifiers: identifiers? })
    }

    /// How many classes and other texts are known.
    pub fn sizes(&self) -> (usize, usize) {
        (self.classes.texts.len(), self.terms.texts.len())
    }
}

fn form_alone(identifier: &Identifier) -> Form {
    if identifier.level() == Level::Instance { Form::Unit } else { Form::Class }
}

fn number(serial: &str) -> Option<u64> {
    let is_number = serial.len() <= NUMBER_DIGITS && serial.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| serial.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_one_number_in_every_syntax() {
        assert_eq!(size_of::<Thing>(), 16);
        let mut dictionary = Dictionary::new();
        let thing = dictionary.thing("urn:epc:id:sgtin:4012345.011111.0098");
        for text in [
            "https://id.gs1.org/01/04012345111118/21/0098",
            "https://example.com/gtin/4012345111118/ser/0098",
            "(01)04012345111118(21)0098",
        ] {
            assert_eq!((dictionary.thing(text), dictionary.find(text)), (thing, Some(thing)), "{text}");
        }
        // zeros in front count
        assert_ne!(dictionary.thing("(01)04012345111118(21)98"), thing);
        assert_eq!(thing.serial(), Some((98, 4)));
        assert_eq!(dictionary.sizes(), (1, 0));
        assert_eq!(dictionary.find("(01)04012345111118(21)never-seen"), None);
    }

    #[test]
    fn another_serial_of_the_same_class() {
        let mut dictionary = Dictionary::new();
        let base = "https://id.gs1.org/01/04012345111118/21/";
        let one = dictionary.thing(&format!("{base}7"));
        for serial in
            ["0", "0098", "123456789012345678", "1234567890123456789", "A1", "", "1%2F", "1?x=2", "-1", "+1"]
        {
            let read = Identifier::read(&format!("{base}{serial}")).ok();
            let wanted = read.map(|own| dictionary.identifier(&own)).filter(|own| own.serial().is_some());
            if let Some(short) = one.with_serial(serial) {
                assert_eq!(Some(short), wanted, "{serial}");
            } else {
                assert!(
                    !serial.bytes().all(|byte| byte.is_ascii_digit()) || !(1..=18).contains(&serial.len())
                );
            }
        }
        let lettered = dictionary.thing(&format!("{base}A1"));
        assert_eq!(lettered.with_serial("7"), None);
    }

    #[test]
    fn texts_come_back() {
        let mut dictionary = Dictionary::new();
        for text in [
            "https://id.gs1.org/01/04012345111118/21/0098",
            "https://id.gs1.org/01/04012345111118/21/AB-1",
            "https://id.gs1.org/01/04012345111118/21/12345678901234567890",
            "https://id.gs1.org/01/04012345111118/10/L%2F1",
            "https://id.gs1.org/01/04012345111118/235/T1",
            "https://id.gs1.org/01/04012345111118",
            "https://id.gs1.org/00/040123450000003338",
            "https://id.gs1.org/414/4012345000115/254/987",
            "https://id.gs1.org/8003/0401234566666387",
            "https://example.com/any",
            "urn:uuid:1",
        ] {
            let thing = dictionary.thing(text);
            assert_eq!(dictionary.text(thing), text);
            let lot = dictionary.lot(thing, "L7").map(|lot| dictionary.text(lot));
            let wanted =
                text.contains("/01/").then(|| "https://id.gs1.org/01/04012345111118/10/L7".to_owned());
            assert_eq!(lot, wanted, "{text}");
        }
    }

    #[test]
    fn neighbours_are_neighbours() {
        let mut dictionary = Dictionary::new();
        let mut things: Vec<Thing> =
            (0..20).rev().map(|n| dictionary.thing(&format!("(01)04012345111118(21){n:05}"))).collect();
        things.sort_unstable();
        let serials: Vec<u64> =
            things.iter().filter_map(|thing| thing.serial()).map(|(number, _)| number).collect();
        assert_eq!(serials, (0..20).collect::<Vec<_>>());
    }
}
