//! Rules for source files: a header that says what and why, a length one can read, one language.

use anyhow::Result;

use crate::run::extension;

/// Longest source file, tests at its end included; longer ones are split by idea.
const LINES_MAX: usize = 460;

/// Files that may be longer, each with its reason.
const LONG: [(&str, &str); 0] = [];

/// Words of workplaces, not of the project.
const FOREIGN: [&str; 4] = ["/work/", "/root/", "todo!(", "FIXME"];

/// Every problem in Rust, Python, TypeScript and Typst sources.
pub(super) fn check(files: &[String]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for file in files {
        let kind = extension(file);
        if !matches!(kind, "rs" | "py" | "ts" | "typ" | "toml" | "md" | "html" | "ftl") {
            continue;
        }
        let text = std::fs::read_to_string(crate::root().join(file))?;
        let this_file = file.ends_with("xtask/src/tidy/sources.rs");
        for (n, line) in text.lines().enumerate() {
            let at = format!("{file}:{}", n + 1);
            if line.ends_with([' ', '\t']) && kind != "md" {
                problems.push(format!("{at}: space at the end of the line"));
            }
            if !this_file && let Some(word) = FOREIGN.iter().find(|word| line.contains(*word)) {
                problems.push(format!("{at}: {word} does not belong into the project"));
            }
            if kind == "rs" && !is_test(file) && has_han(code_part(line)) && !in_tests(&text, n) {
                problems.push(format!("{at}: Chinese text belongs into i18n/ or the catalog"));
            }
        }
        if kind == "rs" {
            if !text.starts_with("//!") && !text.starts_with("#![doc") && !file.ends_with("build.rs") {
                problems.push(format!("{file}: begins without a //! line that says what it is for"));
            }
            let lines = text.lines().count();
            let excused = LONG.iter().any(|(long, _)| file == long);
            if lines > LINES_MAX && !excused && !is_test(file) {
                problems
                    .push(format!("{file}: {lines} lines; more than {LINES_MAX} hold more than one idea"));
            }
        }
    }
    Ok(problems)
}

fn is_test(file: &str) -> bool {
    file.contains("/tests/")
        || file.ends_with("tests.rs")
        || file.ends_with("/fake.rs")
        || file.contains("/examples/")
        || file.contains("/benches/")
}

/// The part of a line before a comment: comments may quote the field's words.
fn code_part(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") {
        return "";
    }
    line.split(" // ").next().unwrap_or("")
}

fn has_han(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}'))
}

/// Whether line `n` lies in the test module at the end of a file.
fn in_tests(text: &str, n: usize) -> bool {
    text.lines().position(|line| line.trim() == "#[cfg(test)]").is_some_and(|start| n >= start)
}
