//! `cargo xtask`: the project's own chores, in Rust, so that a newcomer needs nothing but cargo.

mod bench;
mod browser;
mod demo;
mod fonts;
mod holidays;
mod postgres;
mod regions;
mod run;
mod test;
mod tidy;
mod web;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--dir DIR] [--no-server]   build, fill a demonstration region, print its main tables, write report.pdf
cargo xtask test [--full] [ARGS…]            everything that must hold: tidy, all tests (SQLite and PostgreSQL), demo
cargo xtask browser [--accept] [--images] [NAME…]  journeys over the pages in Chromium; --accept keeps what is seen now
cargo xtask tidy                             style rules that a machine can check
cargo xtask bench [NAME…]                    measure, peers in the same run; table in docs/operating/benchmarks.md
cargo xtask bench methods [NAME…]            the same for the statistics; table in docs/operating/benchmarks-methods.md
cargo xtask bench server [SECONDS]           pages under load; table in docs/operating/benchmarks-server.md
cargo xtask gen regions                      derive the region table from the packages that publish it
cargo xtask gen holidays                     derive the holidays and make-up working days from two packages
cargo xtask web [--check]                    bundle style and script of the pages into web/dist, or compare it
cargo xtask fonts                            fetch the fonts of the documents, print their folder
";

/// The root of the project.
fn root() -> PathBuf {
    // At run time cargo names the clone it was called in; what was compiled in may be another clone with the same
    // target folder.
    let package =
        std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&package).parent().map(PathBuf::from).unwrap_or_default()
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo", rest @ ..] => demo::run(rest),
        ["test", rest @ ..] => test::run(rest),
        ["browser", rest @ ..] => browser::run(rest),
        ["tidy"] => tidy::run(),
        ["bench", rest @ ..] => bench::run(rest),
        ["gen", "regions"] => regions::regions(&root()),
        ["gen", "holidays"] => holidays::holidays(&root()),
        ["web"] => web::run(false),
        ["web", "--check"] => web::run(true),
        ["fonts"] => {
            fonts::setup(&run::cache().join("fonts")).map(|dir| run::say(&dir.display().to_string()))
        }
        _ => {
            run::say(HELP);
            return if matches!(words.as_slice(), [] | ["help" | "--help" | "-h"]) {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(2)
            };
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            run::say(&format!("xtask: {problem:#}"));
            ExitCode::FAILURE
        }
    }
}
