//! Forms as parts of a sheet: what is typed, chosen or given, and the buttons.

use zhiheng_base::{Diagnostic, Lang};

use super::fields::Wrong;
use crate::text::Text;

/// Something to fill in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blank {
    pub(crate) name: String,
    pub(crate) label: String,
    /// What to know before; empty if nothing.
    pub(crate) hint: String,
    /// `text`, `date`, `choice`, `long`, `file`, `files`, `check`.
    pub(crate) kind: &'static str,
    /// Value and text, for choices.
    pub(crate) choices: Vec<(String, String)>,
    pub(crate) value: String,
    pub(crate) required: bool,
    /// What is wrong; empty if nothing.
    pub(crate) wrong: String,
}

impl Blank {
    /// A blank whose label is the text `server-field-<name>`, with the attribute `hint` as its hint.
    pub(crate) fn new(t: Text, name: &str, kind: &'static str) -> Blank {
        let id = format!("server-field-{name}");
        Blank {
            name: name.to_owned(),
            label: t.say(&id),
            hint: t.attribute(&id, "hint"),
            kind,
            required: true,
            ..Blank::default()
        }
    }

    pub(crate) fn optional(self) -> Blank {
        Blank { required: false, ..self }
    }

    pub(crate) fn value(self, value: &str) -> Blank {
        Blank { value: value.to_owned(), ..self }
    }

    /// Ids of what is said about it.
    pub(crate) fn described(&self) -> String {
        let parts = [("wrong", !self.wrong.is_empty()), ("hint", !self.hint.is_empty())];
        let ids = parts.iter().filter(|(_, there)| *there).map(|(part, _)| format!("{}-{part}", self.name));
        ids.collect::<Vec<_>>().join(" ")
    }

    /// Takes the first problem of this field.
    pub(crate) fn judged(mut self, lang: Lang, wrong: &[Diagnostic]) -> Blank {
        if let Some(problem) = wrong.iter().find(|one| one.args.get("field") == Some(&self.name)) {
            self.wrong = problem.message(lang);
        }
        self
    }
}

/// A button that sends the form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Button {
    pub(crate) text: String,
    /// `first`, `danger` or nothing.
    pub(crate) class: &'static str,
    /// What the form says in `act` if this one was pressed; empty if there is but one.
    pub(crate) act: &'static str,
}

/// A form under its own heading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filled {
    pub(crate) title: String,
    pub(crate) says: String,
    pub(crate) action: String,
    /// Files are given: the form goes out in parts, its token in the address.
    pub(crate) files: bool,
    pub(crate) blanks: Vec<Blank>,
    pub(crate) buttons: Vec<Button>,
    /// The newest event that the reader saw; 0 where none matters.
    pub(crate) head: u64,
    /// Where one goes without sending it; nowhere if empty.
    pub(crate) back: String,
}

impl Filled {
    /// A form with the one button `button`.
    pub(crate) fn new(title: String, action: String, button: String) -> Filled {
        Filled {
            title,
            action,
            buttons: vec![Button { text: button, class: "first", act: "" }],
            ..Filled::default()
        }
    }
}

/// Problems as lines of the summary; those of a field lead to it, others to `otherwise`.
pub(crate) fn told(lang: Lang, wrong: &[Diagnostic], otherwise: &str) -> Vec<Wrong> {
    let place =
        |problem: &Diagnostic| problem.args.get("field").cloned().unwrap_or_else(|| otherwise.to_owned());
    wrong.iter().map(|problem| Wrong::of(Text(lang), &place(problem), problem)).collect()
}
