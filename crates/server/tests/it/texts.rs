//! Every text that a template, a page or a route names exists in both languages, and no text stands in a template itself.

use std::path::{Path, PathBuf};

use zhiheng_base::Lang;
use zhiheng_base::words::say;
use zhiheng_server::authorize::{Action, Level, Role};
use zhiheng_server::route::table::routes;

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|each| each == ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    assert!(!found.is_empty());
    found
}

/// Ids that are asked for by name: `say("…")`, `with("…"`.
fn named(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for call in [".say(\"", ".with(\"", ".attribute(\""] {
        found.extend(text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    found
}

fn missing(id: &str) -> bool {
    [Lang::Zh, Lang::En].into_iter().any(|lang| say(lang, id, &[]).starts_with('«'))
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut ids = Vec::new();
    for path in files("templates", "html").into_iter().chain(files("src", "rs")) {
        let text = std::fs::read_to_string(&path).expect("a file");
        ids.extend(named(&text).into_iter().filter(|id| !id.contains('{')));
        // Labels of fields are made from their names.
        for call in ["Field::new(t, \"", "field(\""] {
            ids.extend(
                text.split(call)
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                    .map(|name| format!("server-field-{name}")),
            );
        }
    }
    ids.extend(routes().iter().map(zhiheng_server::route::Route::title));
    ids.extend(Role::ALL.map(|role| format!("server-role-{}", role.code())));
    ids.extend(Level::ALL.map(|level| format!("server-level-{}", level.code())));
    ids.extend(
        Action::ALL
            .into_iter()
            .filter(|action| action.for_programs())
            .map(|action| format!("server-action-{}", action.word())),
    );
    ids.extend(zhiheng_record::access::DeedKind::ALL.map(|(_, word)| format!("server-deed-{word}")));
    ids.extend(["active", "locked", "erased"].map(|word| format!("server-state-{word}")));
    ids.extend(["system", "light", "dark"].map(|word| format!("server-theme-{word}")));
    ids.extend(["normal", "large"].map(|word| format!("server-size-{word}")));
    assert!(ids.len() > 150, "{}", ids.len());
    let gone: Vec<_> = ids.into_iter().filter(|id| missing(id)).collect();
    assert_eq!(gone, Vec::<String>::new());
}

#[test]
fn templates_hold_no_words_no_script_and_no_style() {
    for path in files("templates", "html") {
        let text = std::fs::read_to_string(&path).expect("a file");
        let name = path.display();
        assert!(!text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c)), "{name}: words");
        for bad in [
            "style=",
            "<style",
            "onclick",
            "onload",
            "onsubmit",
            "javascript:",
            "hx-on",
            "http://",
            "https://",
        ] {
            assert!(!text.contains(bad), "{name}: {bad}");
        }
        // Nothing is put in unescaped but figures, which `zhiheng-publish` draws and escapes itself.
        let drawn = ["{{ card.svg|safe }}", "{{ figure.svg|safe }}"].map(|one| text.matches(one).count());
        assert_eq!(text.matches("|safe").count(), drawn.iter().sum::<usize>(), "{name}: unescaped text");
        let scripts = text.matches("<script").count();
        assert_eq!(scripts, text.matches("<script src=").count(), "{name}: a script inside");
        // Every form that changes something carries its token.
        assert!(
            text.matches("name=\"csrf\"").count() + text.matches("?csrf={{ frame.csrf }}").count()
                >= text.matches("method=\"post\"").count(),
            "{name}: a form without a token"
        );
    }
}

#[test]
fn roles_and_levels_are_those_of_the_catalog() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/base/lists.toml");
    let text = std::fs::read_to_string(path).expect("the lists");
    let list = |name: &str| -> Vec<String> {
        let rest = text.split(&format!("[list.{name}]\n")).nth(1).expect("a list");
        let items = rest.split("\n]").next().expect("items");
        items
            .split("{ code = \"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(list("access"), Role::ALL.map(Role::code));
    assert_eq!(list("sensitivity"), Level::ALL.map(Level::code));
}
