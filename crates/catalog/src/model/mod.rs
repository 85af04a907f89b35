//! What a definition is: plain data, after checking.
//!
//! Ids are `folder.name` (`sampling.batch`, `sampling.pass_rate`). Every definition carries a [`Head`]
//! (name in both languages, legal or other basis, owner, validity); the checker refuses one without.

mod by_method;
pub mod clock;
mod example;
mod figure;
mod head;
mod indicator;
mod list;
mod procedure;
mod record;
mod report;
mod scheme;
mod source;
mod subject_scheme;

pub use by_method::{
    Among, AnswerAt, ByMethod, MethodKind, MethodRows, TAKES, TAKES_OF_FIGURE, Taken, Token,
};
pub use clock::Clock;
pub use example::{Every, Example, ExampleCase, Expected, Given, RowOutcome};
pub use figure::{FigureField, FigureFrom, FigurePart, FigureWhen, SchemeName};
pub use head::{Head, Origin};
pub use indicator::{
    Aggregate, Better, Break, Comparable, Design, Indicator, IndicatorKind, IntervalMethod, IntervalRule,
    Lonely, RoundRule, SmallRule, SmallThen, Target, Unit, Weights,
};
pub use list::{CodeItem, CodeList, evidence_lists};
pub use procedure::{
    CaseExample, CaseState, ClockStart, Effect, ExampleFigure, ExampleStep, Gather, GatherBy, LetterFile,
    LetterForm, Procedure, Role, RoleAt, RoleBy, Step, What,
};
pub use record::{Accept, Check, Field, FieldType, HandIn, RecordKind, RecordType};
pub use report::{ReportFile, ReportFront};
pub use scheme::{
    Band, Duty, DutyOf, Group, Item, Limit, Missing, Panel, Scheme, Score, Settle, Unproven, Veto,
};
pub use source::{Column, ColumnFrom, FileFormat, Filter, Source};
pub use subject_scheme::{
    Grades, PARTS_MAX, Rung, SubjectExample, SubjectItem, SubjectScheme, SubjectVeto, Wait, months_after,
};
