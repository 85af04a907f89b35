//! Running other programs, saying what is done and how long it took.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Prints a line for the person at the terminal.
#[expect(clippy::print_stdout, reason = "the one place where xtask speaks")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}

/// The folder that outlives a clone: fonts, build output.
pub(crate) fn cache() -> PathBuf {
    match std::env::var_os("ZHIHENG_CACHE") {
        Some(dir) => PathBuf::from(dir),
        None => {
            std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from).join(".cache/zhiheng")
        }
    }
}

/// Cargo with the build output outside the clone, so that a fresh clone does not build everything again.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::root()).env("CARGO_TARGET_DIR", target());
    command
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache().join("target"), PathBuf::from)
}

/// Runs a step: says `what`, runs, says how long it took.
pub(crate) fn step(what: &str, command: &mut Command) -> Result<()> {
    timed(what, || {
        let status = command.status().with_context(|| format!("cannot start {:?}", command.get_program()))?;
        if !status.success() {
            bail!("{what}: {:?} ended with {status}", command.get_program());
        }
        Ok(())
    })
}

/// Says `what`, does it, says how long it took.
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("==> {what}"));
    let start = Instant::now();
    let done = work()?;
    say(&format!("    {what}: {:.1} s", start.elapsed().as_secs_f64()));
    Ok(done)
}

/// The answer of a command, as text.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !output.status.success() {
        bail!("{:?}: {}", command.get_program(), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is on the path.
pub(crate) fn has(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|paths| std::env::split_paths(&paths).any(|dir| dir.join(program).is_file()))
}

/// Makes sure of a program that Debian packages; installs it if it is missing and that is possible.
pub(crate) fn ensure(program: &str, package: &str) -> Result<()> {
    if has(program) {
        return Ok(());
    }
    apt(&[package])?;
    if !has(program) {
        bail!("{program} is still missing after installing {package}");
    }
    Ok(())
}

/// Installs Debian packages.
pub(crate) fn apt(packages: &[&str]) -> Result<()> {
    if !has("apt-get") {
        bail!("please install: {}", packages.join(", "));
    }
    let sudo = if is_root() { None } else { Some("sudo") };
    let apt = |args: &[&str]| {
        let mut command = Command::new(sudo.unwrap_or("apt-get"));
        if sudo.is_some() {
            command.arg("apt-get");
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(args);
        command
    };
    step("update the package lists", &mut apt(&["update", "-qq"]))?;
    let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
    args.extend(packages);
    step(&format!("install {}", packages.join(" ")), &mut apt(&args))
}

/// Whether this process runs as root (databases refuse to).
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// A temporary folder that goes away with the value.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Result<Scratch> {
        let dir = std::env::temp_dir().join(format!("zhiheng-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
        Ok(Scratch(dir))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Files below the root that git knows or would know, relative paths.
pub(crate) fn tracked() -> Result<Vec<String>> {
    let listed = output(Command::new("git").current_dir(crate::root()).args([
        "-c",
        "core.quotepath=off",
        "ls-files",
        "-co",
        "--exclude-standard",
    ]))?;
    let mut files: Vec<String> = listed.lines().map(str::to_owned).collect();
    files.retain(|file| crate::root().join(file).is_file());
    files.sort();
    Ok(files)
}

/// Extension of a path as text.
pub(crate) fn extension(path: &str) -> &str {
    Path::new(path).extension().and_then(OsStr::to_str).unwrap_or("")
}
