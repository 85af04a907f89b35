//! Counting a workbook's archive before anything believes its sizes.
//!
//! Every part is inflated once into nothing and counted; what the headers claim is ignored. The archive is
//! refused for too many parts, too many bytes, too high a ratio, or a document type declaration.

use std::fs::File;
use std::io::{BufReader, Read};

use zhiheng_base::Diagnostic;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::Limits;
use crate::problem::Site;

/// Passes if the archive stays within the limits.
pub(super) fn guard(file: &File, site: &Site, limits: &Limits) -> Result<(), Diagnostic> {
    let over = |what: &str, limit: u64| Err(site.file_error("ZH3010").arg("what", what).arg("limit", limit));
    let broken = |error: ZipError| site.file_error("ZH3011").arg("why", error);
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    if archive.len() > limits.parts {
        return over("parts", limits.parts as u64);
    }
    let mut total = 0_u64;
    let mut buffer = vec![0_u8; 64 << 10];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let packed = part.compressed_size().max(1);
        let mut inflated = 0_u64;
        loop {
            let got = part.read(&mut buffer).map_err(|error| site.file_error("ZH3011").arg("why", error))?;
            if got == 0 {
                break;
            }
            if inflated == 0 && has_doctype(&buffer[..got.min(1_024)]) {
                return Err(site.file_error("ZH3011").arg("why", "<!DOCTYPE"));
            }
            inflated += got as u64;
            total += got as u64;
            if total > limits.workbook_bytes {
                return over("inflated", limits.workbook_bytes);
            }
            if inflated > limits.ratio_from && inflated / packed > limits.ratio {
                return over("ratio", limits.ratio);
            }
        }
    }
    Ok(())
}

fn has_doctype(start: &[u8]) -> bool {
    start.windows(9).any(|window| window.eq_ignore_ascii_case(b"<!doctype"))
}
