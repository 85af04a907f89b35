//! C2SP signed notes with Ed25519 keys (signature type 0x01).
//!
//! A note is text that ends in a line feed, an empty line, and signature lines
//! `— name base64(key id ‖ signature)`. Source: c2sp.org/signed-note.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use super::NotProved;

/// Signature type byte of Ed25519 in key ids and keys.
pub const ED25519: u8 = 1;

/// Begins each signature line: an em dash and a space.
pub const SIGNATURE_START: &str = "\u{2014} ";

/// Longest note that is read, in bytes.
const NOTE_MAX: usize = 65_536;

/// A note taken apart; its signatures are not checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What is signed, with its last line feed.
    pub text: String,
    /// Name, key id and signature bytes of each signature line.
    pub signatures: Vec<(String, [u8; 4], Vec<u8>)>,
}

/// A public key with its name: `name+hash+base64(0x01 ‖ key)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    /// Name of the signer; for a ledger its origin.
    pub name: String,
    /// First four bytes of SHA-256(name ‖ line feed ‖ 0x01 ‖ key).
    pub id: [u8; 4],
    key: VerifyingKey,
}

/// Whether `name` can stand in a note: not empty, no white space, no plus sign, no control characters.
pub fn is_key_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 255
        && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// The key id of C2SP signed notes.
pub fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([b'\n', ED25519]);
    hash.update(key);
    let hash: [u8; 32] = hash.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

impl VerifierKey {
    /// The key `key` of signer `name`.
    pub fn new(name: &str, key: VerifyingKey) -> Result<VerifierKey, NotProved> {
        if !is_key_name(name) || key.is_weak() {
            return Err(NotProved::Form);
        }
        Ok(VerifierKey { name: name.to_owned(), id: key_id(name, key.as_bytes()), key })
    }

    /// Reads `name+hash+base64`.
    pub fn parse(text: &str) -> Result<VerifierKey, NotProved> {
        let mut parts = text.trim_end_matches('\n').splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotProved::Form);
        };
        let bytes = STANDARD.decode(key).map_err(|_| NotProved::Form)?;
        let [ED25519, key @ ..] = bytes.as_slice() else { return Err(NotProved::Form) };
        let key: &[u8; 32] = key.try_into().map_err(|_| NotProved::Form)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| NotProved::Form)?;
        let parsed = VerifierKey::new(name, key)?;
        if super::to_hex(&parsed.id) == id { Ok(parsed) } else { Err(NotProved::Form) }
    }

    /// Checks that `note` bears a valid signature of this key, by the strict rule that leaves no two
    /// readings (RFC 8032 with small-order points refused).
    pub fn verify(&self, note: &Note) -> Result<(), NotProved> {
        let mut found = false;
        for (name, id, bytes) in &note.signatures {
            if *name != self.name || *id != self.id {
                continue;
            }
            let bytes: &[u8; 64] = bytes.as_slice().try_into().map_err(|_| NotProved::Signature)?;
            let signature = Signature::from_bytes(bytes);
            self.key.verify_strict(note.text.as_bytes(), &signature).map_err(|_| NotProved::Signature)?;
            found = true;
        }
        if found { Ok(()) } else { Err(NotProved::Signature) }
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = vec![ED25519];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(out, "{}+{}+{}", self.name, super::to_hex(&self.id), STANDARD.encode(bytes))
    }
}

impl Note {
    /// Takes a note apart.
    pub fn parse(note: &str) -> Result<Note, NotProved> {
        if note.len() > NOTE_MAX || note.chars().any(|c| c.is_control() && c != '\n') {
            return Err(NotProved::Form);
        }
        let cut = note.rfind("\n\n").ok_or(NotProved::Form)?;
        let text = note[..=cut].to_owned();
        let tail = note[cut + 2..].strip_suffix('\n').ok_or(NotProved::Form)?;
        let mut signatures = Vec::new();
        for line in tail.split('\n') {
            let rest = line.strip_prefix(SIGNATURE_START).ok_or(NotProved::Form)?;
            let (name, encoded) = rest.split_once(' ').ok_or(NotProved::Form)?;
            let bytes = STANDARD.decode(encoded).map_err(|_| NotProved::Form)?;
            if !is_key_name(name) || bytes.len() < 5 || signatures.len() == 64 {
                return Err(NotProved::Form);
            }
            signatures.push((name.to_owned(), [bytes[0], bytes[1], bytes[2], bytes[3]], bytes[4..].to_vec()));
        }
        Ok(Note { text, signatures })
    }
}
