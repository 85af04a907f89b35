//! What a story's file says.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;
use zhiheng_base::words::Words;
use zhiheng_base::{Date, Diagnostic, Place};

/// Values as they would be typed.
pub(super) type Values = BTreeMap<String, toml::Value>;

/// A story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its name.
    pub name: Words,
    /// What it is about.
    pub says: Words,
    /// A story that is played before, by its path beside this one.
    pub after: Option<String>,
    /// Who acts in it.
    #[serde(default)]
    pub person: Vec<Person>,
    /// What happens, in order.
    pub step: Vec<Spanned<Step>>,
    /// The file, as the user wrote it.
    #[serde(skip)]
    pub file: String,
    /// Its text, from which places are counted.
    #[serde(skip)]
    pub text: String,
}

/// Somebody with an account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Account.
    pub account: String,
    /// Person, where several accounts are one person's.
    pub person: Option<String>,
    /// Post.
    #[serde(default)]
    pub post: String,
    /// Office.
    pub unit: String,
    /// Short name of the office in letter numbers.
    #[serde(default)]
    pub short: String,
    /// Region.
    pub region: String,
    /// Role.
    pub role: String,
    /// Superior, by person.
    #[serde(default)]
    pub superior: String,
}

/// One thing that happens, or one look at what has come of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Heading of the chapter that begins here.
    pub part: Option<Words>,
    /// The day; that of the step before if not given.
    pub on: Option<toml::value::Datetime>,

    /// Records of this type come in.
    pub records: Option<String>,
    /// Their fields; `{n}` stands for the number of the row.
    #[serde(default)]
    pub set: Values,
    /// Rows that differ: fields over those of `set`, and `times` of their own.
    #[serde(default)]
    pub each: Vec<Values>,
    /// How often the row comes.
    pub times: Option<u64>,

    /// A case of this procedure or family is opened.
    pub open: Option<String>,
    /// Step or act: `approve`, `reject`, `attach`, `lapse`.
    #[serde(rename = "do")]
    pub act: Option<String>,
    /// The story's own name for the case.
    pub case: Option<String>,
    /// Account.
    pub by: Option<String>,
    /// What is filled in.
    #[serde(default)]
    pub form: Values,
    /// Kinds of evidence attached.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// A reason.
    pub reason: Option<String>,
    /// The code with which it must be refused.
    pub refused: Option<String>,
    /// Own names for cases that this step opens, by family.
    #[serde(default)]
    pub opens: BTreeMap<String, String>,
    /// The state that the case must have then.
    pub state: Option<String>,
    /// Last days that clocks of the case must show.
    #[serde(default)]
    pub due: BTreeMap<String, toml::value::Datetime>,
    /// Letters of the case so far, by template.
    #[serde(default)]
    pub letters: BTreeMap<String, usize>,

    /// Address of a measure to look at.
    pub measure: Option<String>,
    /// Its printed value; empty for "no data".
    pub value: Option<String>,
    /// Its parts, as `top/bottom`.
    pub parts: Option<String>,

    /// Scheme by which regions are judged.
    pub judge: Option<String>,
    /// Over which region.
    pub within: Option<String>,
    /// Over which period.
    pub period: Option<String>,
    /// Grades by region.
    #[serde(default)]
    pub grades: BTreeMap<String, String>,
    /// Printed points by region.
    #[serde(default)]
    pub points: BTreeMap<String, String>,
    /// Regions whose grade a veto set; all others must have none.
    pub vetoes: Option<Vec<String>>,
    /// Keeps the verdicts under this name, with the ledger size.
    pub keep: Option<String>,
    /// Judges again as of that size and compares the bytes with what was kept.
    pub same: Option<String>,
    /// Words that the explanation of a region's grade must hold, by region.
    #[serde(default)]
    pub why: BTreeMap<String, Vec<String>>,

    /// Scheme by which an enterprise is graded.
    pub credit: Option<String>,
    /// The enterprise.
    pub holder: Option<String>,
    /// Its grade.
    pub grade: Option<String>,

    /// Record type of which to count what stands.
    pub count: Option<String>,
    /// Only those with this text in a field.
    #[serde(default)]
    pub only: BTreeMap<String, String>,
    /// How many.
    pub n: Option<usize>,

    /// A folder beside the story whose definitions are adopted now.
    pub adopt: Option<String>,
}

impl Story {
    /// Reads a story's file.
    ///
    /// Errors: ZH7200 if the file cannot be read, and those of [`Story::parse`].
    pub fn read(path: &Path) -> Result<Story, Diagnostic> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Diagnostic::error("ZH7200").arg("file", path.display()).arg("why", error))?;
        Story::parse(&path.display().to_string(), &text)
    }

    /// The story that is played before this one.
    ///
    /// Errors: as of [`Story::read`].
    pub fn before(&self) -> Result<Option<Story>, Diagnostic> {
        let beside = Path::new(&self.file).parent().unwrap_or(Path::new(""));
        self.after.as_ref().map(|file| Story::read(&beside.join(file))).transpose()
    }

    /// Reads a story's text.
    ///
    /// Errors: ZH7201 with the place of what cannot be read.
    pub fn parse(file: &str, text: &str) -> Result<Story, Diagnostic> {
        match toml::from_str::<Story>(text) {
            Ok(story) => Ok(Story { file: file.to_owned(), text: text.to_owned(), ..story }),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                Err(Diagnostic::error("ZH7201").arg("why", error.message()).at(place(file, text, at)))
            }
        }
    }

    /// The place of a step.
    pub fn place(&self, step: &Spanned<Step>) -> Place {
        place(&self.file, &self.text, step.span().start)
    }
}

/// The line of a byte of the text.
fn place(file: &str, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let excerpt = text.lines().nth(line - 1).unwrap_or_default().to_owned();
    let len = u32::try_from(excerpt.chars().count().max(1)).unwrap_or(1);
    Place::Text {
        file: file.to_owned(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: 1,
        len,
        excerpt,
    }
}

/// A value as it would be typed.
pub(super) fn typed(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(typed).collect::<Vec<_>>().join("；"),
        other => other.to_string(),
    }
}

/// A TOML date.
pub(super) fn day(date: &toml::value::Datetime) -> Option<Date> {
    date.to_string().parse().ok()
}
