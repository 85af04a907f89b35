//! The same rows in every format, and where each format's header is found.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zhiheng_catalog::model::FileFormat;

use crate::support::{Outcome, rows};

/// The two rows that every format of this file carries.
fn holds_the_two_rows(outcome: &Outcome, format: FileFormat) {
    assert_eq!(outcome.failed, None);
    assert_eq!(outcome.problems.iter().filter(|p| p.is_error()).count(), 0, "{:?}", outcome.problems);
    assert_eq!(outcome.head.as_ref().unwrap().format, format);
    assert_eq!(
        outcome.data(0),
        serde_json::json!({ "no": "甲-1", "day": "2013-05-21", "count": 12, "amount": "0.1" })
    );
    assert_eq!(outcome.data(1), serde_json::json!({ "no": "㐱𠮷", "day": "2013-05-22", "tags": ["x", "y"] }));
    assert_eq!(outcome.done.kept, 2);
}

const CSV: &str = "编号,日期,数量,产量,标签\r\n甲-1,2013-05-21,12,0.10,\n\r\n㐱𠮷,2013-05-22,,,x;y";

#[test]
fn csv_in_five_encodings_and_packed() {
    let utf16 = |big: bool| -> Vec<u8> {
        let order = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xfeff).chain(CSV.encode_utf16()).flat_map(order).collect()
    };
    for (bytes, encoding) in [
        (CSV.as_bytes().to_vec(), "UTF-8"),
        ([b"\xef\xbb\xbf", CSV.as_bytes()].concat(), "UTF-8"),
        (encoding_rs::GB18030.encode(CSV).0.into_owned(), "GB18030"),
        (utf16(false), "UTF-16LE"),
        (utf16(true), "UTF-16BE"),
    ] {
        let outcome = rows(&bytes);
        holds_the_two_rows(&outcome, FileFormat::Csv);
        assert_eq!(outcome.head.as_ref().unwrap().encoding.as_deref(), Some(encoding));
        assert_eq!(outcome.done.encoding.as_deref(), Some(encoding));
        assert_eq!(outcome.drafts[1].place.as_ref().unwrap().row, 4, "blank lines count");
        assert_eq!(outcome.done.blank, 1);
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(CSV.as_bytes()).unwrap();
    let outcome = rows(&packed.finish().unwrap());
    holds_the_two_rows(&outcome, FileFormat::Csv);
    assert!(outcome.head.unwrap().packed);
    holds_the_two_rows(&rows(CSV.replace(',', "\t").as_bytes()), FileFormat::Tsv);
    holds_the_two_rows(&rows(CSV.replace(';', "、").replace(',', ";").as_bytes()), FileFormat::Csv);
}

#[test]
fn json_lines_and_array() {
    let one = r#"{"编号":"甲-1","日期":"2013-05-21","数量":12,"产量":0.10,"标签":[]}"#;
    let two = r#"{"标签":["x","y"],"no":"㐱𠮷","日期":"2013-05-22","数量":null}"#;
    // The second object calls its number by another of the field's names.
    let lines = format!("{one}\n\n{}\n", two.replace("\"no\"", "\"编号\""));
    holds_the_two_rows(&rows(lines.as_bytes()), FileFormat::Jsonl);
    let array = format!(" [ {one} ,\n{} ] ", two.replace("\"no\"", "\"编号\""));
    holds_the_two_rows(&rows(array.as_bytes()), FileFormat::Json);
}

#[test]
fn workbook_with_titles_above_the_header_on_the_second_sheet() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("封面").unwrap().write_string(0, 0, "编号").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("数据").unwrap();
    sheet.merge_range(0, 0, 0, 4, "二〇一三年报表", &Format::new().set_bold()).unwrap();
    sheet.write_string(1, 0, "单位：示例局").unwrap();
    for (column, title) in ["编号*", "日期 *", "数量", "产量（吨）", "标签"].iter().enumerate() {
        sheet.write_string(3, column as u16, *title).unwrap();
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_string(4, 0, "甲-1").unwrap();
    let date = ExcelDateTime::from_ymd(2013, 5, 21).unwrap();
    sheet.write_datetime_with_format(4, 1, &date, &day).unwrap();
    sheet.write_number(4, 2, 12).unwrap().write_number(4, 3, 0.1).unwrap();
    sheet.write_string(6, 0, "㐱𠮷").unwrap().write_string(6, 1, "2013-05-22").unwrap();
    sheet.write_string(6, 4, "x；y").unwrap();
    let outcome = rows(&book.save_to_buffer().unwrap());
    holds_the_two_rows(&outcome, FileFormat::Xlsx);
    let head = outcome.head.unwrap();
    assert_eq!((head.sheet.as_deref(), head.header_row), (Some("数据"), 4));
    let place = outcome.drafts[1].place.as_ref().unwrap();
    assert_eq!((place.sheet.as_deref(), place.row), (Some("数据"), 7));
}

