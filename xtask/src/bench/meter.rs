//! What a process cost, and how several runs become one figure.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::place::Place;
use crate::run::target;

/// Cost of one run of a whole process with everything that it started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of processor, user and system.
    pub(crate) cpu: f64,
    /// Most memory held at once, MiB.
    pub(crate) peak: f64,
}

/// Runs `command` under `benches/meter.py`; gives its cost and what it printed. It has to end with one of `codes`.
pub(crate) fn metered(place: &Place, command: &Command, codes: &[i32]) -> Result<(Cost, String)> {
    let report = place.dir().join("cost.json");
    let mut meter = Command::new("python3");
    meter.arg(crate::root().join("benches/meter.py")).arg(&report);
    meter.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => meter.env(name, value),
            None => meter.env_remove(name),
        };
    }
    if let Some(dir) = command.get_current_dir() {
        meter.current_dir(dir);
    }
    let output = meter.stdin(Stdio::null()).output().context("cannot start python3")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.code().is_some_and(|code| codes.contains(&code)) {
        let problem = String::from_utf8_lossy(&output.stderr);
        let end: Vec<&str> = problem.lines().rev().take(20).collect();
        bail!(
            "{}: {}\n{}",
            shown(command),
            output.status,
            end.into_iter().rev().collect::<Vec<_>>().join("\n")
        );
    }
    let cost: Value = serde_json::from_slice(&std::fs::read(&report)?)?;
    let number = |name: &str| cost[name].as_f64().with_context(|| format!("the meter wrote no {name}"));
    Ok((
        Cost {
            wall: number("wall")?,
            cpu: number("user")? + number("sys")?,
            peak: number("peak")? / f64::from(1 << 20),
        },
        said,
    ))
}

/// The same for one of our commands, whose memory counts towards the limit of all commands.
pub(crate) fn ours(place: &Place, command: &Command, codes: &[i32]) -> Result<(Cost, String)> {
    let (cost, said) = metered(place, command, codes)?;
    place.note_memory(&short(command), cost.peak)?;
    Ok((cost, said))
}

/// Runs A and B in turn, `n` times each; both see the same state of the machine.
pub(crate) fn in_turn<A, B>(
    n: usize,
    mut ours: impl FnMut() -> Result<A>,
    mut peer: impl FnMut() -> Result<B>,
) -> Result<(Vec<A>, Vec<B>)> {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..n {
        a.push(ours()?);
        b.push(peer()?);
    }
    Ok((a, b))
}

/// The middle of some figures; the lower one of two.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

/// A command as one would type it, without the folders of this machine.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let mut text = words.join(" ");
    let (root, cache) = (crate::root(), crate::run::cache());
    for dir in [target().join("release"), root, cache.join("bench/python/bin"), cache.join("bench")] {
        text = text.replace(&format!("{}/", dir.display()), "");
    }
    text
}

/// Program and its first two words, without folders.
fn short(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = command.get_args().take(2).map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program.to_string_lossy().into_owned()).chain(words).collect::<Vec<_>>().join(" ")
}
