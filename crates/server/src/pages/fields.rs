//! Fields of a form, with what is wrong with them.

use zhiheng_base::Diagnostic;

use crate::text::Text;

/// A field as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name, which is also its id on the page.
    pub(crate) name: &'static str,
    pub(crate) label: String,
    /// What to know before typing; empty if nothing.
    pub(crate) hint: String,
    /// `text`, `password`, `date`…
    pub(crate) kind: &'static str,
    /// For password managers.
    pub(crate) autocomplete: &'static str,
    /// What was typed in; never of a password.
    pub(crate) value: String,
    pub(crate) required: bool,
    /// What is wrong; empty if nothing.
    pub(crate) wrong: String,
}

impl Field {
    /// A field whose label is the text `server-field-<name>`, with the attribute `hint` as its hint.
    pub(crate) fn new(t: Text, name: &'static str, kind: &'static str) -> Field {
        let id = format!("server-field-{name}");
        Field {
            name,
            label: t.say(&id),
            hint: t.attribute(&id, "hint"),
            kind,
            autocomplete: "off",
            required: true,
            ..Field::default()
        }
    }

    pub(crate) fn autocomplete(mut self, word: &'static str) -> Field {
        self.autocomplete = word;
        self
    }

    pub(crate) fn value(mut self, value: &str) -> Field {
        value.clone_into(&mut self.value);
        self
    }

    pub(crate) fn optional(mut self) -> Field {
        self.required = false;
        self
    }

    /// Takes the problem of this name from `wrong`, if there is one.
    pub(crate) fn judged(mut self, t: Text, wrong: &[(&'static str, Diagnostic)]) -> Field {
        if let Some((_, diagnostic)) = wrong.iter().find(|(name, _)| *name == self.name) {
            self.wrong = diagnostic.message(t.0);
        }
        self
    }
}

/// A line of the summary: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) hint: String,
}

/// The summary on top of a form, in the words that stand at the fields.
pub(crate) fn summary(t: Text, wrong: &[(&'static str, Diagnostic)]) -> Vec<Wrong> {
    wrong.iter().map(|(name, problem)| Wrong::of(t, name, problem)).collect()
}

impl Wrong {
    /// A line of the summary for the field `name`.
    pub(crate) fn of(t: Text, name: &str, problem: &Diagnostic) -> Wrong {
        Wrong {
            name: name.to_owned(),
            text: problem.message(t.0),
            hint: problem.hint(t.0).unwrap_or_default(),
        }
    }
}
