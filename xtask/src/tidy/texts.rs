//! Rules for texts: both languages complete, every diagnostic code has its message.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::run::extension;

/// Problems in `i18n/` and in the codes that sources use.
pub(super) fn check(files: &[String]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let zh = ids(files, "i18n/zh-CN/", &mut problems)?;
    let en = ids(files, "i18n/en/", &mut problems)?;
    for id in zh.keys().filter(|id| !en.contains_key(*id)) {
        problems.push(format!("{}: {id} has no English text", zh[id]));
    }
    for id in en.keys().filter(|id| !zh.contains_key(*id)) {
        problems.push(format!("{}: {id} has no Chinese text", en[id]));
    }
    let mut used = BTreeSet::new();
    for file in files.iter().filter(|file| extension(file) == "rs" && file.starts_with("crates/")) {
        let text = std::fs::read_to_string(crate::root().join(file))?;
        for code in codes(&text) {
            if !zh.contains_key(&code.to_ascii_lowercase()) {
                problems.push(format!("{file}: {code} has no message in i18n/"));
            }
            used.insert(code.to_ascii_lowercase());
        }
    }
    for id in zh.keys().filter(|id| is_code(id) && !used.contains(*id)) {
        problems.push(format!("{}: {id} is used nowhere", zh[id]));
    }
    Ok(problems)
}

/// Message ids and attributes (`zh1203.hint`) of a language, with the file of each.
fn ids(files: &[String], dir: &str, problems: &mut Vec<String>) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for file in files.iter().filter(|file| file.starts_with(dir)) {
        let mut message = String::new();
        for line in std::fs::read_to_string(crate::root().join(file))?.lines() {
            let name = line.split('=').next().unwrap_or("").trim_end();
            let is_name = line.contains('=')
                && name
                    .trim_start_matches(' ')
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
            if !is_name || name.trim().is_empty() {
                continue;
            }
            let id = if let Some(attribute) = name.trim_start().strip_prefix('.') {
                format!("{message}.{attribute}")
            } else if name.starts_with(' ') {
                continue;
            } else {
                name.clone_into(&mut message);
                message.clone()
            };
            if let Some(before) = found.insert(id.clone(), file.clone()) {
                problems.push(format!("{file}: {id} stands in {before} too"));
            }
        }
    }
    Ok(found)
}

fn is_code(id: &str) -> bool {
    id.len() == 6 && id.starts_with("zh") && id[2..].bytes().all(|b| b.is_ascii_digit())
}

/// Codes written as `"ZH1234"`.
fn codes(text: &str) -> BTreeSet<String> {
    text.split('"')
        .filter(|word| word.len() == 6 && word.starts_with("ZH") && is_code(&word.to_ascii_lowercase()))
        .map(str::to_owned)
        .collect()
}
