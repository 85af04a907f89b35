//! The hidden subcommand that reads hostile files: this program again, with limits, nothing else loaded.

use crate::failure::{Failure, Outcome};

/// Runs the worker and ends the process with its code.
pub(crate) fn run(args: &[String]) -> Outcome {
    match zhiheng_intake::worker::main(args.iter().cloned()) {
        0 => Ok(()),
        code => Err(Failure::Internal(anyhow::anyhow!("intake worker ended with {code}"))),
    }
}
