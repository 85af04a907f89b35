//! Inclusion and consistency proofs of RFC 6962, section 2.1.1–2.1.2: made from a tree's nodes, and checked
//! by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2.

use super::NotProved;
use super::hash::{EMPTY_ROOT, Hash, node_hash};

/// Where the hashes of complete subtrees come from.
pub trait Nodes {
    /// Hash of the complete subtree of 2^`height` leaves whose number at that height is `index`;
    /// `None` if it is not known.
    fn node(&self, height: u32, index: u64) -> Option<Hash>;
}

/// Root over the leaves from `low` up to and without `high`; `low` is where a subtree of RFC 6962 begins.
fn subtree(nodes: &impl Nodes, low: u64, high: u64) -> Option<Hash> {
    let width = high - low;
    if width.is_power_of_two() {
        let height = width.trailing_zeros();
        return nodes.node(height, low >> height);
    }
    let split = low + split(width);
    Some(node_hash(&subtree(nodes, low, split)?, &subtree(nodes, split, high)?))
}

/// Largest power of two below `width`, which is at least 2.
fn split(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// Root of the first `size` leaves; `None` if a node is not known.
pub fn root_of(nodes: &impl Nodes, size: u64) -> Option<Hash> {
    if size == 0 { Some(EMPTY_ROOT) } else { subtree(nodes, 0, size) }
}

/// Proof that the leaf `index` is in the tree of the first `size` leaves, from the leaf up;
/// `None` if the index is not below the size or a node is not known.
pub fn inclusion_proof(nodes: &impl Nodes, index: u64, size: u64) -> Option<Vec<Hash>> {
    if index >= size {
        return None;
    }
    let (mut low, mut high) = (0, size);
    let mut path = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            path.push(subtree(nodes, middle, high)?);
            high = middle;
        } else {
            path.push(subtree(nodes, low, middle)?);
            low = middle;
        }
    }
    path.reverse();
    Some(path)
}

/// Proof that the tree of `old` leaves is a beginning of the tree of `new` leaves; empty when they are
/// equal or `old` is 0; `None` if `old` is above `new` or a node is not known.
pub fn consistency_proof(nodes: &impl Nodes, old: u64, new: u64) -> Option<Vec<Hash>> {
    if old > new {
        return None;
    }
    if old == 0 || old == new {
        return Some(Vec::new());
    }
    let (mut low, mut high) = (0, new);
    let mut whole = true;
    let mut path = Vec::new();
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            path.push(subtree(nodes, middle, high)?);
            high = middle;
        } else {
            path.push(subtree(nodes, low, middle)?);
            low = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(subtree(nodes, low, high)?);
    }
    path.reverse();
    Some(path)
}

/// Checks that `leaf` (a leaf hash) stands at `index` in the tree of `size` leaves with this `root`.
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), NotProved> {
    if index >= size {
        return Err(NotProved::Range);
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for step in proof {
        if last == 0 {
            return Err(NotProved::Length);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(step, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(NotProved::Length);
    }
    if hash == *root { Ok(()) } else { Err(NotProved::Root) }
}

/// Checks that the tree of `old` leaves with `old_root` is a beginning of the tree of `new` leaves.
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &[Hash],
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), NotProved> {
    if old > new {
        return Err(NotProved::Range);
    }
    if old == new || old == 0 {
        if !proof.is_empty() {
            return Err(NotProved::Length);
        }
        let same = if old == 0 { *old_root == EMPTY_ROOT } else { old_root == new_root };
        return if same { Ok(()) } else { Err(NotProved::Root) };
    }
    let mut steps = proof.iter();
    // A complete old tree is itself the first node of the path and is not repeated in it.
    let first = if old.is_power_of_two() { *old_root } else { *steps.next().ok_or(NotProved::Length)? };
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (first, first);
    for step in steps {
        if last == 0 {
            return Err(NotProved::Length);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(step, &old_hash);
            new_hash = node_hash(step, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, step);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(NotProved::Length);
    }
    if old_hash == *old_root && new_hash == *new_root { Ok(()) } else { Err(NotProved::Root) }
}
