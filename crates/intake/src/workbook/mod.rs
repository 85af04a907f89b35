//! Workbooks for people: templates to fill in, and their own workbook back with its errors marked.

mod annotate;
mod mark;
mod notes;
mod table;
mod template;

pub use annotate::annotate;
pub use template::{TemplateOptions, template};
