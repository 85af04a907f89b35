//! How much of a stranger's document we are ready to read.

/// Limits on one document. What exceeds them is refused before it is held in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document.
    pub bytes: usize,
    /// How deep objects, lists or elements may be nested.
    pub depth: usize,
    /// Values, members, elements and attributes in the whole document.
    pub items: usize,
    /// Events in one document.
    pub events: usize,
    /// Entries of one list of an event, such as `epcList`.
    pub list: usize,
    /// Bytes of one text or name.
    pub text: usize,
}

impl Default for Limits {
    /// 64 MiB, 64 levels, 4 million items, 100,000 events, 1 million entries, 1 MiB of text.
    fn default() -> Limits {
        Limits {
            bytes: 64 << 20,
            depth: 64,
            items: 4_000_000,
            events: 100_000,
            list: 1_000_000,
            text: 1 << 20,
        }
    }
}
