//! What reviewers and the office see of scoring: a declaration, a sheet, the opened sheets side by side, the score to settle.

use zhiheng_base::Diagnostic;
use zhiheng_base::words::say;
use zhiheng_catalog::model::{Item, Score};
use zhiheng_desk::panel::{Round, Sheets, Standing};
use zhiheng_judge::panel::{leanings, scored};

use super::{address, from_above, is_of, is_settled, login, named, table};
use crate::authorize::Action;
use crate::call::Call;
use crate::pages::forms::{Blank, Button, Filled};
use crate::pages::sheet::{Cell, Section, Table};
use crate::problem::Problem;
use crate::text::Text;

/// What is said to somebody who may score in general, but not here.
pub(super) fn note(call: &Call, round: &Round<'_>, standing: &Standing) -> Option<String> {
    let t = Text(call.view.lang);
    call.who().rights(Action::Score).next()?;
    if !from_above(call, Action::Score, round.place) || is_of(call, round.place) {
        return Some(t.say("dossier-own-house"));
    }
    let declared = standing.interest(call.account())?;
    if declared.interested {
        return Some(t.with("dossier-withdrawn", "tie", &declared.tie));
    }
    let seal = standing.seal(call.account())?;
    Some(say(
        t.0,
        "dossier-sealed",
        &[("on", &seal.on), ("digest", seal.digest.get(..16).unwrap_or_default())],
    ))
}

/// The form of a reviewer: first the declaration, then the sheet, until it is sealed.
pub(super) fn form(
    call: &Call,
    round: &Round<'_>,
    standing: &Standing,
    sheets: &Sheets,
    wrong: &[Diagnostic],
) -> Option<Section> {
    let t = Text(call.view.lang);
    if !from_above(call, Action::Score, round.place)
        || is_of(call, round.place)
        || !standing.opinions.is_empty()
    {
        return None;
    }
    match standing.interest(call.account()) {
        None => Some(Section::Form(declaration(call, round, wrong))),
        Some(one) if one.interested => None,
        Some(_) if standing.seal(call.account()).is_some() => None,
        Some(_) => {
            let mut form =
                Filled::new(t.say("dossier-sheet"), format!("{}/marks", address(round)), String::new());
            form.says = t.say("dossier-sheet-says");
            form.buttons = vec![
                Button::new(t.say("dossier-keep"), "first", "keep"),
                Button::new(t.say("dossier-seal"), "danger", "seal"),
            ];
            let sheet = sheets.get(round, call.account());
            for item in scored(round.scheme) {
                let kept = sheet.as_ref().and_then(|sheet| sheet.mark(&item.id));
                let points = kept.map(|mark| mark.points.normalize().to_string());
                let comment = kept.map(|mark| mark.comment.clone());
                form.blanks.push(points_of(call, item, points, wrong));
                form.blanks.push(said_of(call, "comment", item, comment, wrong));
            }
            Some(Section::Form(form))
        }
    }
}

fn declaration(call: &Call, round: &Round<'_>, wrong: &[Diagnostic]) -> Filled {
    let t = Text(call.view.lang);
    let action = format!("{}/interest", address(round));
    let mut form = Filled::new(t.say("dossier-declare"), action, t.say("dossier-declare-send"));
    form.says = t.say("dossier-declare-says");
    let choices = ["no", "yes"].map(|word| (word.to_owned(), t.say(&format!("dossier-interest-{word}"))));
    form.blanks = vec![
        Blank::new(t, "interested", "choice")
            .choices(choices)
            .value(call.form.get("interested"))
            .judged(t.0, wrong),
        Blank::new(t, "tie", "text").optional().value(call.form.get("tie")).judged(t.0, wrong),
    ];
    form
}

/// The field for an item's points: its levels to choose from, or a number.
fn points_of(call: &Call, item: &Item, kept: Option<String>, wrong: &[Diagnostic]) -> Blank {
    let t = Text(call.view.lang);
    let name = format!("points-{}", item.id);
    let typed = call.form.get(&name);
    let choices = match &item.score {
        Score::Judged { levels } => levels.as_slice(),
        _ => &[],
    };
    let one = |(points, says): &(zhiheng_base::Decimal, zhiheng_base::Words)| {
        let points = points.normalize().to_string();
        (points.clone(), format!("{points} · {}", says.get(t.0)))
    };
    let blank = Blank {
        label: item.name.get(t.0).to_owned(),
        hint: t.with("dossier-points-hint", "most", item.points.normalize()),
        kind: if choices.is_empty() { "number" } else { "choice" },
        choices: choices.iter().map(one).collect(),
        value: if typed.is_empty() { kept.unwrap_or_default() } else { typed.to_owned() },
        autocomplete: "off",
        name,
        ..Blank::default()
    };
    blank.judged(t.0, wrong)
}

