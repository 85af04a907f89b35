//! `cargo xtask browser`: journeys over the pages in Debian's Chromium (`tests/browser`), and the API against its own description.
//!
//! Nothing is downloaded by the tests themselves: Chromium comes from Debian, the driver and axe-core from the lock file, both
//! installed here where they are missing.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::fonts;
use crate::run::{cache, cargo, ensure, has, step, target};

/// Runs the journeys. `--accept` writes the snapshots instead of comparing them, `--images` writes the pictures of the documents
/// and goes no journey, `--examples N` sets how many requests the API gets for each operation; other words choose journeys by name.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    ensure("chromium", "chromium")?;
    ensure("pdftotext", "poppler-utils")?;
    if args.contains(&"--images") {
        ensure("pngquant", "pngquant")?;
    }
    step("build the command", cargo().args(["build", "--package", "zhiheng"]))?;
    journeys(args)
}

/// The same with a command that stands.
pub(crate) fn journeys(args: &[&str]) -> Result<()> {
    let tests = crate::root().join("tests/browser");
    let out = target().join("browser");
    let mut node = Command::new("node");
    node.arg(tests.join("run.js")).args(args).current_dir(&tests);
    node.env("ZHIHENG_BROWSER_MODULES", modules()?)
        .env("ZHIHENG_COMMAND", target().join("debug/zhiheng"))
        .env("ZHIHENG_CHROMIUM", "/usr/bin/chromium")
        .env("ZHIHENG_SCHEMATHESIS", schemathesis()?)
        .env("ZHIHENG_BROWSER_OUT", &out)
        .env("FONTCONFIG_FILE", letters()?);
    step("journeys in a browser, with script and without", &mut node)
}

/// Settings with which the browser finds the fonts of the documents: a machine without Chinese fonts would draw boxes, which are as wide
/// as nobody's letters.
fn letters() -> Result<PathBuf> {
    let fonts = fonts::setup(&cache().join("fonts"))?;
    let settings = cache().join("fonts.conf");
    let text = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\n\
         <include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>\n<dir>{}</dir>\n</fontconfig>\n",
        fonts.display()
    );
    std::fs::write(&settings, text).with_context(|| settings.display().to_string())?;
    Ok(settings)
}

/// The driver and axe-core, installed once for each lock file. Nothing from them is run at installation.
pub(crate) fn modules() -> Result<PathBuf> {
    let tests = crate::root().join("tests/browser");
    crate::web::installed(&tests, "browser", "playwright-core", "install the browser's driver and axe-core")
}

/// schemathesis in an environment of its own, installed once for each list of versions.
fn schemathesis() -> Result<PathBuf> {
    let list = crate::root().join("tests/browser/requirements.txt");
    let text = std::fs::read(&list).context("tests/browser/requirements.txt")?;
    let folder = cache().join("schemathesis").join(crate::web::digest(&text));
    let command = folder.join("bin/schemathesis");
    if !command.is_file() {
        ensure("python3", "python3")?;
        let mut made = Command::new("python3");
        step("make a Python environment", made.args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(folder.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&list);
        step("install schemathesis", &mut pip)?;
    }
    if !command.is_file() || !has("node") {
        bail!("schemathesis or Node.js is still missing after their installation");
    }
    Ok(command)
}
