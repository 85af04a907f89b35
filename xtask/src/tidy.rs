//! Style rules that a machine can check, each with its reason.

mod architecture;
mod sources;
mod texts;

use anyhow::{Result, bail};

use crate::run::{cargo, output, say, tracked};

/// Checks every rule; all problems are listed before it fails.
pub(crate) fn run() -> Result<()> {
    let files = tracked()?;
    let mut problems = Vec::new();
    problems.extend(sources::check(&files)?);
    problems.extend(texts::check(&files)?);
    problems.extend(architecture::check()?);
    if let Err(difference) = output(cargo().args(["fmt", "--all", "--check"])) {
        let files: Vec<String> = format!("{difference:#}")
            .lines()
            .filter(|line| line.starts_with("Diff in"))
            .map(str::to_owned)
            .collect();
        problems.push(format!("cargo fmt wants changes {}", files.join(" ")));
    }
    for problem in &problems {
        say(&format!("tidy: {problem}"));
    }
    if !problems.is_empty() {
        bail!("{} untidy", problems.len());
    }
    say(&format!("tidy: {} files in order", files.len()));
    Ok(())
}
