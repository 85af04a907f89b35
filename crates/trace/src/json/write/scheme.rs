//! Prefixes that must not be declared, because XML has texts that begin like them.

use crate::event::{Event, nodes};
use crate::node::Node;

/// True if a standard field holds a URI whose scheme looks like `prefix`. XML has such texts; were the prefix declared,
/// JSON would read them as compact forms of something else. The namespace gets another prefix then.
pub(super) fn is_scheme(prefix: &str, event: &Event) -> bool {
    fn holds(node: &Node, prefix: &str) -> bool {
        let starts = |text: &str| text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':'));
        node.name.space.is_empty()
            && (starts(node.trimmed())
                || node.attributes.iter().any(|(_, value)| starts(value))
                || node.children.iter().any(|child| holds(child, prefix)))
    }
    !prefix.is_empty() && nodes(event).iter().any(|node| node.name.local != "ilmd" && holds(node, prefix))
}
