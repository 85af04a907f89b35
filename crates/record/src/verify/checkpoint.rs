//! Checkpoints: origin, size and root of a ledger, in a signed note. Source: c2sp.org/tlog-checkpoint.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::hash::Hash;
use super::note::{Note, VerifierKey};
use super::{EMPTY_ROOT, NotProved};

/// What a ledger signs after each commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the ledger.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of their tree.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// Reads the text of a note. Lines after the root are allowed and ignored, as the format provides.
    pub fn parse(text: &str) -> Result<Checkpoint, NotProved> {
        let mut lines = text.strip_suffix('\n').ok_or(NotProved::Form)?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(NotProved::Form);
        };
        if origin.is_empty() || lines.any(str::is_empty) {
            return Err(NotProved::Form);
        }
        // Decimal without sign or leading zeros; 2^64 and above do not fit and are refused.
        let canonical = size == "0" || (!size.starts_with('0') && size.bytes().all(|b| b.is_ascii_digit()));
        if !canonical {
            return Err(NotProved::Form);
        }
        let size: u64 = size.parse().map_err(|_| NotProved::Form)?;
        let root: Hash =
            STANDARD.decode(root).map_err(|_| NotProved::Form)?.try_into().map_err(|_| NotProved::Form)?;
        if size == 0 && root != EMPTY_ROOT {
            return Err(NotProved::Root);
        }
        Ok(Checkpoint { origin: origin.to_owned(), size, root })
    }

    /// Reads a signed checkpoint: the signature must be of `key`, and the origin must be the key's name.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Checkpoint, NotProved> {
        let note = Note::parse(note)?;
        key.verify(&note)?;
        let checkpoint = Checkpoint::parse(&note.text)?;
        if checkpoint.origin == key.name { Ok(checkpoint) } else { Err(NotProved::Origin) }
    }
}
