//! The bundle of style and script: made from `web/src` with pinned versions, kept in `web/dist`, embedded in the server.
//!
//! The output is committed, so that nobody needs Node to build the server; `--check` makes it again and compares the bytes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{Scratch, cache, has, output, say, step};

/// What is bundled: source, result.
const FILES: [(&str, &str); 4] = [
    ("src/app.js", "app.js"),
    ("src/field.js", "field.js"),
    ("src/sw.js", "sw.js"),
    ("src/style.css", "style.css"),
];

/// Makes `web/dist`, or with `check` compares it with what is made.
pub(crate) fn run(check: bool) -> Result<()> {
    let web = crate::root().join("web");
    let modules = modules(&web)?;
    let scratch = Scratch::new("web")?;
    let mut stale = Vec::new();
    for (source, result) in FILES {
        let made = scratch.path().join(result);
        bundle(&web, &modules, source, &made)?;
        let new = std::fs::read(&made).with_context(|| format!("{}", made.display()))?;
        let kept = web.join("dist").join(result);
        if std::fs::read(&kept).is_ok_and(|old| old == new) {
            continue;
        }
        if check {
            stale.push(result);
        } else {
            std::fs::create_dir_all(web.join("dist"))?;
            std::fs::write(&kept, &new).with_context(|| format!("{}", kept.display()))?;
            say(&format!("web/dist/{result}: {} bytes", new.len()));
        }
    }
    if !stale.is_empty() {
        bail!("web/dist is not what web/src gives: {}; run `cargo xtask web`", stale.join(", "));
    }
    Ok(())
}

/// The pinned packages of the bundle.
fn modules(web: &Path) -> Result<PathBuf> {
    installed(web, "web", "esbuild", "install htmx and esbuild")
}

/// The `node_modules` of a lock file, installed once for each lock file outside the clone. Nothing from the packages is run at
/// installation. `package` is one of them, by which it is seen that they stand.
pub(crate) fn installed(source: &Path, name: &str, package: &str, says: &str) -> Result<PathBuf> {
    if !has("npm") {
        bail!("npm is missing: please install Node.js, which brings it");
    }
    let lock = source.join("package-lock.json");
    let bytes = std::fs::read(&lock).with_context(|| format!("{}", lock.display()))?;
    let folder = cache().join(name).join(digest(&bytes));
    let modules = folder.join("node_modules");
    if !modules.join(package).is_dir() {
        std::fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            std::fs::copy(source.join(file), folder.join(file))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--silent", "--ignore-scripts", "--no-fund", "--no-audit"]).current_dir(&folder);
        step(says, &mut npm)?;
    }
    Ok(modules)
}

/// Bundles one file for Chromium 90, the oldest browser of government desktops that pages are made for.
fn bundle(web: &Path, modules: &Path, source: &str, made: &Path) -> Result<()> {
    let esbuild = modules.join("esbuild/bin/esbuild");
    output(
        Command::new("node")
            .arg(esbuild)
            .arg(source)
            .args(["--bundle", "--minify", "--target=chrome90", "--charset=utf8", "--legal-comments=none"])
            .args(["--log-level=warning"])
            .arg(format!("--outfile={}", made.display()))
            .env("NODE_PATH", modules)
            .current_dir(web),
    )?;
    Ok(())
}

/// The first sixteen letters of a SHA-256: names of folders.
pub(crate) fn digest(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
