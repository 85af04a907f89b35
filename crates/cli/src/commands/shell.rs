//! Completion scripts and manual pages, from the same definitions as the help.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::context::Context;
use crate::failure::Outcome;
use crate::help;

/// Prints a completion script.
pub(crate) fn completion(context: &Context, shell: Shell) -> Outcome {
    let mut command = help::localise(Cli::command(), context.lang);
    clap_complete::generate(shell, &mut command, "zhiheng", &mut std::io::stdout());
    Ok(())
}

/// Writes a manual page for each command.
pub(crate) fn man(context: &Context, dir: &Path) -> Outcome {
    std::fs::create_dir_all(dir)?;
    clap_mangen::generate_to(help::localise(Cli::command(), context.lang), dir)?;
    Ok(())
}
