//! Why work could not be done.

use zhiheng_base::Diagnostic;
use zhiheng_record::LedgerError;

/// What went wrong, and whose it is to mend.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Something that a person can put right.
    #[error("{} problems", .0.len())]
    Problems(Vec<Diagnostic>),
    /// The machine's fault, and a person can do something about it: a full disk, another writer.
    #[error("{}", .0.code)]
    Machine(Diagnostic),
    /// Ours or the environment's.
    #[error(transparent)]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl From<Diagnostic> for Trouble {
    fn from(problem: Diagnostic) -> Trouble {
        Trouble::Problems(vec![problem])
    }
}

impl From<Vec<Diagnostic>> for Trouble {
    fn from(problems: Vec<Diagnostic>) -> Trouble {
        Trouble::Problems(problems)
    }
}

impl From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Trouble {
        match error.diagnostic() {
            Some(problem) if error.is_machine() => Trouble::Machine(problem),
            Some(problem) => Trouble::Problems(vec![problem]),
            None => Trouble::Internal(Box::new(error)),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Trouble {
        Trouble::Internal(Box::new(error))
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Trouble {
        Trouble::Internal(Box::new(error))
    }
}
