//! CSV and TSV.

use std::io::{self, Read};

use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::FileFormat;

use super::decode::Decoder;
use super::header::HeaderSearch;
use super::records::{Fault, Next, Records};
use super::sniff::io_problem;
use super::{Head, RowBuf, RowSink, Tail};
use crate::limits::Limits;
use crate::problem::Site;

/// Rows between two signs of progress.
const STEP: u64 = 4_096;

pub(super) fn read(
    source: Box<dyn Read>,
    format: FileFormat,
    packed: bool,
    site: &Site,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<Tail, Diagnostic> {
    let broken = |error: io::Error| io_problem(site, &error);
    let delimiter = (format == FileFormat::Tsv).then_some(b'\t');
    let decoder = Decoder::new(source).map_err(broken)?;
    let mut records = Records::new(decoder, delimiter, limits).map_err(broken)?;
    let format = if records.delimiter() == b'\t' { FileFormat::Tsv } else { FileFormat::Csv };
    let head = Head {
        format,
        packed,
        encoding: None,
        sheet: None,
        header_row: 0,
        columns: Vec::new(),
        template: Vec::new(),
    };
    let mut search = HeaderSearch::new(sink, site, head, true);
    let mut row = RowBuf::default();
    loop {
        let next = records.next(&mut row).map_err(broken)?;
        search.encoding(records.input.encoding());
        match next {
            Next::End => break,
            Next::Row => search.push(&row)?,
            Next::Bad(fault) => {
                let problem = explain(fault, row.number, site, limits);
                if fault == Fault::Unclosed {
                    return Err(problem);
                }
                search.bad(row.number, problem)?;
            }
        }
        if row.number % STEP == 0 {
            search.progress(records.input.consumed());
        }
    }
    let blank = search.finish()?;
    Ok(Tail { encoding: records.input.encoding().map(str::to_owned), blank })
}

fn explain(fault: Fault, row: u64, site: &Site, limits: &Limits) -> Diagnostic {
    match fault {
        Fault::NotUtf8 => site.row_error("ZH3102", row),
        Fault::Nul => site.row_error("ZH3103", row),
        Fault::LongCell => site.row_error("ZH3104", row).arg("limit", limits.cell_bytes),
        Fault::LongRow => site.row_error("ZH3105", row).arg("limit", limits.row_bytes),
        Fault::ManyColumns => site.row_error("ZH3018", row).arg("limit", limits.columns),
        Fault::Unclosed => site.row_error("ZH3014", row).arg("limit", limits.row_bytes),
    }
}
