//! Clocks and letters for people: what has no head of the usual form.

use zhiheng_base::Lang;

use super::{Page, Shown};
use crate::load::Catalog;
use crate::model::clock::{Clock, Rule, Sense};
use crate::model::{LetterFile, LetterForm};

/// The clock or letter with this id.
pub(super) fn show(catalog: &Catalog, id: &str, lang: Lang) -> Option<Shown> {
    let mut page = Page::new(lang);
    let (kind, name) = if let Some(clock) = catalog.clocks.get(id) {
        write_clock(clock, &mut page);
        ("clock", &clock.name)
    } else {
        let letter = catalog.letters.get(id)?;
        write_letter(letter, catalog, &mut page);
        ("letter", &letter.title)
    };
    let name = name.get(lang).to_owned();
    Some(Shown { kind: kind.to_owned(), id: id.to_owned(), name, facts: page.facts, tables: page.tables })
}

fn write_clock(clock: &Clock, page: &mut Page) {
    for basis in &clock.basis {
        page.fact("basis", basis);
    }
    if let Some(since) = clock.since {
        page.fact("since", since);
    }
    // A head's last day is its last; a clock's `until` is the first day on which it no longer holds.
    if let Some(until) = clock.until.and_then(|until| until.yesterday().ok()) {
        page.fact("until", until);
    }
    if !clock.confirmed {
        let text = page.say("show-to-be-confirmed");
        page.fact("confirmed", text);
    }
    if let Some(says) = &clock.says {
        page.fact("says", says.get(page.lang));
    }
    page.fact("origin", &clock.origin);
    if let Some(region) = clock.region {
        page.fact("region", region);
    }
    page.fact("start-event", clock.start.get(page.lang));
    write_rule(&clock.rule, page);
    let sense = page.say(match clock.sense {
        Sense::Duty => "show-sense-duty",
        Sense::Right => "show-sense-right",
        Sense::Term => "show-sense-term",
    });
    page.fact("sense", sense);
    if !clock.pauses.is_empty() {
        page.fact("pauses", clock.pauses.join(", "));
    }
    if let Some(who) = &clock.who {
        page.fact("acts", who.get(page.lang));
    }
    if let Some(missed) = &clock.missed {
        page.fact("missed", missed.get(page.lang));
    }
}

fn write_rule(rule: &Rule, page: &mut Page) {
    let lang = page.lang;
    match rule {
        Rule::Window { opens, closes } => {
            if let Some(opens) = opens {
                page.fact("opens-on", opens.text(lang));
            }
            if let Some(closes) = closes {
                page.fact("closes-on", closes.text(lang));
            }
        }
        Rule::Every { length } => page.fact("every", length.text(lang)),
        Rule::Before { after, length, .. } => {
            if let Some(after) = after {
                page.fact("length", after.text(lang));
            }
            page.fact("before-end", length.text(lang));
        }
        Rule::First { lengths, counters } => {
            let lengths = lengths.iter().map(|length| length.text(lang));
            let counters = counters.iter().map(|counter| format!("{} {}", counter.limit, counter.name));
            page.fact("reached-first", lengths.chain(counters).collect::<Vec<_>>().join(", "));
        }
    }
}

fn write_letter(letter: &LetterFile, catalog: &Catalog, page: &mut Page) {
    for basis in &letter.basis {
        page.fact("basis", basis);
    }
    page.fact("origin", &letter.file);
    page.fact("series", &letter.series);
    page.fact("to-whom", &letter.to);
    if letter.form != LetterForm::default() {
        page.fact("layout", letter.form.word());
    }
    for (label, texts) in [("attached", &letter.attachments), ("copies", &letter.copies)] {
        texts.iter().for_each(|text| page.fact(label, text));
    }
    let (folder, name) = letter.id.split_once('.').unwrap_or_default();
    let mut rows = Vec::new();
    for (id, procedure) in &catalog.procedures {
        let own = id.split('.').next() == Some(folder);
        for step in procedure.steps.iter().filter(|step| own && step.letters.iter().any(|one| one == name)) {
            let title = procedure.head.name.get(page.lang).to_owned();
            rows.push(vec![id.clone(), title, step.name.get(page.lang).to_owned()]);
        }
    }
    page.table("used-by", &["of", "name", "step"], rows);
    let rows = letter.body.lines().filter(|line| !line.trim().is_empty());
    let rows = rows.map(|line| vec![line.to_owned()]).collect();
    page.table("body", &["text"], rows);
}
