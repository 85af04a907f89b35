//! The child process alone, for the tests of this crate; the product calls the same function from its command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(zhiheng_intake::worker::main(std::env::args().skip(2)))
}
