//! Codes of a list, by code, either name, or any other spelling.

use std::collections::HashMap;
use std::rc::Rc;

use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::CodeList;

use super::typed::Typed;
use crate::problem::quoted;
use crate::text::nearest;

/// A list prepared for looking up.
#[derive(Clone, Debug)]
pub(super) struct CodeIndex {
    id: String,
    exact: HashMap<String, Rc<str>>,
    folded: HashMap<String, Rc<str>>,
    /// Last text and its code: rows of one return repeat their codes.
    last: (String, Option<Rc<str>>),
}

impl CodeIndex {
    pub(super) fn new(id: &str, list: Option<&CodeList>) -> CodeIndex {
        let mut index = CodeIndex {
            id: id.to_owned(),
            exact: HashMap::new(),
            folded: HashMap::new(),
            last: (String::new(), None),
        };
        // Codes first, so that no other spelling hides one.
        let items = || list.iter().flat_map(|list| &list.items);
        for item in items() {
            index.exact.entry(item.code.clone()).or_insert_with(|| Rc::from(item.code.as_str()));
        }
        for item in items() {
            let code: Rc<str> = Rc::from(item.code.as_str());
            for text in [&item.name.zh, &item.name.en].into_iter().chain(&item.also) {
                index.exact.entry(text.clone()).or_insert_with(|| Rc::clone(&code));
            }
            for text in [&item.code, &item.name.zh, &item.name.en].into_iter().chain(&item.also) {
                index.folded.entry(text.to_lowercase()).or_insert_with(|| Rc::clone(&code));
            }
        }
        index
    }

    pub(super) fn find(&mut self, text: &str) -> Option<Rc<str>> {
        if self.last.0 == text
            && let Some(code) = &self.last.1
        {
            return Some(Rc::clone(code));
        }
        let code = self.exact.get(text).or_else(|| self.folded.get(&text.to_lowercase())).cloned()?;
        self.last.0.clear();
        self.last.0.push_str(text);
        self.last.1 = Some(Rc::clone(&code));
        Some(code)
    }

    pub(super) fn check(&mut self, text: &str) -> Result<Typed<'static>, Diagnostic> {
        self.find(text).map(Typed::Shared).ok_or_else(|| self.unknown("ZH3212", text))
    }

    pub(super) fn unknown(&self, code: &'static str, text: &str) -> Diagnostic {
        let mut spellings: Vec<&str> = self.exact.keys().map(String::as_str).collect();
        spellings.sort_unstable();
        let near = nearest(text, spellings.iter().copied());
        let mut codes: Vec<&str> = self.exact.values().map(AsRef::as_ref).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.truncate(12);
        Diagnostic::error(code)
            .arg("value", quoted(text))
            .arg("list", &self.id)
            .arg("suggestion", near.unwrap_or("none"))
            .arg("codes", codes.join(", "))
    }
}
