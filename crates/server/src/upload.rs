//! Uploads: the fields and files of a multipart form. Files go to disk as they come, under names of our own, and are gone when nobody
//! keeps them; what is in them is read by the limited child process of `zhiheng-intake`, never here.

use std::path::{Path, PathBuf};

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;
use zhiheng_base::Diagnostic;
use zhiheng_record::verify::to_hex;

use crate::call::{Call, too_large};
use crate::door::body::BodyTrouble;
use crate::form::Form;
use crate::problem::Problem;
use crate::route::Kind;
use crate::signin::secret;

/// Most parts of one upload.
const PARTS_MAX: usize = 100;

/// Most parts of a program's, whose JSON names each file: the reports of a day.
const PROGRAM_PARTS_MAX: usize = 1_001;

/// Longest text of a field.
const FIELD_MAX: usize = 64 * 1024;

/// Longest file name.
const NAME_MAX: usize = 120;

/// A file that was handed in. It is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Uploaded {
    /// Name of the form's field.
    pub(crate) field: String,
    /// Name as the user knows it, without folders.
    pub(crate) name: String,
    /// Where it lies.
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
    /// SHA-256 in hex.
    pub(crate) sha256: String,
}

impl Drop for Uploaded {
    fn drop(&mut self) {
        // Kept ones were moved away: then there is nothing to remove.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Reads the upload of a call into `folder`: fields, and files that are not empty.
///
/// # Errors
///
/// ZH7514 what is no multipart form, ZH7515 too slow, ZH7516 too large.
pub(crate) async fn read(call: &Call, folder: &Path) -> Result<(Form, Vec<Uploaded>), Problem> {
    let mut request = Request::new(call.body());
    if let Some(kind) = call.headers.get(CONTENT_TYPE) {
        request.headers_mut().insert(CONTENT_TYPE, kind.clone());
    }
    // The body guards its own length; the extractor would stop at two megabytes.
    DefaultBodyLimit::disable().apply(&mut request);
    let unread = || Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "ZH7514");
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unread())?;
    let most = call.server.limits(call.arrival.door).upload_bytes;
    // What programs send as JSON beside their files is as long as JSON alone may be.
    let is_for_programs = call.route.kind == Kind::Api;
    let form_bytes = usize::try_from(call.server.limits(call.arrival.door).form_bytes).unwrap_or(FIELD_MAX);
    let field_max = if is_for_programs { form_bytes } else { FIELD_MAX };
    let parts_max = if is_for_programs { PROGRAM_PARTS_MAX } else { PARTS_MAX };
    let mut fields = Vec::new();
    let mut files = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(|error| trouble(&error, most))? {
        if fields.len() + files.len() == parts_max {
            return Err(unread());
        }
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name().map(plain) {
            let uploaded = keep(&mut part, (name, file), folder, most).await?;
            if uploaded.size > 0 {
                files.push(uploaded);
            }
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| trouble(&error, most))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > field_max {
                return Err(unread());
            }
        }
        let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or_else(unread)?;
        fields.push((name, text));
    }
    Ok((Form::of(fields), files))
}

async fn keep(
    part: &mut Field<'_>,
    (field, name): (String, String),
    folder: &Path,
    most: u64,
) -> Result<Uploaded, Problem> {
    let mut spool = Spool::open(folder, field, name).await?;
    while let Some(chunk) = part.chunk().await.map_err(|error| trouble(&error, most))? {
        spool.take(&chunk).await?;
    }
    spool.done().await
}

/// Takes the whole body of a call as one file called `name`.
///
/// # Errors
///
/// ZH7515 too slow, ZH7516 too large.
pub(crate) async fn whole(call: &Call, folder: &Path, name: String) -> Result<Uploaded, Problem> {
    let most = call.server.limits(call.arrival.door).upload_bytes;
    let mut spool = Spool::open(folder, "file".to_owned(), name).await?;
    let mut body = call.body();
    while let Some(frame) = body.frame().await {
        let frame =
            frame.map_err(|error| caused(&error, most).unwrap_or_else(|| Problem::malformed("body")))?;
        if let Ok(chunk) = frame.into_data() {
            spool.take(&chunk).await?;
        }
    }
    spool.done().await
}

/// A file that comes in, piece by piece.
struct Spool {
    file: tokio::fs::File,
    hash: Sha256,
    /// Its file is removed with it, whatever happens.
    uploaded: Uploaded,
}

impl Spool {
    async fn open(folder: &Path, field: String, name: String) -> Result<Spool, Problem> {
        let path = folder.join(format!("upload-{}.part", secret::random()?));
        let file = tokio::fs::File::create_new(&path).await.map_err(Problem::ours)?;
        let uploaded = Uploaded { field, name, path, size: 0, sha256: String::new() };
        Ok(Spool { file, hash: Sha256::new(), uploaded })
    }

    async fn take(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        self.uploaded.size += chunk.len() as u64;
        self.hash.update(chunk);
        self.file.write_all(chunk).await.map_err(full)
    }

    async fn done(mut self) -> Result<Uploaded, Problem> {
        self.file.flush().await.map_err(full)?;
        self.uploaded.sha256 = to_hex(&self.hash.finalize());
        Ok(self.uploaded)
    }
}

/// A disk that is full is said to be full.
fn full(error: std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Problem::from(Diagnostic::error("ZH4061"))
        }
        _ => Problem::ours(error),
    }
}

/// What the body's guard said, through the layers of the multipart reader.
fn trouble(error: &MultipartError, most: u64) -> Problem {
    caused(error, most).unwrap_or_else(|| Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "ZH7514"))
}

/// What the body's guard said, if it did.
fn caused(error: &dyn std::error::Error, most: u64) -> Option<Problem> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        match inner.downcast_ref::<BodyTrouble>() {
            Some(BodyTrouble::TooLarge) => return Some(too_large(most)),
            Some(BodyTrouble::TooSlow) => return Some(Problem::of(StatusCode::REQUEST_TIMEOUT, "ZH7515")),
            Some(BodyTrouble::Broken) => return Some(Problem::malformed("body")),
            None => cause = inner.source(),
        }
    }
    None
}

/// A file's name without folders, control characters and marks that turn the direction of text (`gpj.exe` read as
/// `exe.jpg`).
pub(crate) fn plain(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bad = |c: &char| {
        c.is_control()
            || matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let name: String = name.chars().filter(|c| !bad(c)).take(NAME_MAX).collect();
    if name.trim_matches(['.', ' ']).is_empty() { "file".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_a_name_and_no_path() {
        for (given, wanted) in [
            ("抽查结果.xlsx", "抽查结果.xlsx"),
            ("C:\\用户\\抽查.xlsx", "抽查.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb\0.csv", "ab.csv"),
            ("报\u{202e}xslx.exe", "报xslx.exe"),
            ("..", "file"),
            ("", "file"),
            ("dir/", "file"),
        ] {
            assert_eq!(plain(given), wanted);
        }
        assert_eq!(plain(&"长".repeat(500)).chars().count(), 120);
    }
}
