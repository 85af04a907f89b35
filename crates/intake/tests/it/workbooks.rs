//! Templates filled in and read; workbooks back with their errors marked and all else as it was.

use std::io::Cursor;

use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook as NewWorkbook};
use umya_spreadsheet::Workbook;
use zhiheng_base::Lang;
use zhiheng_intake::Request;
use zhiheng_intake::workbook::{TemplateOptions, template};
use zhiheng_intake::worker::{Aim, annotate};

use crate::process::program;
use crate::support::{TODAY, catalog, file, import, request, rows};

fn open(bytes: &[u8]) -> Workbook {
    umya_spreadsheet::reader::xlsx::read_reader(Cursor::new(bytes), true).unwrap()
}

fn save(book: &Workbook) -> Vec<u8> {
    let mut bytes = Vec::new();
    umya_spreadsheet::writer::xlsx::write_writer(book, &mut bytes).unwrap();
    bytes
}

fn plain(bytes: &[u8]) -> (tempfile::NamedTempFile, Request) {
    let file = file(bytes);
    let request = request(file.path(), Aim::Record("plain.row".into()));
    (file, request)
}

fn options(lang: Lang) -> TemplateOptions {
    TemplateOptions { lang, unit: Some("示例县".into()), today: TODAY }
}

#[test]
fn a_filled_template_is_read() {
    let record = &catalog().records["plain.row"];
    for lang in [Lang::Zh, Lang::En] {
        let empty = template(catalog(), record, &options(lang)).unwrap();
        assert_eq!(empty, template(catalog(), record, &options(lang)).unwrap(), "the same bytes");
        let mut book = open(&empty);
        let sheet = book.sheet_mut(0).unwrap();
        assert_eq!(sheet.value("A2"), if lang == Lang::Zh { "编号*" } else { "Number*" });
        assert!(!sheet.comments().is_empty());
        assert!(sheet.data_validations().is_some());
        for (cell, text) in [
            ("A3", "T-1"),
            ("B3", "2013-05-21"),
            ("D3", "621122"),
            ("I3", "优良"),
            ("A4", "T-2"),
            ("B4", "2013-05-22"),
        ] {
            sheet.cell_mut(cell).set_value_string(text);
        }
        let outcome = rows(&save(&book));
        assert_eq!(outcome.failed, None);
        assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        assert_eq!(outcome.data(0)["grade"], "good");
        assert_eq!((outcome.done.seen, outcome.done.kept), (2, 2));
        let head = outcome.head.unwrap();
        assert!(head.template.contains(&("record".into(), "plain.row".into())));
        assert!(head.template.contains(&("unit".into(), "示例县".into())));
    }
    // Every shipped record type has a template, and one type's template is not another's.
    for record in catalog().records.values() {
        assert!(template(catalog(), record, &options(Lang::Zh)).is_ok(), "{}", record.head.id);
    }
    let other = template(catalog(), &catalog().records["sampling.batch"], &options(Lang::Zh)).unwrap();
    assert_eq!(rows(&other).failed.unwrap().code, "ZH3021");
}

