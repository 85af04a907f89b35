//! Report models to PDF, DOCX, HTML and XLSX; letters to PDF and DOCX.
//!
//! In reading order: [`options`] (what may differ between two prints of one report), [`fonts`], [`check`]
//! (what a person should know before printing), then one module a format: [`mod@pdf`] (Typst, the grid of
//! GB/T 9704-2012), [`mod@docx`], [`mod@html`], [`mod@xlsx`]. Behind them stand `clean` (text that would
//! break a format), `columns` (how wide the columns of a table are), `links` (where a number leads) and
//! [`imprint`] (what a file says about its own making, so that it can be made again).
//!
//! Users' text is data in every format: it goes to Typst as JSON, to HTML through escaping, to workbooks as
//! typed cells. Same report, same options, same fonts: same bytes. There is no clock here.

pub mod check;
mod clean;
mod columns;
pub mod docx;
mod error;
pub mod fonts;
pub mod html;
pub mod imprint;
mod links;
pub mod options;
pub mod pdf;
mod picture;
mod sheet;
mod wording;
pub mod xlsx;

pub use check::{check, letter_check};
pub use docx::{docx, letter_docx};
pub use error::PressError;
pub use fonts::FontSet;
pub use html::html;
pub use imprint::{Imprint, LetterImprint};
pub use options::{Contents, PressOptions};
pub use pdf::{letter_pdf, pdf};
pub use sheet::{Cell, sheet};
pub use xlsx::xlsx;
