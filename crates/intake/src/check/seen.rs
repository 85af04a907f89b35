//! Which natural keys a file has shown already.
//!
//! Keys are SHA-256, so their first 16 bytes tell them apart for certain. The table stops growing at six million
//! keys (200 MB of the child's gigabyte); from there on the ledger, which compares whole records, finds
//! repetitions.

/// Most keys that are kept.
const MOST: usize = 6_000_000;

/// Keys seen in one file, with their rows.
pub struct Seen {
    /// Two words of the key and the row; row 0 marks a free place.
    places: Vec<(u64, u64, u64)>,
    count: usize,
}

impl Default for Seen {
    fn default() -> Seen {
        Seen { places: vec![(0, 0, 0); 1 << 12], count: 0 }
    }
}

impl Seen {
    /// The earlier row with this key, if there is one; otherwise the key is noted.
    pub fn note(&mut self, key: &[u8; 32], row: u64) -> Option<u64> {
        let word = |at: usize| {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&key[at..at + 8]);
            u64::from_le_bytes(bytes)
        };
        let (high, low) = (word(0), word(8));
        let mut at = self.place(high);
        loop {
            let (a, b, earlier) = self.places[at];
            if earlier == 0 {
                break;
            }
            if a == high && b == low {
                return Some(earlier);
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        if self.count < MOST {
            self.places[at] = (high, low, row);
            self.count += 1;
            if self.count * 4 > self.places.len() * 3 {
                self.grow();
            }
        }
        None
    }

    fn place(&self, high: u64) -> usize {
        high as usize & (self.places.len() - 1)
    }

    fn grow(&mut self) {
        let larger = vec![(0, 0, 0); self.places.len() * 2];
        for (high, low, row) in std::mem::replace(&mut self.places, larger) {
            if row > 0 {
                let mut at = self.place(high);
                while self.places[at].2 > 0 {
                    at = (at + 1) & (self.places.len() - 1);
                }
                self.places[at] = (high, low, row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn a_repeated_key_names_the_earlier_row() {
        let mut seen = Seen::default();
        let key = |n: u64| -> [u8; 32] { Sha256::digest(n.to_be_bytes()).into() };
        for n in 1..=20_000 {
            assert_eq!(seen.note(&key(n), n), None);
        }
        assert_eq!(seen.note(&key(7), 20_001), Some(7));
        assert_eq!(seen.note(&key(20_000), 20_002), Some(20_000));
    }
}
