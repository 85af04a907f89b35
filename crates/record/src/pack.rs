//! Packs: the salted values of many entries in one compressed row.
//!
//! A value by itself is a row with a salt of 32 random bytes, its field's name, and a text that repeats most of what the
//! row before it says. Where thousands come at once, that is most of what they take. A pack holds one seed, of which all its salts
//! are made, and the texts together, field by field. What an entry commits to is not changed by it: each value has a salt of
//! its own, that nobody can tell without the seed, and can be shown by itself.

use crate::bundle::{SUM, frame_sum};
use crate::error::LedgerError;
use crate::store::secrets::Secret;
use crate::verify::hash::sha256;

/// Salts for the values of one call of [`Appender::push_packed`](crate::Appender::push_packed), in order.
#[derive(Debug)]
pub struct Salts {
    seed: [u8; 32],
    given: u64,
}

impl Salts {
    /// Salts of which nobody knows any.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Random`] if the system gives no random bytes.
    pub fn fresh() -> Result<Salts, LedgerError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| LedgerError::Random(error.to_string()))?;
        Ok(Salts { seed, given: 0 })
    }

    /// The next salt.
    pub fn take(&mut self) -> [u8; 32] {
        self.given += 1;
        salt(&self.seed, self.given - 1)
    }
}

/// Salt number `n`: SHA-256(seed ‖ n in eight bytes). All inputs have one length, so one salt tells nothing of another.
fn salt(seed: &[u8; 32], n: u64) -> [u8; 32] {
    let mut bytes = [0; 40];
    bytes[..32].copy_from_slice(seed);
    bytes[32..].copy_from_slice(&n.to_be_bytes());
    sha256(&bytes)
}

/// A value in a pack.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Packed {
    pub(crate) entry: u64,
    /// Which salt it has.
    pub(crate) n: u64,
    pub(crate) field: String,
    pub(crate) value: String,
}

/// A pack being filled, entries in order.
#[derive(Debug)]
pub(crate) struct Pack {
    seed: [u8; 32],
    /// Salts that are used, also by values that are not kept.
    next: u64,
    bytes: usize,
    values: Vec<Packed>,
}

/// A pack with more text than this is written as rows.
const PACK_MAX: usize = 64 << 20;

/// Compression level. Higher ones take four times as long for a tenth less.
const LEVEL: i32 = 3;

impl Pack {
    pub(crate) fn new(salts: &Salts) -> Pack {
        Pack { seed: salts.seed, next: 0, bytes: 0, values: Vec::new() }
    }

    /// The number of the first of so many salts, if these are those that come next; they are used up in any case.
    pub(crate) fn claim<'a>(&mut self, salts: impl ExactSizeIterator<Item = &'a [u8; 32]>) -> Option<u64> {
        let first = self.next;
        self.next += salts.len() as u64;
        (first..).zip(salts).all(|(n, own)| salt(&self.seed, n) == *own).then_some(first)
    }

    /// Adds the value with salt number `n`.
    pub(crate) fn add(&mut self, entry: u64, n: u64, field: String, value: String) {
        // beside its text a value has three numbers
        self.bytes += value.len() + 32;
        self.values.push(Packed { entry, n, field, value });
    }

    /// Whether it is too large to be packed.
    pub(crate) fn is_large(&self) -> bool {
        self.bytes > PACK_MAX
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Its values with their salts, to be written as rows.
    pub(crate) fn into_rows(self) -> Vec<Secret> {
        let seed = self.seed;
        self.values.into_iter().map(|value| secret(&seed, value)).collect()
    }

    /// The first entry, the one after the last, and the bytes of the row.
    pub(crate) fn seal(&self) -> std::io::Result<(u64, u64, Vec<u8>)> {
        let mut fields: Vec<&str> = Vec::new();
        for value in &self.values {
            if !fields.contains(&value.field.as_str()) {
                fields.push(&value.field);
            }
        }
        let low = self.values.first().map_or(0, |value| value.entry);
        let high = self.values.last().map_or(0, |value| value.entry + 1);
        let mut out = Vec::with_capacity(self.bytes + 64);
        out.extend_from_slice(&self.seed);
        put(&mut out, fields.len() as u64);
        for field in &fields {
            put(&mut out, field.len() as u64);
            out.extend_from_slice(field.as_bytes());
            put(&mut out, self.of(field).count() as u64);
        }
        // What is alike lies together: steps from entry to entry, lengths, texts.
        for field in &fields {
            let (mut entry, mut n) = (low, 0);
            for value in self.of(field) {
                put(&mut out, value.entry - entry);
                put(&mut out, value.n - n);
                (entry, n) = (value.entry, value.n);
            }
        }
        for field in &fields {
            self.of(field).for_each(|value| put(&mut out, value.value.len() as u64));
        }
        for field in &fields {
            self.of(field).for_each(|value| out.extend_from_slice(value.value.as_bytes()));
        }
        let mut packed = zstd::bulk::compress(&out, LEVEL)?;
        packed.extend_from_slice(&frame_sum(&packed));
        Ok((low, high, packed))
    }

    fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Packed> {
        self.values.iter().filter(move |value| value.field == field)
    }
}

