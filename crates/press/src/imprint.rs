//! What a file says about its own making, so that it can be made again and compared.
//!
//! Every format carries the same line in its metadata: `zhiheng-imprint:` and the base64url of a small JSON
//! object. [`Imprint::read`] finds it again in a PDF, HTML, DOCX or XLSX file.

use std::io::{Cursor, Read};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_publish::letter::{Letter, LetterPins};
use zhiheng_publish::model::{Issue, Pins, Report};

use crate::options::PressOptions;

const MARK: &str = "zhiheng-imprint:";
const LETTER_MARK: &str = "zhiheng-letter:";

/// Largest part of an office file that is searched, bytes.
const LARGEST_PART: u64 = 1 << 20;

/// Everything besides fonts, ledger and catalog that decides the bytes of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imprint {
    /// Report id, `reports.quality-status`.
    pub report: String,
    /// Language.
    pub lang: Lang,
    /// Issuing particulars.
    pub issue: Issue,
    /// What the report was computed from.
    pub pins: Pins,
    /// How it was printed.
    pub options: PressOptions,
}

impl Imprint {
    /// The imprint of a print.
    pub fn of(report: &Report, options: &PressOptions) -> Imprint {
        Imprint {
            report: report.id.clone(),
            lang: report.lang,
            issue: report.issue.clone(),
            pins: report.pins.clone(),
            options: options.clone(),
        }
    }

    /// The imprint as one line of plain ASCII.
    pub fn line(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        format!("{MARK}{}", URL_SAFE_NO_PAD.encode(json))
    }

    /// Reads the imprint out of a pressed file.
    ///
    /// # Errors
    ///
    /// ZH6506: the file holds none (another program wrote it, or saved it anew).
    pub fn read(file: &[u8]) -> Result<Imprint, Diagnostic> {
        read(file, MARK).ok_or_else(|| Diagnostic::error("ZH6506"))
    }
}

/// What a pressed letter says about itself: enough to find it in the ledger and to check it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetterImprint {
    /// Template, `sampling.order-to-correct`.
    pub letter: String,
    /// Number.
    pub number: String,
    /// What it was written from.
    pub pins: LetterPins,
    /// How it was printed.
    pub options: PressOptions,
}

impl LetterImprint {
    /// The imprint of a print.
    pub fn of(letter: &Letter, options: &PressOptions) -> LetterImprint {
        LetterImprint {
            letter: letter.id.clone(),
            number: letter.number.clone(),
            pins: letter.pins.clone(),
            options: options.clone(),
        }
    }

    /// The imprint as one line of plain ASCII.
    pub fn line(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        format!("{LETTER_MARK}{}", URL_SAFE_NO_PAD.encode(json))
    }

    /// Reads the imprint out of a pressed letter.
    ///
    /// # Errors
    ///
    /// ZH6506: the file holds none (another program wrote it, or saved it anew).
    pub fn read(file: &[u8]) -> Result<LetterImprint, Diagnostic> {
        read(file, LETTER_MARK).ok_or_else(|| Diagnostic::error("ZH6506"))
    }
}

fn read<T: DeserializeOwned>(file: &[u8], mark: &str) -> Option<T> {
    if file.starts_with(b"PK") { in_archive(file, mark) } else { in_bytes(file, mark) }
}

fn in_archive<T: DeserializeOwned>(file: &[u8], mark: &str) -> Option<T> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).ok()?;
    let part = archive.by_name("docProps/core.xml").ok()?;
    let mut bytes = Vec::new();
    part.take(LARGEST_PART).read_to_end(&mut bytes).ok()?;
    in_bytes(&bytes, mark)
}

fn in_bytes<T: DeserializeOwned>(bytes: &[u8], mark: &str) -> Option<T> {
    let start = bytes.windows(mark.len()).position(|window| window == mark.as_bytes())? + mark.len();
    let rest = &bytes[start..];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let end = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
    let json = URL_SAFE_NO_PAD.decode(&rest[..end]).ok()?;
    serde_json::from_slice(&json).ok()
}
