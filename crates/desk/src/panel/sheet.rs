//! A reviewer's sheet before it is opened: a file of the project that is its owner's alone.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::json;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_judge::Mark;
use zhiheng_record::Project;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use super::Round;
use crate::handin::draft::{read, write};
use crate::put::canonical_bytes;
use crate::trouble::Trouble;

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Scheme.
    pub scheme: String,
    /// Place.
    pub place: String,
    /// Period.
    pub period: String,
    /// Stage.
    pub stage: String,
    /// Account whose it is.
    pub reviewer: String,
    /// The person behind the account: two accounts of one person are one reviewer.
    pub person: String,
    /// What was given so far.
    pub marks: Vec<Mark>,
    /// Salt of the seal and the day, once it is sealed: from then on it does not change.
    pub sealed: Option<(String, Date)>,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(round: &Round<'_>, reviewer: &str, person: &str) -> Sheet {
        Sheet {
            scheme: round.scheme.head.id.clone(),
            place: round.place.to_string(),
            period: round.period.to_string(),
            stage: round.panel.stage.clone(),
            reviewer: reviewer.to_owned(),
            person: person.to_owned(),
            marks: Vec::new(),
            sealed: None,
        }
    }

    /// Points given to an item.
    pub fn mark(&self, item: &str) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.item == item)
    }
}

/// The SHA-256 (hex) of a sheet with its salt, over the canonical JSON (RFC 8785) of
/// `{marks: [{comment, item, points}], period, place, reviewer, salt, scheme, stage}` with the marks in order of items and points
/// without trailing zeros.
///
/// Errors: none that a sheet can have.
pub fn digest(sheet: &Sheet, salt: &str) -> Result<String, Trouble> {
    let mut marks: Vec<&Mark> = sheet.marks.iter().collect();
    marks.sort_by(|a, b| a.item.cmp(&b.item));
    let marks: Vec<_> = marks
        .into_iter()
        .map(|mark| {
            json!({ "item": mark.item, "points": mark.points.normalize().to_string(), "comment": mark.comment })
        })
        .collect();
    let form = json!({
        "marks": marks,
        "period": sheet.period,
        "place": sheet.place,
        "reviewer": sheet.reviewer,
        "salt": salt,
        "scheme": sheet.scheme,
        "stage": sheet.stage,
    });
    Ok(to_hex(&sha256(&canonical_bytes(&form)?)))
}

/// 32 random bytes as hex.
///
/// Errors: the machine has no randomness.
pub(super) fn salt() -> Result<String, Trouble> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Trouble::Internal(error.to_string().into()))?;
    Ok(to_hex(&bytes))
}

/// The sheets of a project that are not opened yet.
#[derive(Clone, Debug)]
pub struct Sheets {
    dir: PathBuf,
}

impl Sheets {
    /// Those in the project's folder, which is made if it is not there.
    ///
    /// Errors: the folder cannot be made.
    pub fn of(project: &Project) -> Result<Sheets, Trouble> {
        let dir = project.dir().join("panels");
        fs::create_dir_all(&dir)?;
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o700))?;
        Ok(Sheets { dir })
    }

    /// A reviewer's sheet of a round; `None` if nothing was kept yet.
    pub fn get(&self, round: &Round<'_>, reviewer: &str) -> Option<Sheet> {
        read(&self.path(round, reviewer))
    }

    /// Keeps a sheet.
    ///
    /// Errors: ZH7335 it is sealed, and those of the disk.
    pub fn keep(&self, round: &Round<'_>, sheet: &Sheet) -> Result<(), Trouble> {
        let before = self.get(round, &sheet.reviewer);
        if before.is_some_and(|before| before.sealed.is_some() && before != *sheet) {
            return Err(Diagnostic::error("ZH7335").into());
        }
        write(&self.path(round, &sheet.reviewer), sheet)
    }

    /// Forgets a sheet, once its points are in the ledger.
    ///
    /// Errors: those of the disk.
    pub fn forget(&self, round: &Round<'_>, reviewer: &str) -> Result<(), Trouble> {
        match fs::remove_file(self.path(round, reviewer)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn path(&self, round: &Round<'_>, reviewer: &str) -> PathBuf {
        let name = to_hex(&sha256(format!("{}\n{reviewer}", round.name()).as_bytes()));
        self.dir.join(format!("{}.json", name.get(..32).unwrap_or(&name)))
    }
}
