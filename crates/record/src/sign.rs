//! The key with which a ledger signs its checkpoints, and its file.

use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};
use zhiheng_base::Diagnostic;

use crate::error::LedgerError;
use crate::verify::note::{ED25519, SIGNATURE_START, is_key_name};
use crate::verify::{Checkpoint, VerifierKey, to_hex};

/// A ledger's private key: Ed25519 under the ledger's origin as its name.
#[derive(Clone)]
pub struct LedgerKey {
    key: SigningKey,
    public: VerifierKey,
}

impl LedgerKey {
    /// A new key for the ledger `origin`, from the system's random numbers.
    pub fn generate(origin: &str) -> Result<LedgerKey, LedgerError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| LedgerError::Random(error.to_string()))?;
        LedgerKey::from_seed(origin, &seed)
    }

    /// The key with these 32 secret bytes, for the ledger `origin`.
    pub fn from_seed(origin: &str, seed: &[u8; 32]) -> Result<LedgerKey, LedgerError> {
        if !is_key_name(origin) {
            return Err(Diagnostic::error("ZH4010").arg("origin", origin).into());
        }
        let key = SigningKey::from_bytes(seed);
        let public = VerifierKey::new(origin, key.verifying_key())
            .map_err(|_| Diagnostic::error("ZH4010").arg("origin", origin))?;
        Ok(LedgerKey { key, public })
    }

    /// The public key.
    pub fn public(&self) -> &VerifierKey {
        &self.public
    }

    /// Name of the ledger.
    pub fn origin(&self) -> &str {
        &self.public.name
    }

    /// A secret for another purpose, which tells nothing of the key or of other secrets.
    pub fn secret(&self, purpose: &str) -> [u8; 32] {
        let hash = Sha256::new().chain_update(b"zhiheng secret\0").chain_update(self.key.to_bytes());
        hash.chain_update(purpose.as_bytes()).finalize().into()
    }

    /// Signs a checkpoint of this ledger. Equal checkpoints have equal bytes: Ed25519 takes no chance.
    pub fn sign(&self, size: u64, root: crate::verify::Hash) -> String {
        let text = Checkpoint { origin: self.origin().to_owned(), size, root }.text();
        let mut bytes = self.public.id.to_vec();
        bytes.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n{SIGNATURE_START}{} {}\n", self.origin(), STANDARD.encode(bytes))
    }

    /// Writes the key to a new file that only its owner may read. Refuses to replace a file.
    pub fn save(&self, path: &Path) -> Result<(), LedgerError> {
        let io = |source| LedgerError::io(path, source);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut bytes = vec![ED25519];
        bytes.extend_from_slice(&self.key.to_bytes());
        let line =
            format!("PRIVATE+KEY+{}+{}+{}\n", self.origin(), to_hex(&self.public.id), STANDARD.encode(bytes));
        let mut file = options.open(path).map_err(io)?;
        file.write_all(line.as_bytes()).map_err(io)?;
        file.sync_all().map_err(io)
    }

    /// Reads a key file.
    pub fn load(path: &Path) -> Result<LedgerKey, LedgerError> {
        let broken = || Diagnostic::error("ZH4008").arg("path", path.display());
        let text = std::fs::read_to_string(path).map_err(|_| broken())?;
        let rest = text.trim_end().strip_prefix("PRIVATE+KEY+").ok_or_else(broken)?;
        let mut parts = rest.splitn(3, '+');
        let (Some(origin), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(broken().into());
        };
        let bytes = STANDARD.decode(key).map_err(|_| broken())?;
        let [ED25519, seed @ ..] = bytes.as_slice() else { return Err(broken().into()) };
        let seed: &[u8; 32] = seed.try_into().map_err(|_| broken())?;
        let key = LedgerKey::from_seed(origin, seed)?;
        if to_hex(&key.public.id) == id { Ok(key) } else { Err(broken().into()) }
    }
}

impl std::fmt::Debug for LedgerKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "LedgerKey({})", self.public)
    }
}
