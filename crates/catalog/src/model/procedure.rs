//! Procedures: states of a case, the steps between them, who takes them, and what follows.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Level, RegionCode, Words};

use super::{Field, FigureField, Head};
use crate::Formula;

/// A procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// Name, basis, owner, validity.
    pub head: Head,
    /// The procedure of which this is a version; its own id if it is the only one.
    pub family: String,
    /// Region in which it holds; everywhere if `None`. Of several versions the narrowest that holds the case's region is taken.
    pub within: Option<RegionCode>,
    /// Date field of the sheet that chooses the version; the day of opening if `None`.
    pub dated: Option<String>,
    /// Region field of the sheet that says whose case it is.
    pub region: String,
    /// Who takes part.
    pub roles: Vec<Role>,
    /// The sheet.
    pub fields: Vec<Field>,
    /// Fields of the sheet that nobody types, in their order.
    pub figures: Vec<FigureField>,
    /// States, in order.
    pub states: Vec<CaseState>,
    /// Steps, in order.
    pub steps: Vec<Step>,
    /// Cases told step by step; no part of the digest.
    pub examples: Vec<CaseExample>,
}

/// Who takes part in a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Identifier within the procedure.
    pub id: String,
    /// Name.
    pub name: Words,
    /// How one is known to have it.
    pub by: RoleBy,
    /// For which region an officer must hold it.
    pub at: RoleAt,
    /// Steps; whoever took one of them in this case has not the role.
    pub apart: Vec<String>,
}

/// For which region an officer must hold a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleAt {
    /// For the case's region or one above it.
    #[default]
    Any,
    /// For the case's region itself.
    Own,
    /// For a region above it.
    Above,
    /// For the region of this level that holds the case's.
    #[serde(untagged)]
    Level(Level),
}

impl RoleAt {
    /// The words of the language.
    pub const WORDS: [&'static str; 8] =
        ["any", "own", "above", "nation", "province", "city", "county", "township"];

    /// Reads a word of [`RoleAt::WORDS`].
    pub fn parse(word: &str) -> Option<RoleAt> {
        match word {
            "any" => Some(RoleAt::Any),
            "own" => Some(RoleAt::Own),
            "above" => Some(RoleAt::Above),
            _ if RoleAt::WORDS.contains(&word) => Level::parse(word).map(RoleAt::Level),
            _ => None,
        }
    }
}

/// How one is known to have a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleBy {
    /// An officer who holds this code of `base.role` for the case's region or one above it.
    Holds(String),
    /// The enterprise in this field of the sheet.
    Party(String),
    /// Anyone.
    Public,
}

/// A state of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseState {
    /// Identifier within the procedure.
    pub id: String,
    /// Name.
    pub name: Words,
    /// Nothing follows.
    pub end: bool,
    /// It binds somebody or is public: two persons, notice and waiting stand before it.
    pub binding: bool,
    /// The rule that lets a binding state do without notice and waiting.
    pub without_notice: Option<Words>,
}

/// A step of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Identifier within the procedure.
    pub id: String,
    /// Name.
    pub name: Words,
    /// States from which it is taken; empty: it opens a case.
    pub from: Vec<String>,
    /// State to which it leads; `None`: the state stays.
    pub to: Option<String>,
    /// Roles of which one is needed; empty only for a lapse.
    pub who: Vec<String>,
    /// How many different persons must take it before it takes effect; 1 for most.
    pub count: u32,
    /// Roles that must approve, in order.
    pub approve: Vec<String>,
    /// Fields that must be filled in.
    pub form: Vec<String>,
    /// Fields that may be filled in.
    pub may: Vec<String>,
    /// Kinds of files that must be attached.
    pub evidence: Vec<String>,
    /// Kinds of files of which one must be attached with this step; one that is on file already does not do.
    pub fresh: Vec<String>,
    /// Fields of the sheet that are worked out of the forms of all who took it, where several must.
    pub gather: Vec<(String, Gather)>,
    /// Fields of the sheet that the step works out, in order, after its form is filled in.
    pub set: Vec<(String, Formula)>,
    /// Must be true of the sheet.
    pub when: Option<Formula>,
    /// Clock instance within which it is taken.
    pub within: Option<String>,
    /// Clock instances that must be over.
    pub after: Vec<String>,
    /// Families of which no case opened from this one may be open.
    pub closed: Vec<String>,
    /// Clock instance whose end takes this step without a person.
    pub lapse: Option<String>,
    /// Clocks that start.
    pub start: Vec<ClockStart>,
    /// Clock instances whose act is done.
    pub answer: Vec<String>,
    /// Clock instances that end.
    pub stop: Vec<String>,
    /// A clock instance that stands still from now on, and why.
    pub pause: Option<(String, String)>,
    /// A clock instance that goes on, and the reason that ended.
    pub resume: Option<(String, String)>,
    /// Letter templates, by id within the folder.
    pub letters: Vec<String>,
    /// This step is the prior notice.
    pub notice: bool,
    /// What follows.
    pub effects: Vec<Effect>,
    /// What this case entered is withdrawn as if it had never been.
    pub void: bool,
    /// Line in the definition's file.
    pub line: u32,
}

/// One figure out of the forms of several persons.
#[derive(Clone, Debug, PartialEq)]
pub struct Gather {
    /// Over the sheet with one person's form.
    pub of: Formula,
    /// How the figures of all persons become one.
    pub by: GatherBy,
}

/// How the figures of several persons become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GatherBy {
    /// Their mean.
    Mean,
    /// Their mean without one of the highest and one of the lowest.
    MeanWithoutExtremes,
    /// Their median.
    Median,
    /// Their sum.
    Sum,
    /// The least of them.
    Least,
    /// The greatest of them.
    Greatest,
}

