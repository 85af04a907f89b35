//! Texts in templates: `{{ t.say("server-login") }}`. A test reads every template and checks that each id exists in both
//! languages.

use std::fmt::Display;

use zhiheng_base::Lang;
use zhiheng_base::words::{between, say, say_attribute};

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Lang);

impl Text {
    /// The sentence `id`.
    pub(crate) fn say(self, id: &str) -> String {
        say(self.0, id, &[])
    }

    /// The sentence `id` with an argument.
    pub(crate) fn with(self, id: &str, name: &str, value: impl Display) -> String {
        say(self.0, id, &[(name, &value.to_string())])
    }

    /// The text `id` that goes between others.
    pub(crate) fn between(self, id: &str) -> String {
        between(self.0, id)
    }

    /// The attribute `name` of a message, or nothing.
    pub(crate) fn attribute(self, id: &str, name: &str) -> String {
        say_attribute(self.0, id, name, &[]).unwrap_or_default()
    }
}
