//! Forms as parts of a sheet: what is typed, chosen or given, and the buttons.

use zhiheng_base::{Diagnostic, Lang};

use crate::text::Text;

/// Something to fill in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blank {
    pub(crate) name: String,
    pub(crate) label: String,
    /// What to know before; empty if nothing.
    pub(crate) hint: String,
    /// `text`, `password`, `number`, `date`, `choice`, `one` (a choice that is never empty), `long`, `file`, `files`, `check`,
    /// `checks`.
    pub(crate) kind: &'static str,
    /// For password managers.
    pub(crate) autocomplete: &'static str,
    /// Value and text, for choices.
    pub(crate) choices: Vec<(String, String)>,
    /// What was typed in; never of a password.
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
            autocomplete: "off",
            required: true,
            ..Blank::default()
        }
    }

    pub(crate) fn optional(self) -> Blank {
        Blank { required: false, ..self }
    }

    pub(crate) fn autocomplete(self, autocomplete: &'static str) -> Blank {
        Blank { autocomplete, ..self }
    }

    pub(crate) fn choices(self, choices: impl IntoIterator<Item = (String, String)>) -> Blank {
        Blank { choices: choices.into_iter().collect(), ..self }
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

    /// Whether a box with this value is ticked; ticked values stand on lines of their own.
    pub(crate) fn has(&self, value: &str) -> bool {
        self.value.lines().any(|line| line == value)
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
    pub(crate) act: String,
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
    /// What goes along unseen, by name: the newest event that the reader saw, where to go afterwards.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// What was typed on the form before and goes along unseen, by field.
    pub(crate) carried: Vec<(String, String)>,
    /// Whose password it changes, for password managers; empty elsewhere.
    pub(crate) login: String,
    /// Where one goes without sending it; nowhere if empty.
    pub(crate) back: String,
    /// It can be filled in without a network, by this account; empty if not.
    pub(crate) outbox: String,
}

impl Button {
    pub(crate) fn new(text: String, class: &'static str, act: &str) -> Button {
        Button { text, class, act: act.to_owned() }
    }
}

impl Filled {
    /// A form with the one button `button`.
    pub(crate) fn new(title: String, action: String, button: String) -> Filled {
        Filled { title, action, buttons: vec![Button::new(button, "first", "")], ..Filled::default() }
    }
}

/// Problems as lines of the summary; those of a field lead to it, others to `otherwise`.
pub(crate) fn told(lang: Lang, wrong: &[Diagnostic], otherwise: &str) -> Vec<Wrong> {
    let place =
        |problem: &Diagnostic| problem.args.get("field").cloned().unwrap_or_else(|| otherwise.to_owned());
    wrong.iter().map(|problem| Wrong::of(Text(lang), &place(problem), problem)).collect()
}

/// A problem of the field `name`.
pub(crate) fn at(name: &str, problem: Diagnostic) -> Diagnostic {
    problem.arg("field", name)
}

/// A line of the summary: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) hint: String,
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
