//! Check answers: what a draft comes to, and the form that sends it.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::words::say;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::FieldType;
use zhiheng_desk::Desk;
use zhiheng_desk::handin::send::step_of;
use zhiheng_desk::handin::totals::Totals;
use zhiheng_desk::handin::{Checked, Draft, Return};

use super::problems;
use crate::call::Call;
use crate::pages::forms::{Blank, Filled};
use crate::pages::returns::{counter, place_name};
use crate::pages::sheet::{Cell, Section, Sheet, Table};
use crate::problem::Problem;
use crate::text::Text;

/// Check answers: what it comes to beside the period before, what the ledger has of it, what is doubtful; and the form that sends.
pub(super) async fn answers(
    call: &Call,
    sheet: &mut Sheet,
    desk: &Desk,
    (draft, what, checked): (&Draft, &Return, &Checked),
    wrong: &[Diagnostic],
) -> Result<(), Problem> {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    if checked.done.flagged > 0 {
        sheet
            .sections
            .push(Section::Table(problems(call, checked, "warnings", |problem| !problem.is_error())));
    }
    if !checked.outliers.is_empty() {
        sheet.sections.push(Section::Table(outliers(call, desk, what, checked)));
    }
    let compared = &checked.compared;
    let facts = [
        ("new", compared.new),
        ("same", compared.same),
        ("older", compared.older),
        ("changed", compared.changed),
        ("back", compared.back),
        ("missing", compared.missing),
    ];
    let facts = facts.into_iter().filter(|(word, n)| *n > 0 || matches!(*word, "new" | "same"));
    let facts = facts.map(|(word, n)| (t.say(&format!("server-compared-{word}")), Cell::of(n.to_string())));
    sheet.sections.push(Section::Facts(t.say("server-draft-compared"), facts.collect()));
    sheet.sections.push(Section::Table(totals(call, desk, what, checked)));
    let place = counter(call)?.places.find(desk, what).await?;
    let step = match step_of(place.as_deref()) {
        Ok(step) => step,
        Err(locked) => {
            sheet.notes.push(locked.message(lang));
            return Ok(());
        }
    };
    if step == "amend" && !compared.brings() && compared.missing == 0 {
        sheet.notes.push(say(lang, "server-draft-nothing", &[("same", &compared.same.to_string())]));
        return Ok(());
    }
    let mut form = Filled::new(
        t.say("server-draft-confirm"),
        format!("/drafts/{}/send", draft.id),
        t.say("server-draft-send"),
    );
    form.says = t.say("server-draft-declare");
    let explanation =
        Blank::new(t, "explanation", "long").value(call.form.get("explanation")).judged(lang, wrong);
    form.blanks.push(if checked.needs_explanation() { explanation } else { explanation.optional() });
    if compared.missing > 0 {
        let mut missing = Blank::new(t, "drop_missing", "check").value(call.form.get("drop_missing"));
        missing.label = t.with("server-draft-missing", "n", compared.missing);
        form.blanks.push(missing);
    }
    sheet.sections.push(Section::Form(form));
    Ok(())
}

fn outliers(call: &Call, desk: &Desk, what: &Return, checked: &Checked) -> Table {
    let mut table = Table::new(call, "outliers", &["#row", "field", "#value", "#others-low", "#others-high"]);
    let record = desk.catalog.records.get(&what.of);
    for one in &checked.outliers {
        let field = record.and_then(|record| record.field(&one.field));
        table.rows.push(vec![
            Cell::of(one.row.to_string()),
            Cell::of(
                field.map_or_else(|| one.field.clone(), |field| field.name.get(call.view.lang).to_owned()),
            ),
            Cell::of(one.value.to_string()),
            Cell::of(one.low.clone()),
            Cell::of(one.high.clone()),
        ]);
    }
    table
}

/// What it comes to, this period and the one before: rows, rows by place and code, sums.
fn totals(call: &Call, desk: &Desk, what: &Return, checked: &Checked) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let (now, before) = (&checked.totals, &checked.before);
    let mut table = Table::new(call, "totals", &["item", "#this", "#before"]);
    let mut add = |item: String, this: String, that: String| {
        table.rows.push(vec![Cell::of(item), Cell::of(this), Cell::of(that)]);
    };
    add(t.say("server-totals-rows"), now.rows.to_string(), before.rows.to_string());
    let places: BTreeSet<&String> = now.places.keys().chain(before.places.keys()).collect();
    for code in places {
        let name = RegionCode::parse(code).ok().map(|region| place_name(call, desk, region));
        let n = |totals: &BTreeMap<String, u64>| totals.get(code).copied().unwrap_or_default().to_string();
        add(name.unwrap_or_else(|| code.clone()), n(&now.places), n(&before.places));
    }
    let Some(record) = desk.catalog.records.get(&what.of) else { return table };
    for field in &record.fields {
        let name = field.name.get(lang);
        if let FieldType::Code { list } = &field.kind {
            let items = desk.catalog.lists.get(list).map(|list| list.items.as_slice()).unwrap_or_default();
            for item in items {
                let n = |totals: &Totals| {
                    totals
                        .codes
                        .get(&field.id)
                        .and_then(|codes| codes.get(&item.code))
                        .copied()
                        .unwrap_or_default()
                };
                if n(now) + n(before) > 0 {
                    let item_name = item.name.get(lang);
                    let label = say(lang, "server-totals-code", &[("field", name), ("code", item_name)]);
                    add(label, n(now).to_string(), n(before).to_string());
                }
            }
        }
        let sum = |totals: &Totals| {
            totals
                .sums
                .get(&field.id)
                .map(|sum| sum.sum.map_or_else(|| "–".to_owned(), |sum| sum.to_string()))
        };
        if sum(now).is_some() || sum(before).is_some() {
            let label = t.with("server-totals-sum", "field", name);
            add(
                label,
                sum(now).unwrap_or_else(|| "0".to_owned()),
                sum(before).unwrap_or_else(|| "0".to_owned()),
            );
        }
    }
    table
}
