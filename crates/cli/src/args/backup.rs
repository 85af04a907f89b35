//! Arguments of `zhiheng backup`.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum BackupVerb {
    Make {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        #[arg(long, value_name = "N")]
        keep: Option<usize>,
    },
    List {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    Check {
        #[arg(value_name = "BACKUP")]
        backup: PathBuf,
    },
    Restore {
        #[arg(value_name = "BACKUP")]
        backup: PathBuf,
        #[arg(value_name = "DIR")]
        to: PathBuf,
    },
}
