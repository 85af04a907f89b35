//! A table, with a header row that repeats on every page.

use std::fmt::Write as _;

use zhiheng_publish::model::{Cell, Table};

use super::xml::{Links, escaped, line};
use crate::columns::{Plan, plan};
use crate::links::link;
use crate::options::PressOptions;
use crate::wording::Wording;

/// Twentieths of a point in a point.
const TWIPS: f64 = 20.0;

/// The table with caption and remarks, and whether it needs a page on its side.
pub(super) fn table(
    table: &Table,
    words: Wording,
    options: &PressOptions,
    links: &mut Links,
) -> (String, bool) {
    let heads: Vec<String> =
        table.columns.iter().map(|column| words.column(&column.title, column.unit.as_deref())).collect();
    let plan = plan(table, &heads);
    let caption = words.caption(&words.table(table.number), &table.caption);
    let mut out = String::new();
    if !caption.is_empty() {
        let _ = write!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/><w:keepNext/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(&caption)
        );
    }
    let widths: Vec<i64> = plan.widths.iter().map(|width| (width * TWIPS).round() as i64).collect();
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>\
         <w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>\
         <w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"999999\"/></w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>",
        widths.iter().sum::<i64>(),
        escaped(&caption)
    );
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (head, width) in heads.iter().zip(&widths) {
        let text =
            format!("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", look(&plan, true), escaped(head));
        cell(&mut out, *width, "center", &text);
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for ((item, column), width) in row.iter().zip(&table.columns).zip(&widths) {
            let side = if column.number { "right" } else { "left" };
            cell(&mut out, *width, side, &content(item, &plan, options, links, words));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    for (index, remark) in table.remarks.iter().enumerate() {
        let start = if index == 0 { words.word("remark") } else { String::new() };
        out.push_str(&line("Remark", &format!("{start}{remark}")));
    }
    (out, plan.sideways)
}

/// Character properties of a table's text.
fn look(plan: &Plan, head: bool) -> String {
    let half_points = (plan.size * 2.0).round() as i64;
    let face = if head { "<w:rFonts w:eastAsia=\"SimHei\"/>" } else { "" };
    format!("<w:rPr>{face}<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/></w:rPr>")
}

fn content(cell: &Cell, plan: &Plan, options: &PressOptions, links: &mut Links, words: Wording) -> String {
    let mark = if cell.small { words.word("small-mark") } else { String::new() };
    let run = format!(
        "<w:r>{}<w:t xml:space=\"preserve\">{}{}</w:t></w:r>",
        look(plan, false),
        escaped(&cell.text),
        escaped(&mark)
    );
    match cell.address.as_deref().and_then(|address| link(&options.links, address)) {
        Some(url) => links.wrap(&url, &run),
        None => run,
    }
}

fn cell(out: &mut String, width: i64, side: &str, runs: &str) {
    let _ = write!(
        out,
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>\
         <w:p><w:pPr><w:pStyle w:val=\"TableText\"/><w:jc w:val=\"{side}\"/></w:pPr>{runs}</w:p></w:tc>"
    );
}
