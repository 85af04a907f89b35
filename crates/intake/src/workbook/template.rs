//! The template of a record type: what to fill in, with drop-downs, notes and formats.
//!
//! A hidden sheet names record type, catalog and unit, so that a filled template is recognised, and so that one of
//! an older catalog is noticed.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use zhiheng_base::words::say;
use zhiheng_base::{Date, Diagnostic, Lang};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{FieldType, RecordType};

use super::notes;
use crate::text::column_letters;

/// Rows with drop-downs.
const ROWS: u32 = 10_000;
/// Row of the header, from 0; above it stands the title.
const HEADER: u32 = 1;
const LISTS: &str = "_lists";

/// What a template is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateOptions {
    /// Language of titles and notes.
    pub lang: Lang,
    /// The unit that will fill it in.
    pub unit: Option<String>,
    /// The day it is made.
    pub today: Date,
}

/// The template of `record` as the bytes of an `.xlsx`; the same arguments give the same bytes.
pub fn template(
    catalog: &Catalog,
    record: &RecordType,
    options: &TemplateOptions,
) -> Result<Vec<u8>, Diagnostic> {
    build(catalog, record, options)
        .map_err(|error| Diagnostic::error("ZH3022").arg("file", &record.head.id).arg("why", error))
}

fn build(catalog: &Catalog, record: &RecordType, options: &TemplateOptions) -> Result<Vec<u8>, XlsxError> {
    let lang = options.lang;
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(
        options.today.year().unsigned_abs(),
        options.today.month().unsigned_abs(),
        options.today.day().unsigned_abs(),
    )?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut lists = Worksheet::new();
    lists.set_name(LISTS)?.set_very_hidden(true);
    let data = data_sheet(catalog, record, options, &mut lists)?;
    let help = help_sheet(record, lang)?;
    let mut marks = Worksheet::new();
    marks.set_name(crate::read::TEMPLATE_SHEET)?.set_very_hidden(true);
    let unit = options.unit.clone().unwrap_or_default();
    for (row, (key, value)) in
        [("record", record.head.id.as_str()), ("catalog", &catalog.digest), ("unit", &unit)]
            .iter()
            .enumerate()
    {
        marks.write_string(row as u32, 0, *key)?;
        marks.write_string(row as u32, 1, *value)?;
    }
    for sheet in [data, help, lists, marks] {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer()
}

fn data_sheet(
    catalog: &Catalog,
    record: &RecordType,
    options: &TemplateOptions,
    lists: &mut Worksheet,
) -> Result<Worksheet, XlsxError> {
    let lang = options.lang;
    let mut sheet = Worksheet::new();
    sheet.set_name(sheet_title(record.head.name.get(lang)))?;
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00DD_EBF7))
        .set_border(FormatBorder::Thin);
    let name = record.head.name.get(lang);
    let heading = match &options.unit {
        Some(unit) => say(lang, "intake-template-title-unit", &[("name", name), ("unit", unit)]),
        None => name.to_owned(),
    };
    let last = record.fields.len().saturating_sub(1) as u16;
    if last > 0 {
        sheet.merge_range(0, 0, 0, last, &heading, &title)?;
    } else {
        sheet.write_string_with_format(0, 0, &heading, &title)?;
    }
    sheet.set_row_height(0, 30)?.set_row_height(HEADER, 32)?;
    for (at, field) in record.fields.iter().enumerate() {
        let column = at as u16;
        let star = if field.optional { "" } else { "*" };
        let text = format!("{}{star}", field.name.get(lang));
        sheet.set_column_width(column, (text.chars().count() * 2 + 4).clamp(10, 30) as f64)?;
        sheet.set_column_format(column, &column_format(&field.kind))?;
        sheet.write_string_with_format(HEADER, column, &text, &header)?;
        let note = Note::new(notes::note(field, lang)).set_author("Zhiheng").add_author_prefix(false);
        sheet.insert_note(HEADER, column, &note.set_width(300).set_height(140))?;
        let validation = match notes::choices(catalog, field, lang) {
            Some(choices) if !choices.is_empty() => {
                for (row, choice) in choices.iter().enumerate() {
                    lists.write_string(row as u32, column, choice)?;
                }
                let letters = column_letters(at);
                let range = format!("={LISTS}!${letters}$1:${letters}${}", choices.len());
                Some(DataValidation::new().allow_list_formula(Formula::new(range)))
            }
            _ => None,
        };
        if let Some(validation) = validation {
            let validation =
                validation.ignore_blank(true).set_error_message(say(lang, "intake-template-choose", &[]))?;
            sheet.add_data_validation(HEADER + 1, column, HEADER + ROWS, column, &validation)?;
        }
    }
    sheet.set_freeze_panes(HEADER + 1, 0)?;
    // The header is locked, the cells below are not.
    sheet.protect_with_options(&ProtectionOptions {
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(sheet)
}

fn column_format(kind: &FieldType) -> Format {
    let format = Format::new().set_unlocked();
    match kind {
        FieldType::Integer { .. } => format.set_num_format("0"),
        FieldType::Decimal { .. } => format.set_num_format("General"),
        FieldType::Money => format.set_num_format("#,##0.00"),
        FieldType::Date { .. } => format.set_num_format("yyyy-mm-dd"),
        // Text: digits of codes keep their zeros and their number.
        _ => format.set_num_format("@"),
    }
}

fn help_sheet(record: &RecordType, lang: Lang) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(say(lang, "intake-help-sheet", &[]))?;
    let mut row = 0;
    let mut facts = vec![
        ("intake-help-name", record.head.name.get(lang).to_owned()),
        ("intake-help-basis", record.head.basis.join("; ")),
        ("intake-help-owner", record.head.owner.clone()),
        ("intake-help-since", record.head.since.to_string()),
    ];
    if let Some(says) = &record.head.says {
        facts.push(("intake-help-says", says.get(lang).to_owned()));
    }
    for (id, text) in facts {
        sheet.write_string_with_format(row, 0, say(lang, id, &[]), &bold)?;
        sheet.write_string(row, 1, text)?;
        row += 1;
    }
    row += 1;
    for (column, id) in ["field", "need", "form", "says", "example"].iter().enumerate() {
        sheet.write_string_with_format(
            row,
            column as u16,
            say(lang, &format!("intake-help-{id}"), &[]),
            &bold,
        )?;
    }
    for field in &record.fields {
        row += 1;
        let need = if field.optional { "intake-optional" } else { "intake-required" };
        sheet.write_string_with_format(row, 0, field.name.get(lang), &wrap)?;
        sheet.write_string_with_format(row, 1, say(lang, need, &[]), &wrap)?;
        sheet.write_string_with_format(row, 2, notes::form(field, lang), &wrap)?;
        let says = field.says.as_ref().map_or("", |says| says.get(lang));
        sheet.write_string_with_format(row, 3, says, &wrap)?;
        sheet.write_string_with_format(row, 4, field.example.as_deref().unwrap_or_default(), &wrap)?;
    }
    row += 1;
    for check in &record.checks {
        row += 1;
        sheet.write_string_with_format(row, 0, say(lang, "intake-help-check", &[]), &bold)?;
        sheet.write_string_with_format(row, 2, check.says.get(lang), &wrap)?;
    }
    for (column, width) in [24.0, 10.0, 60.0, 50.0, 24.0].iter().enumerate() {
        sheet.set_column_width(column as u16, *width)?;
    }
    Ok(sheet)
}

/// A sheet's name: at most 31 characters, none of `[]:*?/\`.
fn sheet_title(name: &str) -> String {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).collect();
    let title: String = plain.trim_matches('\'').chars().take(31).collect();
    if title.is_empty() { "Data".to_owned() } else { title }
}
