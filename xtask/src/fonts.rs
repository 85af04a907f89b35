//! The fonts of printed documents: fetched once from packages with free licences, checked by their hashes.
//!
//! Noto Serif SC and Noto Sans SC (SIL Open Font License) cover every region name; Fandol (GPL with font
//! exception) gives the Fangsong, Heiti and Kaiti that official documents are set in. Why these, and in which
//! order they are tried: docs/decisions/0006-documents-and-fonts.md. Nothing is installed into the system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::run::{Scratch, apt, has, say};

/// A file to be had: name in the font folder, path inside the package, SHA-256.
struct FontFile {
    name: &'static str,
    path: &'static str,
    sha256: &'static str,
}

/// A package and what is taken from it.
struct Package {
    name: &'static str,
    unpack: fn(&str, &Path) -> Result<PathBuf>,
    files: &'static [FontFile],
}

const PACKAGES: &[Package] = &[
    Package {
        name: "@expo-google-fonts/noto-serif-sc@0.4.3",
        unpack: from_npm,
        files: &[
            FontFile {
                name: "NotoSerifSC-Regular.ttf",
                path: "package/400Regular/NotoSerifSC_400Regular.ttf",
                sha256: "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
            },
            FontFile {
                name: "NotoSerifSC-Bold.ttf",
                path: "package/700Bold/NotoSerifSC_700Bold.ttf",
                sha256: "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
            },
            FontFile {
                name: "NotoSerifSC-LICENSE.txt",
                path: "package/LICENSE_FONT",
                sha256: "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6",
            },
        ],
    },
    Package {
        name: "@expo-google-fonts/noto-sans-sc@0.4.3",
        unpack: from_npm,
        files: &[
            FontFile {
                name: "NotoSansSC-Regular.ttf",
                path: "package/400Regular/NotoSansSC_400Regular.ttf",
                sha256: "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
            },
            FontFile {
                name: "NotoSansSC-Bold.ttf",
                path: "package/700Bold/NotoSansSC_700Bold.ttf",
                sha256: "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
            },
            FontFile {
                name: "NotoSansSC-LICENSE.txt",
                path: "package/LICENSE_FONT",
                sha256: "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9",
            },
        ],
    },
    Package {
        name: "texlive-lang-chinese",
        unpack: from_debian,
        files: &[
            FontFile {
                name: "FandolFang-Regular.otf",
                path: "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
                sha256: "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
            },
            FontFile {
                name: "FandolHei-Regular.otf",
                path: "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolHei-Regular.otf",
                sha256: "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28",
            },
            FontFile {
                name: "FandolKai-Regular.otf",
                path: "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolKai-Regular.otf",
                sha256: "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
            },
            FontFile {
                name: "Fandol-README.txt",
                path: "usr/share/doc/texlive-doc/fonts/fandol/README",
                sha256: "32537e063f4c7d4aebf016d5c8279cbce13f34fc8970f24b2578a3c04d0f8ca6",
            },
        ],
    },
];

/// Fetches the fonts into `cache` unless they are there, and answers that folder.
///
/// Each file is checked by its SHA-256, and put in place by renaming, so that a broken fetch leaves nothing
/// half-written. Needs npm; on systems with Debian's packages also apt-get and dpkg-deb (elsewhere Fandol is
/// left out, with a word about it, and Noto Serif SC stands in).
///
/// # Errors
///
/// A program that is missing, a package that cannot be had, a file that is not the expected one.
pub(crate) fn setup(cache: &Path) -> Result<PathBuf> {
    let start = Instant::now();
    fs::create_dir_all(cache).with_context(|| format!("cannot make {}", cache.display()))?;
    let mut fetched = 0;
    for package in PACKAGES {
        if package.files.iter().all(|file| is_right(&cache.join(file.name), file.sha256)) {
            continue;
        }
        if package.name == "texlive-lang-chinese" && !(has("apt-get") && has("dpkg-deb")) {
            say(
                "    fonts: no apt-get here, so Fandol is left out; documents are set in Noto Serif SC instead",
            );
            continue;
        }
        say(&format!("    fonts: fetching {}", package.name));
        fetch(package, cache)?;
        fetched += 1;
    }
    let count = PACKAGES.iter().map(|package| package.files.len()).sum::<usize>();
    let what = if fetched == 0 { "checked".to_owned() } else { format!("fetched from {fetched} packages") };
    say(&format!(
        "    fonts: {count} files in {}, {what}, {:.1} s",
        cache.display(),
        start.elapsed().as_secs_f64()
    ));
    Ok(cache.to_path_buf())
}

/// Takes the files of one package into `cache`.
fn fetch(package: &Package, cache: &Path) -> Result<()> {
    let scratch = Scratch::new("fonts")?;
    let tree = (package.unpack)(package.name, scratch.path())?;
    for file in package.files {
        let bytes = fs::read(tree.join(file.path))
            .with_context(|| format!("{} has no {}", package.name, file.path))?;
        let found = hash(&bytes);
        if found != file.sha256 {
            bail!("{} from {} has hash {found}, expected {}", file.name, package.name, file.sha256);
        }
        let part = cache.join(format!(".{}.{}", file.name, std::process::id()));
        fs::write(&part, &bytes).with_context(|| format!("cannot write {}", part.display()))?;
        fs::rename(&part, cache.join(file.name)).with_context(|| format!("cannot place {}", file.name))?;
    }
    Ok(())
}

/// Downloads an npm package and unpacks it, without running anything from it.
fn from_npm(name: &str, dir: &Path) -> Result<PathBuf> {
    if !has("npm") {
        bail!("npm is missing: please install Node.js, which brings it");
    }
    quiet(Command::new("npm").args(["pack", "--silent", "--ignore-scripts", name]).current_dir(dir))?;
    let archive = only(dir, "tgz")?;
    quiet(Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(dir))?;
    Ok(dir.to_path_buf())
}

/// Downloads a Debian package and unpacks it, without installing it.
fn from_debian(name: &str, dir: &Path) -> Result<PathBuf> {
    let download = || quiet(Command::new("apt-get").args(["download", "-qq", name]).current_dir(dir));
    if download().is_err() {
        // package lists are missing or old on a fresh machine
        apt(&[])?;
        download()?;
    }
    let archive = only(dir, "deb")?;
    let tree = dir.join("tree");
    quiet(Command::new("dpkg-deb").arg("-x").arg(&archive).arg(&tree))?;
    Ok(tree)
}

/// Runs a command without showing its output, unless it fails.
fn quiet(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !output.status.success() {
        bail!(
            "{:?} ended with {}: {}",
            command.get_program(),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

/// The one file with this extension in `dir`.
fn only(dir: &Path, extension: &str) -> Result<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(dir)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == extension));
    match found.as_slice() {
        [one] => Ok(one.clone()),
        _ => bail!("{} files ending in .{extension} after the download, expected one", found.len()),
    }
}

/// Whether the file is there and is the expected one.
fn is_right(path: &Path, sha256: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| hash(&bytes) == sha256)
}

/// SHA-256, hex.
fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
