//! Code lists.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zhiheng_base::Words;

use super::Head;

/// A closed list of codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeList {
    /// Name, basis, owner, validity.
    pub head: Head,
    /// Codes in order.
    pub items: Vec<CodeItem>,
}

/// One code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeItem {
    /// The code as stored.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// Other spellings accepted in files.
    pub also: Vec<String>,
    /// Code one level up, in lists with levels.
    pub parent: Option<String>,
}

/// The lists in which the kinds of attachments of a definition stand: its folder's own, then the common one.
pub fn evidence_lists<'l>(lists: &'l BTreeMap<String, CodeList>, id: &str) -> [Option<&'l CodeList>; 2] {
    let folder = id.split('.').next().unwrap_or_default();
    [lists.get(&format!("{folder}.evidence")), lists.get("base.evidence")]
}

impl CodeList {
    /// The item whose code, Chinese name, English name or other spelling is `text`.
    pub fn find(&self, text: &str) -> Option<&CodeItem> {
        self.items.iter().find(|item| {
            item.code == text
                || item.name.zh == text
                || item.name.en.eq_ignore_ascii_case(text)
                || item.also.iter().any(|other| other == text)
        })
    }
}
