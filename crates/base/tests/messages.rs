//! Every diagnostic code of this crate has its message in both languages, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use zhiheng_base::words::{Lang, say};

/// Message or `message.attribute`, and the names of its arguments.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!("{}/../../i18n/{language}/base.ftl", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let (mut found, mut message) = (BTreeMap::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && line.contains(" = ")) {
        let (id, words) = line.split_once(" = ").unwrap();
        let key = if let Some(attribute) = id.trim().strip_prefix('.') {
            format!("{message}.{attribute}")
        } else {
            id.clone_into(&mut message);
            message.clone()
        };
        let arguments = words.split('{').skip(1).filter_map(|part| part.split_once('}'));
        let arguments = arguments.map(|(name, _)| name.trim().trim_start_matches('$').to_owned()).collect();
        assert!(found.insert(key, arguments).is_none(), "{language}: {message} twice");
    }
    found
}

/// All Rust files below `folder`, joined.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text.push_str(&sources(&path));
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
    text
}

#[test]
fn both_languages_say_the_same() {
    let (zh, en) = (messages("zh-CN"), messages("en"));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (id, arguments) in &en {
        // A date is one argument in English and three in Chinese; months are written in two ways.
        if id.starts_with("zh") {
            assert_eq!(arguments, &zh[id], "{id}");
        }
    }
    for id in zh.keys().filter(|id| !id.contains('.')) {
        assert!(!say(Lang::Zh, id, &[]).contains('«') && !say(Lang::En, id, &[]).contains('«'), "{id}");
    }
}

#[test]
fn every_code_has_a_message_and_every_message_a_code() {
    let source = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let used: BTreeSet<String> = source
        .match_indices("\"ZH")
        .filter_map(|(at, _)| source.get(at + 1..at + 7))
        .filter(|code| code[2..].bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_ascii_lowercase)
        .collect();
    let said: BTreeSet<String> =
        messages("en").into_keys().filter(|id| id.starts_with("zh") && !id.contains('.')).collect();
    assert_eq!(used, said);
}