/// A user's workbook with a title, formats, a drop-down, a formula and three wrong cells.
fn users_own() -> Vec<u8> {
    let mut book = NewWorkbook::new();
    let sheet = book.add_worksheet().set_name("报表 1").unwrap();
    sheet.merge_range(0, 0, 0, 4, "年度报表", &Format::new().set_bold().set_font_size(18)).unwrap();
    for (column, title) in ["编号", "日期", "数量", "等级", "说明"].iter().enumerate() {
        sheet.write_string(1, column as u16, *title).unwrap();
    }
    sheet.set_freeze_panes(2, 1).unwrap();
    sheet.set_column_width(4, 33).unwrap();
    let list = DataValidation::new().allow_list_strings(&["优良", "较差"]).unwrap();
    sheet.add_data_validation(2, 3, 100, 3, &list).unwrap();
    let red = Format::new().set_font_color(rust_xlsxwriter::Color::Red).set_num_format("0.00");
    for (row, (no, day, count)) in
        [("1", "2013-01-01", 5.0), ("2", "2013-02-30", 2000.0), ("3", "2013-01-03", 7.0)].iter().enumerate()
    {
        let row = row as u32 + 2;
        sheet.write_string(row, 0, *no).unwrap().write_string(row, 1, *day).unwrap();
        sheet.write_number_with_format(row, 2, *count, &red).unwrap();
        sheet.write_string(row, 4, "=1+1").unwrap();
    }
    sheet.write_formula(4, 2, Formula::new("=SUM(C3:C3)").set_result("5")).unwrap();
    sheet.write_string(4, 3, "优艮").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn the_users_own_workbook_comes_back_marked() {
    let (_file, request) = plain(&users_own());
    let (bytes, done) = annotate(&program(), &request, Lang::Zh, |_| {}).unwrap();
    assert_eq!((done.seen, done.kept, done.refused), (3, 1, 2));
    let book = open(&bytes);
    let sheet = book.sheet_by_name("报表 1").unwrap();
    let fill = |cell: &str| sheet.style(cell).background_color().map(|color| color.argb_str().to_owned());
    for cell in ["B4", "C4", "D5"] {
        assert_eq!(fill(cell).as_deref(), Some("FFFFC7CE"), "{cell}");
    }
    assert_eq!(fill("B3"), None);
    assert_eq!(sheet.comments().len(), 3);
    // What the user made is still there.
    assert_eq!(sheet.merge_cells().len(), 1);
    assert_eq!(sheet.cell("C5").unwrap().formula(), "SUM(C3:C3)");
    assert!(sheet.data_validations().is_some());
    assert_eq!(sheet.style("C4").number_format().unwrap().format_code(), "0.00");
    assert!((sheet.column_dimension("E").unwrap().width() - 33.0).abs() < 1.0);
    let list = book.sheet_by_name("错误清单").unwrap();
    assert_eq!(list.value("A1"), "行");
    assert_eq!((list.value("A2"), list.value("B2")), ("4".into(), "B4".into()));
    assert!(list.value("F2").contains("2013-02-30"), "{}", list.value("F2"));
    assert_eq!(list.cell("B2").unwrap().hyperlink().unwrap().url(), "'报表 1'!B4");

    // Corrected and handed in again: the marks go, the rows are taken.
    let mut book = book;
    let sheet = book.sheet_by_name_mut("报表 1").unwrap();
    sheet.cell_mut("B4").set_value_string("2013-02-28");
    sheet.cell_mut("C4").set_value_number(20);
    sheet.cell_mut("D5").set_value_string("优良");
    let (_file, again) = plain(&save(&book));
    let (bytes, done) = annotate(&program(), &again, Lang::Zh, |_| {}).unwrap();
    assert_eq!((done.seen, done.kept), (3, 3));
    let book = open(&bytes);
    let sheet = book.sheet_by_name("报表 1").unwrap();
    assert!(sheet.comments().is_empty());
    assert!(sheet.style("B4").background_color().is_none());
    assert!(book.sheet_by_name("错误清单").is_err());
}

#[test]
fn a_csv_comes_back_as_a_marked_workbook_without_formulas() {
    let csv = "no,day,note\n1,2013-01-01,=HYPERLINK(\"x\")\n2,never,@SUM(1)\n3,,+1\n";
    let (_file, request) = plain(csv.as_bytes());
    let (bytes, done) = annotate(&program(), &request, Lang::En, |_| {}).unwrap();
    assert_eq!((done.seen, done.refused), (3, 2));
    let book = open(&bytes);
    let sheet = book.sheet_by_name("Data").unwrap();
    assert_eq!(sheet.value("C2"), "=HYPERLINK(\"x\")");
    for cell in ["C2", "C3", "C4"] {
        assert_eq!(sheet.cell(cell).unwrap().formula(), "");
    }
    for cell in ["B3", "B4"] {
        assert_eq!(sheet.style(cell).background_color().unwrap().argb_str(), "FFFFC7CE", "{cell}");
    }
    assert_eq!(sheet.comments().len(), 2);
    let list = book.sheet_by_name("Errors").unwrap();
    assert_eq!(list.value("E2"), "never");
    assert!(list.value("G2").contains("2013-10-21"));
}

/// How long it takes is measured by the benchmarks, not here.
#[test]
fn a_workbook_of_twenty_thousand_rows_comes_back_marked() {
    let mut book = NewWorkbook::new();
    let sheet = book.add_worksheet();
    let titles = ["编号", "日期", "有效期至", "数量", "产量", "等级", "企业名称", "说明"];
    for (column, title) in titles.iter().enumerate() {
        sheet.write_string(0, column as u16, *title).unwrap();
    }
    for row in 1..=20_000_u32 {
        let day = if row % 56 == 0 { "2013-02-30" } else { "2013-02-28" };
        sheet.write_string(row, 0, row.to_string()).unwrap().write_string(row, 1, day).unwrap();
        sheet.write_string(row, 2, "2030-01-01").unwrap().write_number(row, 3, row % 1000).unwrap();
        sheet.write_number(row, 4, f64::from(row) / 4.0).unwrap().write_string(row, 5, "优良").unwrap();
        sheet.write_string(row, 6, "甘肃定西粉业").unwrap().write_string(row, 7, "备注").unwrap();
    }
    let (_file, request) = plain(&book.save_to_buffer().unwrap());
    let checked = import(&request);
    let (bytes, done) = annotate(&program(), &request, Lang::Zh, |_| {}).unwrap();
    assert!(bytes.starts_with(b"PK"));
    assert_eq!((done.seen, done.refused, checked.done.refused), (20_000, 357, 357));
}
