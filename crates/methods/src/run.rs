//! Methods by name over a table of text: for a command line, a notebook, a web form.
//!
//! Every family lists its [`Method`]s here: which columns they read, which options they take and how they run.
//! What people read about a method (its question, formula, source, when not to use it) stands in `guide/`,
//! in Chinese and English, under the same identifiers; [`guides`] hands the files out.

mod acceptance;
mod acceptance_text;
mod agreement;
mod answer;
mod brand;
mod composite;
mod decision;
mod disclosure;
mod disproportionality;
mod early_warning;
mod energy;
mod lists;
mod options;
mod pls;
mod proportion;
mod risk;
mod small_area;
mod spc;
mod spc_charts;
mod spc_sheets;
mod survey;
mod survey_plan;
mod trend;
mod truth;

pub use crate::frame::{Fault, Frame, Wrong};
pub use answer::{Answer, Cell, Sheet};
pub use options::Options;

use crate::refusal::Refusal;

/// A method that runs over a [`Frame`].
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// Identifier, as `proportion.wilson`: the family, then the method.
    pub id: &'static str,
    /// Columns it reads.
    pub columns: &'static [Column],
    /// Options it takes.
    pub options: &'static [Choice],
    /// Runs it.
    pub run: fn(&Frame, &Options) -> Result<Answer, Refusal>,
}

/// A column that a method reads.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// Whether the method can do without it.
    pub optional: bool,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Whole numbers from 0.
    Counts,
    /// Numbers; a blank cell is missing.
    Numbers,
    /// Names of groups.
    Names,
    /// Days as `2013-07-01`.
    Dates,
    /// Not one column but every column that no other of the method's columns names.
    TheRest,
}

/// An option that a method takes.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Its name.
    pub name: &'static str,
    /// What holds if it is not given.
    pub default: &'static str,
    /// The values it can have; empty if it is a number or a name.
    pub values: &'static [&'static str],
}

/// A column that must be there.
const fn needs(name: &'static str, holds: Holds) -> Column {
    Column { name, holds, optional: false }
}

/// A column that may be there.
const fn may_have(name: &'static str, holds: Holds) -> Column {
    Column { name, holds, optional: true }
}

/// An option that takes a number or a name.
const fn option(name: &'static str, default: &'static str) -> Choice {
    Choice { name, default, values: &[] }
}

/// An option that takes one of `values`; the first is the default.
const fn choice(name: &'static str, values: &'static [&'static str]) -> Choice {
    Choice { name, default: values[0], values }
}

/// Families in the order of the README: the methods and the guide's text.
const FAMILIES: &[(&[Method], &str)] = &[
    (proportion::METHODS, include_str!("../guide/proportion.toml")),
    (acceptance::METHODS, include_str!("../guide/acceptance.toml")),
    (spc::METHODS, include_str!("../guide/spc.toml")),
    (early_warning::METHODS, include_str!("../guide/early_warning.toml")),
    (disproportionality::METHODS, include_str!("../guide/disproportionality.toml")),
    (pls::METHODS, include_str!("../guide/pls.toml")),
    (composite::METHODS, include_str!("../guide/composite.toml")),
    (decision::METHODS, include_str!("../guide/decision.toml")),
    (agreement::METHODS, include_str!("../guide/agreement.toml")),
    (trend::METHODS, include_str!("../guide/trend.toml")),
    (truth::METHODS, include_str!("../guide/truth.toml")),
    (energy::METHODS, include_str!("../guide/energy.toml")),
    (brand::METHODS, include_str!("../guide/brand.toml")),
    (risk::METHODS, include_str!("../guide/risk.toml")),
    (survey::METHODS, include_str!("../guide/survey.toml")),
    (small_area::METHODS, include_str!("../guide/small_area.toml")),
    (disclosure::METHODS, include_str!("../guide/disclosure.toml")),
];

/// Every method, family by family.
pub fn methods() -> impl Iterator<Item = &'static Method> {
    FAMILIES.iter().flat_map(|(methods, _)| methods.iter())
}

/// The method called `id`, or which there are.
pub fn method(id: &str) -> Result<&'static Method, Refusal> {
    methods().find(|method| method.id == id).ok_or_else(|| Refusal::Unknown {
        kind: "method",
        name: id.to_owned(),
        known: methods().map(|method| method.id.to_owned()).collect(),
    })
}

/// The guide of each family, as TOML: a table per method with its texts in Chinese (`zh`) and English (`en`).
pub fn guides() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|(_, guide)| *guide)
}

impl Method {
    /// Runs the method over `frame`; unknown options are refused.
    pub fn run(&self, frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
        options.check(self.options)?;
        for column in self.columns.iter().filter(|column| !column.optional && column.holds != Holds::TheRest)
        {
            frame.texts(column.name)?;
        }
        (self.run)(frame, options)
    }
}
