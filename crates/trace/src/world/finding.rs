//! Something in the events that does not fit together.

use std::collections::{BTreeSet, HashSet};

use super::{Node, Standing, World};

/// Something that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Two events have one identifier and different content.
    Conflict {
        /// The identifier.
        id: String,
    },
    /// A declaration names a correcting event that is not there.
    CorrectiveMissing {
        /// Its identifier.
        id: String,
    },
    /// A thing was put into something while it was still in something else.
    TwoContainers {
        /// The thing.
        thing: Node,
        /// Where it was.
        old: Node,
        /// Where it was put.
        new: Node,
        /// When.
        time: i64,
    },
    /// A thing was taken out of what it was not in.
    NotInside {
        /// The thing.
        thing: Node,
        /// The container.
        container: Node,
        /// When.
        time: i64,
    },
    /// A piece was seen that nobody made.
    NeverCommissioned {
        /// The piece.
        thing: Node,
    },
    /// A piece was shipped and nothing was recorded of it since.
    NeverReceived {
        /// The piece.
        thing: Node,
        /// When it was shipped.
        time: i64,
    },
    /// A piece was seen after its end.
    SeenAfterEnd {
        /// The piece.
        thing: Node,
        /// When.
        time: i64,
    },
}

impl World {
    /// What does not fit together, in a fixed order.
    pub fn findings(&self) -> Vec<Finding> {
        let mut out: BTreeSet<Finding> = BTreeSet::new();
        out.extend(self.conflicts.iter().map(|id| Finding::Conflict { id: self.term(*id).to_owned() }));
        self.correctives(&mut out);
        out.extend(self.moved.iter().map(|&(thing, time, old, new)| Finding::TwoContainers {
            thing,
            old,
            new,
            time,
        }));
        out.extend(self.not_inside.iter().map(|&(thing, container, time)| Finding::NotInside {
            thing,
            container,
            time,
        }));
        self.look_for_gaps(&mut out);
        out.into_iter().collect()
    }

    fn correctives(&self, out: &mut BTreeSet<Finding>) {
        let known: HashSet<_> = self
            .facts()
            .filter(|fact| fact.standing != Standing::Declaration)
            .filter_map(|fact| fact.deed.id)
            .collect();
        for fact in self.facts() {
            for id in fact.deed.corrective.of(&self.log.terms) {
                if !known.contains(id) {
                    out.insert(Finding::CorrectiveMissing { id: self.term(*id).to_owned() });
                }
            }
        }
    }
}
