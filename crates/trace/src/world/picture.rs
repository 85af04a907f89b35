//! A log as bytes, so that a store need not read its ledger from the beginning at every start.
//!
//! It is a picture, never the truth: whatever is odd about the bytes, reading gives nothing and the log is made anew.
//! Numbers take as many bytes as they need, times are differences.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use zhiheng_base::Decimal;

use super::log::{Deed, Form, Log, Named, Node, Roles, Span};
use crate::dictionary::{Dictionary, TermId, Thing};
use crate::event::Action;

/// The first bytes: name and number of the form.
const HEAD: &[u8] = b"zhiheng-trace-log 1\n";

struct Out(Vec<u8>);

impl Out {
    fn number(&mut self, mut number: u64) {
        while number >= 128 {
            self.0.push(number as u8 | 128);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn term(&mut self, term: Option<TermId>) {
        self.number(term.map_or(0, |term| u64::from(term.0) + 1));
    }

    fn decimal(&mut self, decimal: Option<Decimal>) {
        match decimal {
            None => self.0.push(0),
            Some(decimal) => {
                self.0.push(1);
                self.0.extend_from_slice(&decimal.serialize());
            }
        }
    }

    fn span(&mut self, span: Span) {
        // spans follow each other without gaps, so the length is enough
        self.number(u64::from(span.len));
    }
}

struct In<'a>(&'a [u8]);

impl In<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// How many items follow; never more than there are bytes.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn text(&mut self) -> Option<Box<str>> {
        let length = self.count()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(std::str::from_utf8(text).ok()?.into())
    }

    fn term(&mut self) -> Option<Option<TermId>> {
        Some(self.small()?.checked_sub(1).map(TermId))
    }

    fn decimal(&mut self) -> Option<Option<Decimal>> {
        Some(match self.byte()? {
            0 => None,
            _ => Some(Decimal::deserialize(self.bytes()?)),
        })
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        (0..count).map(|_| item(self)).collect()
    }
}

/// Gives spans without gaps their beginnings back.
#[derive(Default)]
struct Starts([u32; 5]);

impl Starts {
    fn span(&mut self, which: usize, from: &mut In<'_>) -> Option<Span> {
        let len = from.small()?;
        let next = self.0.get_mut(which)?;
        let span = Span { start: *next, len };
        *next = next.checked_add(len)?;
        Some(span)
    }
}

const FORMS: [Form; 6] =
    [Form::Object, Form::Aggregation, Form::Transaction, Form::Transformation, Form::Association, Form::Own];
const ACTIONS: [Option<Action>; 4] = [None, Some(Action::Add), Some(Action::Observe), Some(Action::Delete)];

