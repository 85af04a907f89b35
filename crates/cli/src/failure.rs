//! How a command ends: 0 done · 1 your data or request has problems · 2 wrong usage · 3 ours or the environment's fault.

use std::io::IsTerminal;
use std::process::ExitCode;

use zhiheng_base::render::{Options, render};
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_desk::Trouble;

use crate::args::When;
use crate::output::note;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something a person can put right; each is shown with place and hint.
    Problems(Vec<Diagnostic>),
    /// The machine's fault, and a person can do something about it: a full disk, another writer.
    Machine(Diagnostic),
    /// Ours or the environment's.
    Internal(anyhow::Error),
}

/// What commands return.
pub(crate) type Outcome = Result<(), Failure>;

impl From<Diagnostic> for Failure {
    fn from(problem: Diagnostic) -> Failure {
        Failure::Problems(vec![problem])
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(problems: Vec<Diagnostic>) -> Failure {
        Failure::Problems(problems)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        match trouble {
            Trouble::Problems(problems) => Failure::Problems(problems),
            Trouble::Machine(problem) => Failure::Machine(problem),
            Trouble::Internal(error) => Failure::Internal(anyhow::anyhow!(error)),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::Internal(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Internal(error.into())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::Internal(error.into())
    }
}

impl Failure {
    /// Says what went wrong on stderr and gives the exit code.
    pub(crate) fn report(self, lang: Lang, color: When) -> ExitCode {
        match self {
            Failure::Problems(problems) => {
                show(&problems, lang, color);
                ExitCode::from(1)
            }
            Failure::Machine(problem) => {
                show(&[problem], lang, color);
                ExitCode::from(3)
            }
            Failure::Internal(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
            Failure::Internal(error) => {
                note(&zhiheng_base::words::say(lang, "cli-internal", &[("why", &format!("{error:#}"))]));
                ExitCode::from(3)
            }
        }
    }
}

/// A reader such as `head` that has seen enough is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Shows diagnostics on stderr.
pub(crate) fn show(problems: &[Diagnostic], lang: Lang, color: When) {
    let options = Options { colour: wants_color(color), ..Options::default() };
    for problem in problems {
        note(&render(problem, lang, &options));
    }
}

/// `NO_COLOR` and pipes switch colour off unless it is asked for.
pub(crate) fn wants_color(color: When) -> bool {
    match color {
        When::Always => true,
        When::Never => false,
        When::Auto => std::env::var_os("NO_COLOR").is_none() && std::io::stderr().is_terminal(),
    }
}
