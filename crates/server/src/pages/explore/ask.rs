//! The form of a view: what is chosen is the address of the answer, so it works without a script and can be sent.

use std::collections::BTreeSet;

use zhiheng_base::{Diagnostic, Level, PeriodKind, RegionCode};
use zhiheng_desk::Desk;

use super::HERE;
use super::asked::{Asked, Axis, Show};
use crate::authorize::{Action, Level as Sensitivity, reach};
use crate::call::Call;
use crate::pages::forms::{Blank, Filled};
use crate::pages::region::{is_quick, sees};
use crate::text::Text;

/// Most places to choose from; those further down are reached from the page of a region, or by their code in the address.
const PLACES: usize = 120;

/// Kinds of periods that are offered.
const KINDS: [PeriodKind; 4] = [PeriodKind::Year, PeriodKind::Half, PeriodKind::Quarter, PeriodKind::Month];

/// The form, filled in with what was asked, or with what was typed if that was wrong.
pub(super) fn form(call: &Call, desk: &Desk, asked: Option<&Asked>, wrong: &[Diagnostic]) -> Filled {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let typed = |name: &str| call.query.get(name).to_owned();
    let chosen: Vec<String> = match asked {
        Some(asked) => asked.indicators.clone(),
        None => call.query.all("indicator").map(str::to_owned).collect(),
    };
    let region = asked.map(|asked| asked.region);
    let value = |name: &str, of: &dyn Fn(&Asked) -> String| asked.map_or_else(|| typed(name), of);
    let axes =
        || Axis::ALL.map(|axis| (axis.word().to_owned(), t.say(&format!("server-col-{}", axis.word()))));
    let kinds = KINDS.map(|kind| (kind.to_string(), kind.title(lang)));
    let mut kinds: Vec<(String, String)> =
        std::iter::once((String::new(), t.say("explore-each-same"))).chain(kinds).collect();
    // A kind that is not offered, but was asked for, stays chosen.
    let each = value("each", &|asked| asked.each.map(|kind| kind.to_string()).unwrap_or_default());
    if let Some(kind) = PeriodKind::parse(&each).ok().filter(|kind| !KINDS.contains(kind)) {
        kinds.push((each.clone(), kind.title(lang)));
    }
    let levels = Level::ALL.into_iter().filter(|level| region.is_none_or(|region| *level > region.level()));
    let levels = levels.map(|level| (level.word().to_owned(), level.title(lang)));
    let itself = std::iter::once((String::new(), t.say("explore-level-itself")));
    let shows =
        Show::ALL.map(|show| (show.word().to_owned(), t.say(&format!("explore-show-{}", show.word()))));
    let blanks = vec![
        indicators(call, desk, &chosen),
        blank(t, "region", "one")
            .choices(places(call, desk, region))
            .value(&value("region", &|asked| asked.region.to_string())),
        blank(t, "level", "one")
            .choices(itself.chain(levels))
            .value(&value("level", &|asked| asked.level.map(Level::word).unwrap_or_default().to_owned())),
        blank(t, "from", "text").value(&value("from", &|asked| asked.from.to_string())),
        blank(t, "to", "text").value(&value("to", &|asked| asked.to.to_string())),
        blank(t, "each", "one").choices(kinds).value(&each),
        blank(t, "rows", "one").choices(axes()).value(&value("rows", &|asked| asked.rows.word().to_owned())),
        blank(t, "columns", "one")
            .choices(axes())
            .value(&value("columns", &|asked| asked.columns.word().to_owned())),
        blank(t, "show", "one").choices(shows).value(&value("show", &|asked| asked.show.word().to_owned())),
    ];
    Filled {
        action: HERE.to_owned(),
        blanks: blanks.into_iter().map(|blank| blank.judged(lang, wrong)).collect(),
        ..Filled::default()
    }
}

/// A blank of this form; its texts are its own, because other forms ask for other things under these names.
fn blank(t: Text, name: &str, kind: &'static str) -> Blank {
    let id = format!("explore-ask-{name}");
    Blank {
        name: name.to_owned(),
        label: t.say(&id),
        hint: t.attribute(&id, "hint"),
        kind,
        required: true,
        autocomplete: "off",
        ..Blank::default()
    }
}

/// Indicators to tick: those that are kept as sums, and whatever is chosen. The line above the ticks names what is chosen.
fn indicators(call: &Call, desk: &Desk, chosen: &[String]) -> Blank {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let mut choices: Vec<(String, String)> = (desk.catalog.indicators.values())
        .filter(|one| is_quick(one) || chosen.contains(&one.head.id))
        .map(|one| (one.head.id.clone(), one.head.name.get(lang).to_owned()))
        .collect();
    choices.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    let names: Vec<&str> =
        (choices.iter()).filter(|(id, _)| chosen.contains(id)).map(|(_, name)| name.as_str()).collect();
    let hint = t.with("explore-chosen", "names", names.join(&t.between("list-separator")));
    Blank { hint, ..blank(t, "indicator", "checks") }.choices(choices).value(&chosen.join("\n"))
}

/// Places within the visitor's reach, from their own downwards, and the one that is asked for.
pub(in crate::pages) fn places(call: &Call, desk: &Desk, asked: Option<RegionCode>) -> Vec<(String, String)> {
    let regions = &desk.catalog.regions;
    let mut row: Vec<RegionCode> = reach(call.who(), Action::See)
        .parts
        .into_iter()
        .filter(|part| part.level >= Sensitivity::Internal)
        .filter_map(|part| part.region)
        .collect();
    row.extend(call.start().ok());
    row.sort_unstable();
    row.dedup();
    let mut found: Vec<RegionCode> = Vec::new();
    let mut seen = BTreeSet::new();
    // Level by level, so that what is cut off is what lies furthest down.
    while !row.is_empty() && found.len() < PLACES {
        row.retain(|code| seen.insert(*code));
        found.extend(row.iter().copied().filter(|code| sees(call, *code)));
        row = row.iter().flat_map(|code| regions.children(*code)).map(|child| child.code).collect();
    }
    found.truncate(PLACES);
    found.extend(asked.filter(|asked| !found.contains(asked)));
    let name = |code: &RegionCode| match call.view.lang {
        zhiheng_base::Lang::Zh => regions.full_name(*code),
        zhiheng_base::Lang::En => regions.title(*code, call.view.lang).map(str::to_owned),
    };
    let named = |code: RegionCode| (code.to_string(), name(&code).unwrap_or_else(|| code.to_string()));
    found.into_iter().map(named).collect()
}
