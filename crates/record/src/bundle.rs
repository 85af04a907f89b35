//! Entry bundles of C2SP tlog-tiles: up to 256 leaves, each after its length in two big-endian bytes.

use std::ops::Range;
use std::sync::Arc;

use crate::leaf::LEAF_MAX;
use crate::verify::hash::{leaf_hash, perfect_root, sha256};
use crate::verify::{CompactRange, Hash};

/// Entries of a full bundle, hashes of a full tile.
pub(crate) const WIDTH: u64 = 256;

/// Longest bundle in bytes.
const BUNDLE_MAX: usize = 256 * (2 + LEAF_MAX);

/// A bundle taken apart: its bytes and where its leaves lie in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bundle {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Bundle {
    /// Number of leaves.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes as C2SP writes them.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn span(&self, place: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(place)? as usize;
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        Some(start + 2..end)
    }

    /// The leaf at `place` in the bundle.
    pub(crate) fn leaf(&self, place: usize) -> Option<&[u8]> {
        self.bytes.get(self.span(place)?)
    }

    /// The leaves in order.
    pub(crate) fn leaves(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|place| self.leaf(place))
    }

    /// Appends the leaf that `write` writes; `Err` with its length, and nothing is appended, if it is too long.
    pub(crate) fn append(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&[0, 0]);
        write(&mut self.bytes);
        let len = self.bytes.len() - start - 2;
        let Ok(short) = u16::try_from(len) else {
            self.bytes.truncate(start);
            return Err(len);
        };
        self.bytes[start..start + 2].copy_from_slice(&short.to_be_bytes());
        self.ends.push(self.bytes.len() as u32);
        Ok(())
    }

    /// Takes apart the bytes of a bundle of `entries` leaves; `None` if they are not that.
    pub(crate) fn parse(bytes: Vec<u8>, entries: usize) -> Option<Bundle> {
        let mut ends = Vec::with_capacity(entries);
        let mut at = 0;
        while at < bytes.len() {
            let len = u16::from_be_bytes([bytes[at], *bytes.get(at + 1)?]);
            at += 2 + usize::from(len);
            ends.push(u32::try_from(at).ok()?);
        }
        (at == bytes.len() && ends.len() == entries && entries <= WIDTH as usize)
            .then_some(Bundle { bytes, ends })
    }

    /// Unpacks the bytes of the database: a zstd frame and the first eight bytes of its SHA-256. (Some bits of a frame
    /// can change without changing what it unpacks to; the sum sees them too.)
    pub(crate) fn unpack(stored: &[u8], entries: usize) -> Option<Bundle> {
        let (packed, sum) = stored.split_last_chunk::<SUM>()?;
        if *sum != frame_sum(packed) {
            return None;
        }
        // The content size is in the frame's head; a bundle that claims more than is possible is refused.
        let size = zstd::zstd_safe::get_frame_content_size(packed).ok()??;
        if size > BUNDLE_MAX as u64 {
            return None;
        }
        Bundle::parse(zstd::bulk::decompress(packed, size as usize).ok()?, entries)
    }

    /// Hashes of the leaves.
    pub(crate) fn hashes(&self) -> Vec<Hash> {
        self.leaves().map(leaf_hash).collect()
    }
}

/// Bytes of the sum after a compressed bundle.
pub(crate) const SUM: usize = 8;

pub(crate) fn frame_sum(packed: &[u8]) -> [u8; SUM] {
    let hash = sha256(packed);
    let mut sum = [0; SUM];
    sum.copy_from_slice(&hash[..SUM]);
    sum
}

/// A bundle ready for the database.
#[derive(Debug)]
pub(crate) struct Sealed {
    /// Number of the bundle.
    pub(crate) n: u64,
    /// Number of leaves.
    pub(crate) entries: usize,
    /// Compressed bytes and their sum.
    pub(crate) packed: Vec<u8>,
    /// Leaf hashes.
    pub(crate) hashes: Vec<Hash>,
    /// Root over 256 leaves, if the bundle is full.
    pub(crate) root: Option<Hash>,
}

/// Hashes and compresses bundles, the first of which has number `n`.
pub(crate) fn seal(n: u64, bundles: &[Arc<Bundle>]) -> std::io::Result<Vec<Sealed>> {
    let mut compressor = zstd::bulk::Compressor::new(LEVEL)?;
    let mut sealed = Vec::with_capacity(bundles.len());
    for (n, bundle) in (n..).zip(bundles) {
        let hashes = bundle.hashes();
        let root = (bundle.len() as u64 == WIDTH).then(|| perfect_root(&hashes));
        let mut packed = compressor.compress(bundle.bytes())?;
        packed.extend_from_slice(&frame_sum(&packed));
        sealed.push(Sealed { n, entries: bundle.len(), packed, hashes, root });
    }
    Ok(sealed)
}

/// Compression level: a fast one, since envelopes repeat and compress well at any.
const LEVEL: i32 = 1;

/// Root of the tree over complete subtrees of 256 leaves, followed by single leaves.
pub(crate) fn root_over(peaks: impl IntoIterator<Item = (u32, Hash)>, tail: &[Hash]) -> Hash {
    let mut range = CompactRange::new();
    for (height, hash) in peaks {
        range.push_subtree(height, hash);
    }
    for hash in tail {
        range.push(*hash);
    }
    range.root()
}