impl GatherBy {
    /// The words of the language, in order.
    pub const WORDS: [&'static str; 6] =
        ["mean", "mean-without-extremes", "median", "sum", "least", "greatest"];

    /// All, in the order of the words.
    const ALL: [GatherBy; 6] = [
        GatherBy::Mean,
        GatherBy::MeanWithoutExtremes,
        GatherBy::Median,
        GatherBy::Sum,
        GatherBy::Least,
        GatherBy::Greatest,
    ];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        GatherBy::WORDS[self as usize]
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<GatherBy> {
        GatherBy::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Whether whole numbers give a whole number.
    pub fn keeps_whole(self) -> bool {
        matches!(self, GatherBy::Sum | GatherBy::Least | GatherBy::Greatest)
    }
}

/// A clock that a step starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockStart {
    /// Clock definition.
    pub clock: String,
    /// Name of this instance within the case.
    pub instance: String,
    /// Date field; the day of the step if `None`.
    pub on: Option<String>,
    /// Date field that says when it ends, instead of its definition's length; an empty one leaves that.
    pub until: Option<String>,
}

/// What follows from a step, in the same transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Only if this is true of the sheet; of a correction or withdrawal, of each record that it would reach.
    pub when: Option<Formula>,
    /// What.
    pub what: What,
}

/// What follows from a step.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Enters a record of this type.
    Record {
        /// Record type.
        of: String,
        /// Field → formula over the sheet.
        set: Vec<(String, Formula)>,
    },
    /// Corrects the record of this type that the case entered last, or all of them.
    Correct {
        /// Record type.
        of: String,
        /// All that stand; there may be none.
        all: bool,
        /// Field → formula over the sheet and, as `was_<field>`, the record.
        set: Vec<(String, Formula)>,
    },
    /// Withdraws the record of this type that the case entered last, or all of them.
    Withdraw {
        /// Record type.
        of: String,
        /// All that stand; there may be none.
        all: bool,
    },
    /// Opens a case of this family (or procedure), linked to this one.
    Open {
        /// Family.
        family: String,
        /// Opening step, if there are several; the first one otherwise.
        step: Option<String>,
        /// Field → formula over this sheet.
        set: Vec<(String, Formula)>,
    },
}

/// A template of a letter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LetterFile {
    /// `folder.stem`, such as `sampling.order-to-correct`.
    pub id: String,
    /// What kind of letter it is.
    pub title: Words,
    /// Series of its number, with `{unit}` and `{year}`.
    pub series: String,
    /// Whom it is for; text with `{field}`.
    pub to: String,
    /// Laws that it names.
    pub basis: Vec<String>,
    /// How it is laid out.
    pub form: LetterForm,
    /// Titles of what is attached; text with `{field}`.
    pub attachments: Vec<String>,
    /// Who gets a copy; text with `{field}`.
    pub copies: Vec<String>,
    /// Markdown after the front matter.
    pub body: String,
    /// Line on which `body` begins, from 1.
    pub body_line: u32,
    /// Path relative to the catalog root.
    pub file: String,
}

/// How a letter is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LetterForm {
    /// A letter of an office to somebody (GB/T 9704-2012, 10.1).
    #[default]
    Letter,
    /// To the public: the office's name over a red line, no addressee.
    Announcement,
    /// Minutes of a meeting or a talk.
    Minutes,
    /// A certificate: framed, on one page.
    Certificate,
    /// A form that is filled in: no head, smaller type.
    Sheet,
}

impl LetterForm {
    /// The words of the language, in order.
    pub const WORDS: [&'static str; 5] = ["letter", "announcement", "minutes", "certificate", "sheet"];

    /// All forms, in the order of the words.
    const ALL: [LetterForm; 5] = [
        LetterForm::Letter,
        LetterForm::Announcement,
        LetterForm::Minutes,
        LetterForm::Certificate,
        LetterForm::Sheet,
    ];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        LetterForm::WORDS[self as usize]
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<LetterForm> {
        LetterForm::ALL.into_iter().find(|form| form.word() == word)
    }
}

/// A case told step by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseExample {
    /// What it shows.
    pub says: Option<Words>,
    /// Its steps.
    pub steps: Vec<ExampleStep>,
    /// State at the end.
    pub state: Option<String>,
    /// Last days of clock instances at the end.
    pub due: Vec<(String, Date)>,
    /// Number of letters written.
    pub letters: Option<u64>,
    /// Number of records that stand, by type.
    pub records: Vec<(String, u64)>,
    /// Number of cases opened, by family.
    pub opened: Vec<(String, u64)>,
}

/// A step of a told case.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleStep {
    /// Step id, or `approve`, `reject`, `attach`, `lapse`.
    pub act: String,
    /// Role, or `role/2`; empty for a lapse.
    pub by: String,
    /// Day.
    pub on: Date,
    /// Cells as a form would hold them, by field id.
    pub form: Vec<(String, String)>,
    /// What the ledger says, by field.
    pub figures: Vec<ExampleFigure>,
    /// Kinds of files attached.
    pub evidence: Vec<String>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// Code of the refusal that is expected.
    pub refused: Option<String>,
    /// State that is expected afterwards.
    pub state: Option<String>,
    /// Line in the definition's file.
    pub line: u32,
}

/// A figure of a told case: what the ledger is said to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleFigure {
    /// Field.
    pub field: String,
    /// Cell as a form would hold it; empty: there is no such figure.
    pub value: String,
    /// The address that must be asked for.
    pub at: Option<String>,
}

impl Procedure {
    /// The state with this id.
    pub fn state(&self, id: &str) -> Option<&CaseState> {
        self.states.iter().find(|state| state.id == id)
    }

    /// The step with this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The role with this id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The field with this id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The steps that open a case.
    pub fn openings(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.from.is_empty())
    }
}
