//! Arguments of `zhiheng story`.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum StoryVerb {
    Play {
        file: PathBuf,
        #[arg(long)]
        yes: bool,
    },
}
