//! The root of a tree that grows at its right edge, in memory that grows with its height.

use super::hash::{EMPTY_ROOT, Hash, node_hash};

/// The roots of the complete subtrees of a tree, largest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompactRange {
    /// Height (0 is a leaf) and root of each complete subtree; heights fall strictly.
    peaks: Vec<(u32, Hash)>,
    size: u64,
}

impl CompactRange {
    /// The empty tree.
    pub fn new() -> CompactRange {
        CompactRange::default()
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        self.push_subtree(0, leaf);
    }

    /// Adds a complete subtree of 2^`height` leaves. The size must be a multiple of 2^`height`,
    /// otherwise nothing is added and the answer is false.
    pub fn push_subtree(&mut self, height: u32, root: Hash) -> bool {
        let leaves = 1_u64 << height.min(63);
        if !self.size.is_multiple_of(leaves) {
            return false;
        }
        let mut node = (height, root);
        while let Some(&(left_height, left)) = self.peaks.last() {
            if left_height != node.0 {
                break;
            }
            self.peaks.pop();
            node = (left_height + 1, node_hash(&left, &node.1));
        }
        self.peaks.push(node);
        self.size += leaves;
        true
    }

    /// The root of RFC 6962 for the leaves so far.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(&(_, last)) = peaks.next() else { return EMPTY_ROOT };
        peaks.fold(last, |right, (_, left)| node_hash(left, &right))
    }
}
