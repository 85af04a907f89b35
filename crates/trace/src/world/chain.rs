//! Lists that grow at one end and are read from there: for each thing the place of its newest link, and each link knows
//! the one before. Millions of short lists in one piece of memory.

/// No link.
pub(super) const NONE: u32 = u32::MAX;

/// A link of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain<T> {
    pub(super) to: u32,
    pub(super) before: u32,
    pub(super) what: T,
}

/// What is kept of each thing: the newest links of its lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    pub(super) mention: u32,
    /// Stays of the thing.
    pub(super) stay: u32,
    /// Stays in the thing.
    pub(super) content: u32,
    /// The stay that lasts, if it is packed in something.
    pub(super) packed: u32,
    pub(super) lot: u32,
    /// The newest run of the lot's pieces.
    pub(super) pieces: u32,
    pub(super) consumer: u32,
    pub(super) producer: u32,
}

impl Default for Seat {
    fn default() -> Seat {
        Seat {
            mention: NONE,
            stay: NONE,
            content: NONE,
            packed: NONE,
            lot: NONE,
            pieces: NONE,
            consumer: NONE,
            producer: NONE,
        }
    }
}

/// Adds a link in front of `before` and tells its place.
pub(super) fn link<T>(list: &mut Vec<Chain<T>>, to: u32, before: u32, what: T) -> u32 {
    let place = u32::try_from(list.len()).unwrap_or(NONE);
    list.push(Chain { to, before, what });
    place
}

/// The links of a list, newest first.
pub(super) fn walk<T: Copy>(list: &[Chain<T>], newest: u32) -> impl Iterator<Item = Chain<T>> + '_ {
    let mut at = newest;
    std::iter::from_fn(move || {
        let link = *list.get(at as usize)?;
        at = link.before;
        Some(link)
    })
}