#[test]
fn workbook_cells_that_lost_something_are_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in ["no", "day", "firm", "count"].iter().enumerate() {
        sheet.write_string(0, column as u16, *title).unwrap();
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_string(1, 0, "1").unwrap().write_number_with_format(1, 1, 60, &day).unwrap();
    sheet.write_string(2, 0, "2").unwrap().write_number(2, 1, 41_568).unwrap();
    sheet.write_string(3, 0, "3").unwrap().write_string(3, 1, "2013-01-01").unwrap();
    sheet.write_number(3, 2, 913_301_007_996_550_580_f64).unwrap();
    sheet.write_string(4, 0, "4").unwrap().write_string(4, 1, "2013-01-01").unwrap();
    sheet.write_formula(4, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let outcome = rows(&book.save_to_buffer().unwrap());
    let wanted = [("ZH3112", 2, "day"), ("ZH3207", 3, "day"), ("ZH3224", 4, "firm"), ("ZH3112", 5, "count")];
    assert_eq!(outcome.codes(), wanted.map(|(code, row, column)| (code.into(), row, column.into())));
    assert_eq!(outcome.problems[1].args["suggestion"], "2013-10-21");
}

#[test]
fn parquet_rows() {
    let schema = "message row {
        REQUIRED BYTE_ARRAY no (UTF8); REQUIRED INT32 day (DATE); OPTIONAL INT64 count;
        OPTIONAL BYTE_ARRAY amount (DECIMAL(9,2)); OPTIONAL BYTE_ARRAY tags (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let texts =
        |texts: &[&str]| -> Vec<ByteArray> { texts.iter().map(|text| ByteArray::from(*text)).collect() };
    for column in 0..5 {
        let mut column_writer = group.next_column().unwrap().unwrap();
        match column {
            0 => column_writer.typed::<ByteArrayType>().write_batch(&texts(&["甲-1", "㐱𠮷"]), None, None),
            // 2013-05-21 is day 15,846.
            1 => column_writer.typed::<Int32Type>().write_batch(&[15_846, 15_847], None, None),
            2 => column_writer.typed::<Int64Type>().write_batch(&[12], Some(&[1, 0]), None),
            3 => column_writer.typed::<ByteArrayType>().write_batch(
                &[ByteArray::from(vec![10_u8])],
                Some(&[1, 0]),
                None,
            ),
            _ => column_writer.typed::<ByteArrayType>().write_batch(&texts(&["x;y"]), Some(&[0, 1]), None),
        }
        .unwrap();
        column_writer.close().unwrap();
    }
    group.close().unwrap();
    holds_the_two_rows(&rows(&writer.into_inner().unwrap()), FileFormat::Parquet);
}

#[test]
fn a_missing_column_is_named_with_the_nearest() {
    let outcome = rows("编号,日 期 间\n1,2013-01-01\n".as_bytes());
    let failed = outcome.failed.unwrap();
    assert_eq!(failed.code, "ZH3004");
    assert_eq!((failed.args["field_zh"].as_str(), failed.args["nearest"].as_str()), ("日期", "日 期 间"));
    let double = rows(b"no,day,Number\n1,2013-01-01,1\n").failed.unwrap();
    assert_eq!((double.code.as_ref(), double.args["second"].as_str()), ("ZH3007", "Number"));
    assert_eq!(rows(b"").failed.unwrap().code, "ZH3003");
    let unused = rows("no,day,别的\n1,2013-01-01,x\n".as_bytes());
    assert_eq!((unused.problems[0].code.as_ref(), unused.done.flagged), ("ZH3006", 0));
}