/// The field for what is said to an item: `comment` or `reason`.
fn said_of(call: &Call, what: &str, item: &Item, kept: Option<String>, wrong: &[Diagnostic]) -> Blank {
    let t = Text(call.view.lang);
    let name = format!("{what}-{}", item.id);
    let typed = call.form.get(&name);
    let blank = Blank {
        label: t.with(&format!("dossier-{what}"), "item", item.name.get(t.0)),
        kind: "text",
        value: if typed.is_empty() { kept.unwrap_or_default() } else { typed.to_owned() },
        autocomplete: "off",
        name,
        ..Blank::default()
    };
    blank.judged(t.0, wrong)
}

/// The opened sheets side by side. Who scored is named to the office alone.
pub(super) async fn opened(
    call: &Call,
    round: &Round<'_>,
    standing: &Standing,
) -> Result<Vec<Section>, Problem> {
    let t = Text(call.view.lang);
    let is_office = from_above(call, Action::Review, round.place);
    let mut names = Vec::new();
    for (at, one) in standing.opinions.iter().enumerate() {
        names.push(match is_office {
            true => login(call, &one.marks.reviewer).await?,
            false => t.with("dossier-reviewer", "n", at + 1),
        });
    }
    let mut columns = vec![(t.say("server-col-item"), false)];
    columns.extend(names.iter().map(|name| (name.clone(), true)));
    columns.push((t.say("dossier-spread"), true));
    columns.push((t.say("dossier-proposed"), true));
    let mut side = table(call, "dossier-opened", columns);
    let weighed = round.weighed(standing);
    let shown = |points: Option<zhiheng_base::Decimal>| points.map(|points| points.normalize().to_string());
    for item in &weighed {
        let mut row = vec![Cell::of(named(round, &item.item, t.0))];
        row.extend(item.points.iter().map(|points| Cell::of(shown(*points).unwrap_or_default())));
        let spread = item.spread.normalize().to_string();
        let spread = if item.is_apart { t.with("dossier-apart", "spread", spread) } else { spread };
        row.push(Cell::of(spread));
        row.push(Cell::of(item.proposed.normalize().to_string()));
        side.rows.push(row);
    }
    let marks = standing.marks();
    let mut lean = vec![Cell::of(t.say("dossier-leaning"))];
    lean.extend(leanings(&marks, &weighed).into_iter().map(|points| {
        Cell::of(points.map(|points| format!("{:+}", points.round_dp(2).normalize())).unwrap_or_default())
    }));
    lean.extend([Cell::default(), Cell::default()]);
    side.rows.push(lean);
    let mut said = Table::new(call, "dossier-comments", &["item", "by", "comment"]);
    for (one, name) in standing.opinions.iter().zip(&names) {
        for mark in one.marks.marks.iter().filter(|mark| !mark.comment.is_empty()) {
            let item = named(round, &mark.item, t.0);
            said.rows.push(vec![Cell::of(item), Cell::of(name.clone()), Cell::of(mark.comment.clone())]);
        }
    }
    Ok(vec![Section::Table(side), Section::Table(said)])
}

/// What the office sees and does: who has declared and sealed; opening; settling.
pub(super) async fn office(
    call: &Call,
    round: &Round<'_>,
    standing: &Standing,
    sheets: &Sheets,
    wrong: &[Diagnostic],
) -> Result<Vec<Section>, Problem> {
    let t = Text(call.view.lang);
    if !from_above(call, Action::Review, round.place) || is_of(call, round.place) {
        return Ok(Vec::new());
    }
    let mut people = Table::new(call, "dossier-reviewers", &["by", "interest", "sealed", "digest"]);
    for one in &standing.interests {
        let seal = standing.seal(&one.reviewer);
        let interest = if one.interested { one.tie.clone() } else { t.say("dossier-interest-no") };
        people.rows.push(vec![
            Cell::of(login(call, &one.reviewer).await?),
            Cell::to(interest, format!("/records/{}", one.entry)),
            Cell::of(seal.map(|seal| seal.on.clone()).unwrap_or_default()),
            seal.map(|seal| {
                Cell::to(seal.digest.get(..16).unwrap_or_default(), format!("/records/{}", seal.entry))
            })
            .unwrap_or_default(),
        ]);
    }
    let mut sections = vec![Section::Table(people)];
    if standing.opinions.is_empty() && round.persons(standing, sheets).len() >= round.panel.reviewers as usize
    {
        let mut form = Filled::new(
            t.say("dossier-open"),
            format!("{}/open", address(round)),
            t.say("dossier-open-send"),
        );
        form.says = t.say("dossier-open-says");
        sections.push(Section::Form(form));
    }
    if !standing.opinions.is_empty() && !is_settled(round, standing) {
        let action = format!("{}/score", address(round));
        let mut form = Filled::new(t.say("dossier-settle"), action, t.say("dossier-settle-send"));
        form.says = t.say("dossier-settle-says");
        for weighed in round.weighed(standing) {
            let Some(item) = scored(round.scheme).find(|item| item.id == weighed.item) else { continue };
            let proposed = weighed.proposed.normalize().to_string();
            form.blanks.push(Blank { required: true, ..points_of(call, item, Some(proposed), wrong) });
            form.blanks.push(said_of(call, "reason", item, None, wrong));
        }
        sections.push(Section::Form(form));
    }
    Ok(sections)
}
