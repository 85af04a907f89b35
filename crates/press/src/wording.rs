//! The words that the press itself adds, in the language of the report.

use zhiheng_base::Lang;
use zhiheng_base::words::{between, say};
use zhiheng_publish::model::Report;

/// The words of one document.
#[derive(Clone, Copy)]
pub(crate) struct Wording {
    lang: Lang,
}

impl Wording {
    pub(crate) fn of(report: &Report) -> Wording {
        Wording { lang: report.lang }
    }

    /// The words of a letter: its text is Chinese.
    pub(crate) fn of_letters() -> Wording {
        Wording { lang: Lang::Zh }
    }

    /// The message `press-{name}` without arguments.
    pub(crate) fn word(self, name: &str) -> String {
        self.say(name, &[])
    }

    /// The message `press-{name}`.
    pub(crate) fn say(self, name: &str, args: &[(&str, &str)]) -> String {
        say(self.lang, &format!("press-{name}"), args)
    }

    /// `Table 3`; empty for a table without number.
    pub(crate) fn table(self, number: u32) -> String {
        self.numbered("table", number)
    }

    /// `Figure 3`; empty for a figure without number.
    pub(crate) fn figure(self, number: u32) -> String {
        self.numbered("figure", number)
    }

    fn numbered(self, name: &str, number: u32) -> String {
        if number == 0 { String::new() } else { self.say(name, &[("n", &number.to_string())]) }
    }

    /// A caption with its number; the gap is wide in Chinese, an em in English.
    pub(crate) fn caption(self, number: &str, caption: &str) -> String {
        let gap = match self.lang {
            Lang::Zh => '\u{3000}',
            Lang::En => '\u{2003}',
        };
        match (number.is_empty(), caption.is_empty()) {
            (true, _) => caption.to_owned(),
            (false, true) => number.to_owned(),
            (false, false) => format!("{number}{gap}{caption}"),
        }
    }

    /// An addressee as a salutation.
    pub(crate) fn addressee(self, name: Option<&str>) -> Option<String> {
        let name = name?.trim_end_matches(['\u{ff1a}', ':']);
        (!name.is_empty()).then(|| self.say("addressee", &[("name", name)]))
    }

    /// Who gets a copy, as a line; `None` if nobody does.
    pub(crate) fn copies(self, names: &[String]) -> Option<String> {
        let names = names.join(&between(self.lang, "press-copies-separator"));
        (!names.is_empty()).then(|| self.say("copies", &[("names", &names)]))
    }

    /// The lines at the end that say what the report was made from.
    pub(crate) fn imprint(self, report: &Report) -> Vec<String> {
        let pins = &report.pins;
        // A report on one subject is of no region.
        let scope = if pins.region.is_empty() {
            self.say("scope-day", &[("report", &report.id), ("day", &pins.period)])
        } else {
            self.say("scope", &[("report", &report.id), ("region", &pins.region), ("period", &pins.period)])
        };
        vec![
            scope,
            self.say("ledger", &[("size", &pins.ledger_size.to_string()), ("root", &pins.ledger_root)]),
            self.say("catalog", &[("digest", &pins.catalog)]),
            self.say("program", &[("version", &pins.program)]),
        ]
    }

    /// How the file is checked: made again from its imprint, or by the code in its text.
    pub(crate) fn verify(self, report: &Report) -> String {
        self.word(if report.pins.region.is_empty() { "verify-code" } else { "verify" })
    }

    /// The language as a BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// Heading of a column with its unit in brackets.
    pub(crate) fn column(self, title: &str, unit: Option<&str>) -> String {
        match (unit.filter(|unit| !unit.is_empty()), self.lang) {
            (None, _) => title.to_owned(),
            (Some(unit), Lang::Zh) => format!("{title}\u{ff08}{unit}\u{ff09}"),
            (Some(unit), Lang::En) => format!("{title} ({unit})"),
        }
    }
}

/// Level of a heading as it is tagged: never more than one below the heading before it, since a reader who
/// walks the headings must not fall into a gap.
pub(crate) fn level(before: u8, wanted: u8) -> u8 {
    wanted.clamp(1, 4).min(before + 1)
}
