//! Input that means harm: every case ends in an answer, quickly, with rows that add up.

use std::io::{Cursor, Write};
use std::time::Instant;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Outcome, rows};

/// A workbook of raw parts.
pub(crate) fn workbook(sheet: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    part(
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    );
    part(
        "_rels/.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    );
    part(
        "xl/workbook.xml",
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    );
    part(
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    );
    part("xl/worksheets/sheet1.xml", sheet);
    zip.finish().unwrap().into_inner()
}

pub(crate) fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

pub(crate) fn cell(name: &str, text: &str) -> String {
    format!(r#"<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn quickly(bytes: &[u8]) -> Outcome {
    let started = Instant::now();
    let outcome = rows(bytes);
    // Two seconds in release; four times that for unoptimised tests on a busy machine.
    assert!(started.elapsed().as_secs() < 8, "{:?}", started.elapsed());
    outcome
}

#[test]
fn two_cells_at_the_corners_of_a_sheet() {
    let header = format!("<row r=\"1\">{}{}</row>", cell("A1", "no"), cell("B1", "day"));
    let far = format!("<row r=\"1048576\">{}</row>", cell("XFD1048576", "x"));
    let outcome = quickly(&workbook(&sheet(&format!("{header}{far}"))));
    assert_eq!(outcome.failed, None);
    assert_eq!(outcome.codes(), [("ZH3018".into(), 1_048_576, String::new())]);
    // Rows and columns that go backwards.
    let back = format!(
        "<row r=\"1\">{}{}</row><row r=\"1\">{}</row>",
        cell("B1", "day"),
        cell("A1", "no"),
        cell("A1", "x")
    );
    assert!(quickly(&workbook(&sheet(&back))).failed.is_some());
    let mixed = format!("<row r=\"2\">{}{}</row>", cell("B2", "2013-01-01"), cell("A2", "1"));
    assert_eq!(quickly(&workbook(&sheet(&format!("{header}{mixed}")))).codes()[0].0, "ZH3109");
}

#[test]
fn archives_that_inflate_or_multiply() {
    let bomb = sheet(&" ".repeat(300_000_000));
    let packed = workbook(&bomb);
    assert!(packed.len() < 1_000_000);
    let failed = quickly(&packed).failed.unwrap();
    assert_eq!((failed.code.as_ref(), failed.args["what"].as_str()), ("ZH3010", "ratio"));

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..1_500 {
        zip.start_file(format!("part{n}"), SimpleFileOptions::default()).unwrap();
    }
    let failed = quickly(&zip.finish().unwrap().into_inner()).failed.unwrap();
    assert_eq!(failed.args["what"], "parts");

    // A header that lies about its size: the central directory says ten bytes.
    let mut lying = workbook(&sheet(&" ".repeat(3_000_000)));
    let real = 3_000_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4)
        .filter(|&at| {
            lying[at + 3] == real[3] && lying[at + 2] == real[2] && lying[at..at + 4] > b"\0\0\0\0"[..]
        })
        .collect();
    for at in places {
        if u32::from_le_bytes([lying[at], lying[at + 1], lying[at + 2], lying[at + 3]]).abs_diff(3_000_000)
            < 400
        {
            lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
    }
    assert!(quickly(&lying).failed.is_some());
    let doctype = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet><sheetData/></worksheet>";
    assert_eq!(quickly(&workbook(doctype)).failed.unwrap().code, "ZH3011");
    assert_eq!(quickly(b"PK\x03\x04 not a zip").failed.unwrap().code, "ZH3011");
    assert_eq!(quickly(b"\xd0\xcf\x11\xe0old").failed.unwrap().code, "ZH3019");

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(b"no,day\n").unwrap();
    packed.write_all(&vec![b'\n'; 50_000_000]).unwrap();
    let failed = quickly(&packed.finish().unwrap()).failed.unwrap();
    assert_eq!((failed.code.as_ref(), failed.args["what"].as_str()), ("ZH3010", "ratio"));
}

#[test]
fn a_parquet_file_of_31_bytes_that_claims_200_million_row_groups() {
    let mut file = b"PAR1".to_vec();
    let footer = [
        0x15, 0x02, 0x39, 0xfc, 0x80, 0x84, 0xaf, 0x5f, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00,
    ];
    file.extend(footer);
    file.extend((footer.len() as u32).to_le_bytes());
    file.extend(b"PAR1");
    assert_eq!(file.len(), 31);
    assert_eq!(quickly(&file).failed.unwrap().code, "ZH3012");
}

#[test]
fn text_files_with_nul_unclosed_quote_and_ragged_rows() {
    let outcome =
        quickly(b"no,day\n1,2013-01-01\n2\0,2013-01-01\n3\n4,2013-01-01,x\n5,2013-01-01,\n\xff,2013-01-01\n");
    let codes: Vec<_> = outcome.codes().into_iter().map(|(code, row, _)| (code, row)).collect();
    let wanted = [("ZH3103", 3), ("ZH3101", 4), ("ZH3101", 5), ("ZH3102", 7)];
    assert_eq!(codes, wanted.map(|(code, row)| (code.to_owned(), row)));
    assert_eq!((outcome.done.seen, outcome.done.kept), (6, 2));
    let mut quote = b"no,day\n1,2013-01-01\n2,\"".to_vec();
    quote.resize(64 << 20, b'x');
    let failed = quickly(&quote).failed.unwrap();
    assert_eq!((failed.code.as_ref(), failed.args["row"].as_str()), ("ZH3014", "3"));
    let wide = format!("no,day\n1,2013-01-01{}\n2,2013-01-01\n", ",".repeat(5_000));
    assert_eq!(quickly(wide.as_bytes()).codes()[0].0, "ZH3018");
}

#[test]
fn json_that_nests_repeats_or_overflows() {
    let start = Instant::now();
    let deep = quickly("[".repeat(100_000).as_bytes());
    assert_eq!(deep.failed.unwrap().code, "ZH3108");
    assert!(start.elapsed().as_millis() < 1_000);
    let lines = concat!(
        "{\"no\":\"1\",\"no\":\"2\",\"day\":\"2013-01-01\"}\n",
        "{\"no\":\"\\ud800\",\"day\":\"2013-01-01\"}\n",
        "{\"no\":\"3\",\"day\":\"2013-01-01\",\"amount\":1e400}\n",
        "{\"no\":9007199254740993,\"day\":\"2013-01-01\"}\n",
        "{\"no\":\"5\",\"day\":\"2013-01-01\",\"count\":{\"a\":1}}\n",
        "{\"no\":\"6\",\"day\":\"2013-01-01\",\"count\":[{}]}\n",
        "[1]\n",
        "{\"no\":\n",
    );
    let mut text = lines.to_owned();
    text.push_str(&format!("{{\"no\":{}\n", "[".repeat(100_000)));
    let outcome = quickly(text.as_bytes());
    let codes: Vec<_> = outcome.codes().into_iter().map(|(code, row, _)| (code, row)).collect();
    let wanted = [
        ("ZH3106", 1),
        ("ZH3107", 2),
        ("ZH3205", 3),
        ("ZH3113", 6),
        ("ZH3111", 7),
        ("ZH3110", 8),
        ("ZH3108", 9),
    ];
    assert_eq!(codes, wanted.map(|(code, row)| (code.to_owned(), row)));
    assert_eq!(outcome.data(0)["no"], "9007199254740993");
    assert_eq!(outcome.done.seen, 9);
}

#[test]
fn names_and_texts_are_kept_exactly() {
    let texts = [
        "=HYPERLINK(\"\"http://x\"\")",
        "<script>alert(1)</script>",
        "#read(\"\"/etc/passwd\"\")",
        "{{7*7}}",
        "'; DROP TABLE entries; --",
        "@cmd",
        "+1",
        "-1",
        "全角（括号）",
        "half (brackets)",
    ];
    let mut csv = "no,day,note\n".to_owned();
    for (n, text) in texts.iter().enumerate() {
        csv.push_str(&format!("{n},2013-01-01,\"{text}\"\n"));
    }
    let outcome = rows(csv.as_bytes());
    assert_eq!(outcome.done.kept, texts.len() as u64);
    for (n, text) in texts.iter().enumerate() {
        assert_eq!(outcome.data(n)["note"], text.replace("\"\"", "\""));
    }
}
