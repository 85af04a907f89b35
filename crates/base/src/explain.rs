//! Why a figure or a grade is what it is, as a tree of sentences.
//!
//! A sentence is a Fluent message with its arguments, so that command, page and report print the same tree in their language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::words::{Lang, Words, say};

/// One sentence of an explanation and what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Fluent message.
    pub id: String,
    /// Its arguments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// Arguments that read otherwise in each language: names, formulas in words. They come before [`Node::args`] of the
    /// same name, which then has the raw text for programs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Words>,
    /// Where the rule is written, `file:line`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Address of the number that it speaks of, for drilling on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Node>,
}

impl Node {
    /// A sentence.
    pub fn new(id: &str) -> Node {
        Node { id: id.to_owned(), ..Node::default() }
    }

    /// With an argument.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // as for diagnostics
    pub fn arg(mut self, name: &str, value: impl ToString) -> Node {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// With an argument in both languages.
    #[must_use]
    pub fn words(mut self, name: &str, words: Words) -> Node {
        self.words.insert(name.to_owned(), words);
        self
    }

    /// With what it rests on.
    #[must_use]
    pub fn with(mut self, child: Node) -> Node {
        self.children.push(child);
        self
    }

    /// With the place where the rule is written.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // as for diagnostics
    pub fn written(mut self, origin: impl ToString) -> Node {
        self.origin = Some(origin.to_string());
        self
    }

    /// With the address of the number that it speaks of.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // as for diagnostics
    pub fn about(mut self, address: impl ToString) -> Node {
        self.address = Some(address.to_string());
        self
    }

    /// The sentence in `lang`. Arguments that begin with `@` name a message themselves.
    pub fn sentence(&self, lang: Lang) -> String {
        let named = |value: &str| value.strip_prefix('@').map(|id| say(lang, id, &[]));
        let args: Vec<(&str, String)> = self
            .args
            .iter()
            .filter(|(name, _)| !self.words.contains_key(*name))
            .map(|(name, value)| (name.as_str(), named(value).unwrap_or_else(|| value.clone())))
            .collect();
        let words = self.words.iter().map(|(name, words)| (name.as_str(), words.get(lang)));
        let pairs: Vec<(&str, &str)> =
            args.iter().map(|(name, value)| (*name, value.as_str())).chain(words).collect();
        say(lang, &self.id, &pairs)
    }

    /// The tree as indented lines, each rule with its place.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        self.write(lang, 0, &mut lines);
        lines
    }

    fn write(&self, lang: Lang, depth: usize, lines: &mut Vec<String>) {
        let origin = self.origin.as_ref().map(|origin| format!("  [{origin}]")).unwrap_or_default();
        lines.push(format!("{}{}{origin}", "  ".repeat(depth), self.sentence(lang)));
        self.children.iter().for_each(|child| child.write(lang, depth + 1, lines));
    }
}
