//! Playing a story: step by step, each held against what it expects.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use toml::Spanned;
use zhiheng_act::case::Kind;
use zhiheng_base::words::Words;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_measure::engine::{Engine, EngineOptions};

use super::model::{Step, Story, day};
use crate::desk::{Desk, Moment};
use crate::rules::adopt;
use crate::trouble::Trouble;

/// What was done or seen in one step, for telling.
#[derive(Clone, Debug)]
pub enum Told {
    /// A chapter begins.
    Part(Words),
    /// Records came in.
    Records {
        /// Record type.
        of: String,
        /// How many.
        n: u64,
    },
    /// Somebody acted in a case, or a clock ended.
    Act {
        /// What was done.
        kind: Kind,
        /// Case.
        case: String,
        /// Name of the step.
        step: Words,
        /// Name of the state after it.
        state: Words,
        /// Letters that it wrote.
        letters: usize,
    },
    /// An act was refused, as it should be.
    Refused {
        /// What was asked.
        step: Words,
        /// The code.
        code: String,
    },
    /// A figure, verdict or grade was looked at.
    Seen {
        /// What.
        what: String,
        /// What it says.
        is: String,
    },
    /// Definitions were adopted.
    Adopted {
        /// Folder.
        folder: String,
        /// Digest of the catalog since then.
        digest: String,
    },
}

/// Verdicts that a story keeps, to compute them again later.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Ledger size.
    pub(super) size: u64,
    /// Digest of the definitions.
    pub(super) digest: String,
    /// The verdicts, as bytes.
    pub(super) bytes: String,
}

/// Plays a story into a project.
pub struct Player<'s> {
    pub(super) story: &'s Story,
    pub(super) desk: Desk,
    /// The command that reads files in a child process.
    pub(super) program: PathBuf,
    /// Folder of the story, beside which the folders lie that it adopts.
    pub(super) folder: PathBuf,
    /// Folders over the shipped definitions that belong to no project.
    pub(super) beside: Vec<PathBuf>,
    pub(super) today: Date,
    /// The instant at which it is played.
    pub(super) now: Timestamp,
    /// Cases by the story's own names.
    pub(super) cases: BTreeMap<String, String>,
    /// Verdicts by the story's own names.
    pub(super) kept: BTreeMap<String, Kept>,
    /// True if records came in that the figures do not know yet.
    pub(super) stale: bool,
    /// Files of records written so far.
    pub(super) files: usize,
}

impl<'s> Player<'s> {
    /// A player at its first step. `program` reads files of records as its hidden subcommand.
    pub fn new(
        story: &'s Story,
        desk: Desk,
        program: PathBuf,
        beside: Vec<PathBuf>,
        now: Timestamp,
    ) -> Player<'s> {
        let folder = PathBuf::from(&story.file).parent().map(std::path::Path::to_owned).unwrap_or_default();
        Player {
            story,
            desk,
            program,
            folder,
            beside,
            today: Date::MIN,
            now,
            cases: BTreeMap::new(),
            kept: BTreeMap::new(),
            stale: true,
            files: 0,
        }
    }

    /// Goes on with another story: the same project, the same names for cases and verdicts.
    pub fn then<'t>(self, story: &'t Story) -> Player<'t> {
        let Player { desk, program, beside, cases, kept, files, now, .. } = self;
        Player { cases, kept, files, ..Player::new(story, desk, program, beside, now) }
    }

    /// Plays all steps; `tell` hears of each. The first step that comes out otherwise ends it.
    ///
    /// Errors: ZH7202 something came out otherwise, ZH7203 something was refused (with the reasons after it), ZH7204 something was
    /// not refused, ZH7205 a step says nothing that could be done; and those of the ledger.
    pub async fn play(&mut self, mut tell: impl FnMut(Date, Told)) -> Result<(), Trouble> {
        if let Some(first) = self.story.step.iter().find_map(|step| step.as_ref().on.as_ref()).and_then(day) {
            self.today = first;
        }
        self.adopt_now().await?;
        self.people().await?;
        for step in &self.story.step {
            if let Some(on) = step.as_ref().on.as_ref().and_then(day) {
                self.today = on;
            }
            if let Some(part) = &step.as_ref().part {
                tell(self.today, Told::Part(part.clone()));
            }
            for told in self.step(step).await? {
                tell(self.today, told);
            }
        }
        Ok(())
    }

    async fn step(&mut self, spanned: &Spanned<Step>) -> Result<Vec<Told>, Trouble> {
        let step = spanned.as_ref();
        let mut told = Vec::new();
        if let Some(of) = &step.records {
            told.push(self.records(spanned, of).await?);
        }
        if let Some(folder) = &step.adopt {
            told.push(self.adopt(folder).await?);
        }
        if step.open.is_some() || step.act.is_some() {
            told.extend(self.act(spanned).await?);
        }
        told.extend(self.look(spanned).await?);
        if told.is_empty() && step.part.is_none() {
            return Err(Diagnostic::error("ZH7205").at(self.story.place(spanned)).into());
        }
        Ok(told)
    }

    /// The moment of a step: noon of its day in China, so that the ledger's times follow the story's; never after the instant at
    /// which it is played, since what is entered later could only be dated later still.
    pub(super) fn moment(&self) -> Moment {
        let noon = self.today.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
        let at = noon.map_or(Timestamp::UNIX_EPOCH, |noon| noon.timestamp());
        Moment { at: at.min(self.now), today: self.today }
    }

    /// Something came out otherwise.
    pub(super) fn otherwise(
        &self,
        step: &Spanned<Step>,
        what: &str,
        wanted: impl ToString,
        got: impl ToString,
    ) -> Trouble {
        Diagnostic::error("ZH7202")
            .arg("what", what)
            .arg("wanted", wanted.to_string())
            .arg("got", got.to_string())
            .at(self.story.place(step))
            .into()
    }

    /// The engine over a catalog, brought up to the ledger.
    pub(super) async fn refresh(&mut self) -> Result<(), Trouble> {
        if self.stale {
            self.desk.refresh().await?;
            self.stale = false;
        }
        Ok(())
    }

    /// Copies a folder of definitions into the project and goes on with them.
    async fn adopt(&mut self, folder: &str) -> Result<Told, Trouble> {
        copy(&self.folder.join(folder), &self.desk.project.dir().join("catalog"))?;
        let digest = self.adopt_now().await?;
        Ok(Told::Adopted { folder: folder.to_owned(), digest })
    }

    /// Adopts the definitions as they stand, and works by them from now on.
    async fn adopt_now(&mut self) -> Result<String, Trouble> {
        let mut folders = self.desk.project.catalogs();
        folders.extend(self.beside.iter().cloned());
        let (project, ledger) = (self.desk.project.clone(), self.desk.ledger.clone());
        let (catalog, _) = adopt(&project, &ledger, &folders, "story", self.moment().at).await?;
        let digest = catalog.digest.clone();
        if digest != self.desk.catalog.digest {
            let engine = Engine::open(&project.lake(), Arc::clone(&catalog), &EngineOptions::default())?;
            self.desk = Desk::with(project, catalog, &folders, ledger, engine).await?;
        }
        self.stale = true;
        Ok(digest)
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