impl Log {
    /// The log as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out(HEAD.to_vec());
        let (classes, terms) = self.names.texts();
        for texts in [classes, terms] {
            out.number(texts.len() as u64);
            texts.iter().for_each(|text| out.text(text));
        }
        out.number(self.nodes.len() as u64);
        for thing in &self.nodes {
            let (class, form, digits, number) = thing.numbers();
            out.number(u64::from(class));
            out.0.extend_from_slice(&[form, digits]);
            out.number(number);
        }
        out.number(self.named.len() as u64);
        for named in &self.named {
            out.number(u64::from(named.node.0));
            out.0.push(named.role.0);
            out.number(u64::from(named.amount.wrapping_add(1)));
        }
        out.number(self.amounts.len() as u64);
        for (quantity, unit) in &self.amounts {
            out.decimal(*quantity);
            out.term(*unit);
        }
        out.number(self.lots.len() as u64);
        for (piece, lot) in &self.lots {
            out.number(u64::from(piece.0));
            out.number(u64::from(lot.0));
        }
        out.number(self.terms.len() as u64);
        self.terms.iter().for_each(|term| out.term(Some(*term)));
        out.number(self.readings.len() as u64);
        for (start, end, low, high) in &self.readings {
            out.signed(*start);
            out.number(u64::from(end.is_some()));
            out.signed(end.unwrap_or_default());
            out.decimal(Some(*low));
            out.decimal(Some(*high));
        }
        out.number(self.deeds.len() as u64);
        let (mut time, mut recorded, mut entry) = (0, 0, 0);
        for deed in &self.deeds {
            out.signed(deed.time.wrapping_sub(time));
            out.signed(deed.recorded.wrapping_sub(recorded));
            out.number(deed.entry.wrapping_sub(entry));
            (time, recorded, entry) = (deed.time, deed.recorded, deed.entry);
            put_deed(&mut out, deed);
        }
        let sum = Sha256::digest(&out.0);
        out.0.extend_from_slice(&sum);
        out.0
    }

    /// A log from its bytes; `None` if they are not whole.
    pub fn from_bytes(bytes: &[u8]) -> Option<Log> {
        let (body, sum) = bytes.split_last_chunk::<32>()?;
        if Sha256::digest(body).as_slice() != sum {
            return None;
        }
        let mut from = In(body.strip_prefix(HEAD)?);
        let classes = from.list(In::text)?;
        let terms = from.list(In::text)?;
        let nodes = from.list(|from| {
            let class = from.small()?;
            let [form, digits] = from.bytes()?;
            Thing::from_numbers((class, form, digits, from.number()?))
        })?;
        let node = |from: &mut In<'_>| from.small().map(Node);
        let named = from.list(|from| {
            let node = node(from)?;
            let role = Roles(from.byte()?);
            Some(Named { node, role, amount: from.small()?.wrapping_sub(1) })
        })?;
        let amounts = from.list(|from| Some((from.decimal()?, from.term()?)))?;
        let lots = from.list(|from| Some((node(from)?, node(from)?)))?;
        let own_terms = from.list(|from| from.term()?)?;
        let readings = from.list(|from| {
            let start = from.signed()?;
            let has_end = from.number()? == 1;
            let end = from.signed()?;
            Some((start, has_end.then_some(end), from.decimal()??, from.decimal()??))
        })?;
        let mut starts = Starts::default();
        let (mut time, mut recorded, mut entry) = (0_i64, 0_i64, 0_u64);
        let deeds = from.list(|from| {
            time = time.wrapping_add(from.signed()?);
            recorded = recorded.wrapping_add(from.signed()?);
            entry = entry.wrapping_add(from.number()?);
            get_deed(from, &mut starts, (time, recorded, entry))
        })?;
        if !from.0.is_empty() {
            return None;
        }
        let by_thing: HashMap<Thing, Node> = nodes.iter().copied().zip((0..).map(Node)).collect();
        Some(Log {
            names: Dictionary::from_texts(classes, terms)?,
            nodes,
            by_thing,
            deeds,
            named,
            amounts,
            lots,
            terms: own_terms,
            readings,
            ..Log::default()
        })
    }
}

fn put_deed(out: &mut Out, deed: &Deed) {
    out.0.extend_from_slice(&deed.mark);
    out.term(deed.id);
    let form = FORMS.iter().position(|form| *form == deed.form).unwrap_or_default();
    let action = ACTIONS.iter().position(|action| *action == deed.action).unwrap_or_default();
    out.0
        .push((form << 4 | action << 2 | usize::from(deed.declares) << 1 | usize::from(deed.redacted)) as u8);
    for term in [deed.step, deed.disposition, deed.site, deed.transformation] {
        out.term(term);
    }
    out.number(deed.until.wrapping_add(1));
    // destinations and correctives share one list, in this order
    for span in [deed.named, deed.lots, deed.destinations, deed.corrective, deed.readings] {
        out.span(span);
    }
}

fn get_deed(
    from: &mut In<'_>,
    starts: &mut Starts,
    (time, recorded, entry): (i64, i64, u64),
) -> Option<Deed> {
    let mark = from.bytes()?;
    let id = from.term()?;
    let bits = usize::from(from.byte()?);
    let step = from.term()?;
    let disposition = from.term()?;
    let site = from.term()?;
    let transformation = from.term()?;
    let until = from.number()?.wrapping_sub(1);
    let named = starts.span(0, from)?;
    let lots = starts.span(1, from)?;
    let destinations = starts.span(2, from)?;
    let corrective = starts.span(2, from)?;
    let readings = starts.span(3, from)?;
    Some(Deed {
        time,
        recorded,
        entry,
        mark,
        id,
        form: *FORMS.get(bits >> 4)?,
        action: *ACTIONS.get(bits >> 2 & 3)?,
        step,
        disposition,
        site,
        transformation,
        declares: bits & 2 != 0,
        redacted: bits & 1 != 0,
        until,
        named,
        lots,
        destinations,
        corrective,
        readings,
    })
}
