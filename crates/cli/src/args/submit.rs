//! Arguments of `zhiheng submit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum SubmitVerb {
    Status {
        dataset: Option<String>,
        #[arg(long, default_value_t = 4)]
        periods: usize,
        #[arg(long)]
        region: String,
    },
    Send {
        #[command(flatten)]
        what: What,
        file: PathBuf,
        #[arg(long, default_value = "")]
        explain: String,
        #[arg(long)]
        drop_missing: bool,
        #[arg(long)]
        dry_run: bool,
    },
    Withdraw {
        #[command(flatten)]
        what: What,
        #[arg(long)]
        reason: String,
    },
}

/// A return, and who acts.
#[derive(Debug, Args)]
pub(crate) struct What {
    pub(crate) dataset: String,
    #[arg(long)]
    pub(crate) region: String,
    #[arg(long)]
    pub(crate) period: String,
    #[arg(long)]
    pub(crate) account: String,
}
