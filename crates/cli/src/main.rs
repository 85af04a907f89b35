//! The command `zhiheng`: noun, then verb. It reads what was typed, calls the stages, prints what they answer.

mod args;
mod commands;
mod context;
mod desk;
mod example;
mod failure;
mod help;
mod output;
mod progress;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use zhiheng_base::Lang;

use crate::args::Cli;
use crate::context::Context;
use crate::failure::Failure;

// Many small allocations on several threads are what imports and figures are made of.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some(zhiheng_intake::worker::SUBCOMMAND) {
        // Before anything else is started: the worker limits itself first, and threads would not survive that.
        return ExitCode::from(zhiheng_intake::worker::main(args));
    }
    let lang = language();
    let command = help::localise(Cli::command(), lang);
    let matches = match command.try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let color = cli.global.color;
    let done = Context::new(cli.global, lang)
        .map_err(Failure::from)
        .and_then(|context| commands::run(&context, cli.noun));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(lang, color),
    }
}

/// The reader's language, needed before the arguments are parsed since help is in it:
/// `--lang`, `ZHIHENG_LANG`, then the locale; Chinese otherwise.
fn language() -> Lang {
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let value =
            if arg == "--lang" { args.next() } else { arg.strip_prefix("--lang=").map(str::to_owned) };
        if let Some(lang) = value.as_deref().and_then(Lang::parse) {
            return lang;
        }
    }
    ["ZHIHENG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find_map(|value| Lang::parse(&value))
        .unwrap_or_default()
}