/// The values of a pack of the entries from `low` up to and without `high`, by entry; `None` if it is not that.
pub(crate) fn unpack(low: u64, high: u64, stored: &[u8]) -> Option<Vec<Secret>> {
    let (packed, sum) = stored.split_last_chunk::<SUM>()?;
    if *sum != frame_sum(packed) {
        return None;
    }
    // Beside its texts a pack has a few bytes for each value.
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok()??;
    if size > 2 * PACK_MAX as u64 {
        return None;
    }
    let bytes = zstd::bulk::decompress(packed, usize::try_from(size).ok()?).ok()?;
    let (seed, mut rest) = bytes.split_first_chunk::<32>()?;
    let rest = &mut rest;
    let mut fields: Vec<(&str, u64)> = Vec::new();
    for _ in 0..get(rest)? {
        let length = get(rest)?;
        let name = cut(rest, length)?;
        let count = get(rest)?;
        // each value has three bytes or more
        if count > size {
            return None;
        }
        fields.push((name, count));
    }
    let mut values = Vec::new();
    for (field, count) in &fields {
        let (mut entry, mut n) = (low, 0_u64);
        for _ in 0..*count {
            entry = entry.checked_add(get(rest)?)?;
            n = n.checked_add(get(rest)?)?;
            values.push((entry, n, *field));
        }
    }
    let lengths = values.iter().map(|_| get(rest)).collect::<Option<Vec<u64>>>()?;
    let mut out = Vec::with_capacity(values.len());
    for ((entry, n, field), length) in values.into_iter().zip(lengths) {
        let value = cut(rest, length)?.to_owned();
        out.push(secret(seed, Packed { entry, n, field: field.to_owned(), value }));
    }
    out.sort_by_key(|secret| secret.entry);
    let fits = out.first().is_some_and(|first| first.entry == low)
        && out.last().is_some_and(|last| last.entry + 1 == high);
    (fits && rest.is_empty()).then_some(out)
}

fn secret(seed: &[u8; 32], Packed { entry, n, field, value }: Packed) -> Secret {
    Secret { entry, field, salt: salt(seed, n).to_vec(), value, erased: None }
}

/// A number in groups of seven bits, the lowest first.
fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn get(bytes: &mut &[u8]) -> Option<u64> {
    let mut n = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        n |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(n);
        }
    }
    None
}

fn cut<'a>(bytes: &mut &'a [u8], length: u64) -> Option<&'a str> {
    let (text, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(n: u64) -> Pack {
        let mut salts = Salts { seed: [7; 32], given: 0 };
        let mut pack = Pack::new(&salts);
        for entry in 0..n {
            let own = [salts.take(), salts.take()];
            let first = pack.claim(own.iter()).expect("the next salts");
            // some say nothing of a field, some are not kept
            if entry % 5 != 4 {
                pack.add(100 + entry, first, "what".to_owned(), format!("{{\"epcList\":[\"urn:{entry}\"]}}"));
            }
            if entry % 3 == 0 {
                pack.add(100 + entry, first + 1, "who".to_owned(), String::new());
            }
        }
        pack
    }

    #[test]
    fn what_goes_in_comes_out() {
        for n in [1, 2, 3, 300] {
            let (low, high, bytes) = pack(n).seal().expect("a pack");
            let mut told = pack(n).into_rows();
            told.sort_by_key(|secret| secret.entry);
            assert_eq!(unpack(low, high, &bytes), Some(told));
            assert_eq!(unpack(low + 1, high, &bytes), None);
            assert_eq!(unpack(low, high + 1, &bytes), None);
        }
    }

    #[test]
    fn salts_are_what_the_page_says() {
        // printf '%064x%016x' 0 1 | xxd -r -p | sha256sum
        let mut salts = Salts { seed: [0; 32], given: 0 };
        assert_ne!(salts.take(), salts.take());
        let second = sha256(&[&[0; 39][..], &[1]].concat());
        assert_eq!(salt(&[0; 32], 1), second);
    }

    #[test]
    fn salts_of_somebody_else_are_refused() {
        let mut salts = Salts { seed: [7; 32], given: 0 };
        let mut pack = Pack::new(&salts);
        assert_eq!(pack.claim([[7; 32]].iter()), None);
        let (_, second) = (salts.take(), salts.take());
        assert_eq!(pack.claim([second].iter()), Some(1));
    }

    #[test]
    fn a_changed_or_cut_pack_is_none() {
        let (low, high, bytes) = pack(20).seal().expect("a pack");
        for place in 0..bytes.len() {
            let mut other = bytes.clone();
            other[place] ^= 1;
            assert_eq!(unpack(low, high, &other), None, "{place}");
            assert_eq!(unpack(low, high, &bytes[..place]), None, "{place}");
        }
    }

    #[test]
    fn hostile_bytes_under_a_right_sum_are_none() {
        let good = {
            let (_, _, bytes) = pack(20).seal().expect("a pack");
            let frame = &bytes[..bytes.len() - SUM];
            zstd::bulk::decompress(frame, 1 << 20).expect("bytes")
        };
        let sealed = |plain: &[u8]| {
            let mut packed = zstd::bulk::compress(plain, 1).expect("a frame");
            packed.extend_from_slice(&frame_sum(&packed));
            packed
        };
        assert!(unpack(100, 119, &sealed(&good)).is_some());
        for cut in 0..good.len() {
            assert_eq!(unpack(100, 119, &sealed(&good[..cut])), None, "{cut}");
        }
        // a count that nothing follows
        let mut many = [0_u8; 32].to_vec();
        many.extend([1, 1, b'x', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
        assert_eq!(unpack(0, 1, &sealed(&many)), None);
        let (_, high, _) = pack(20).seal().expect("a pack");
        assert_eq!(high, 119);
    }
}
