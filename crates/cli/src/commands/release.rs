//! `zhiheng release`: the disclosure check of tables, and the publications as their cases stand.

use serde_json::Value as Json;
use zhiheng_act::case::{Case, to_json};
use zhiheng_base::{Decimal, Diagnostic, RegionCode};
use zhiheng_catalog::Value;
use zhiheng_desk::disclosure::{Checked, Limits, check};
use zhiheng_measure::{Split, TableAddress};
use zhiheng_record::CaseFilter;

use crate::args::ReleaseVerb;
use crate::context::Context;
use crate::desk::Desk;
use crate::failure::{Failure, Outcome};
use crate::output::Listing;

/// Procedure whose cases are publications.
const PUBLICATION: &str = "release.publication";
/// Record type of the rules by which tables are checked, with the fields that are read of it.
const RULE: &str = "release.rule";
const RULE_ID: &str = "rule_id";
const LEAST: &str = "least";
const MOST_SHARE: &str = "most_share";
/// Fields of a publication that a list shows.
const LISTED: [&str; 4] = ["release_no", "release_kind", "title", "region"];

/// Runs a verb of `release`.
pub(crate) fn run(context: &Context, verb: ReleaseVerb) -> Outcome {
    match verb {
        ReleaseVerb::Check { tables, rule, least, share, keep_totals, on, as_of } => {
            let desk = Desk::open(context)?;
            let typed = Limits { least, most_share: share, totals_stay: keep_totals };
            let day = on.unwrap_or_else(|| context.today());
            let limits = match rule {
                None => typed,
                Some(id) => Limits { totals_stay: keep_totals, ..ruled(&desk, &id, day)? },
            };
            checked(&desk, &tables, limits, as_of)
        }
        ReleaseVerb::List { state, all } => list(context, state.as_deref(), all),
        ReleaseVerb::Show { case, as_of } => show(context, &case, as_of),
    }
}

/// The limits of a rule that holds on a day.
///
/// Errors: ZH7223 if there is none.
fn ruled(desk: &Desk<'_>, id: &str, day: zhiheng_base::Date) -> Result<Limits, Failure> {
    let find = [(RULE_ID.to_owned(), Value::Text(id.to_owned()))];
    let size = desk.engine.size();
    let value = |field: &str| desk.context.wait(desk.standing(RULE, &find, field, day, size));
    let none = || Diagnostic::error("ZH7223").arg("rule", id).arg("on", day);
    let least = match value(LEAST)? {
        Value::Integer(least) => u64::try_from(least).map_err(|_| none())?,
        _ => return Err(none().into()),
    };
    Ok(Limits { least, most_share: value(MOST_SHARE)?.to_decimal(), totals_stay: false })
}

fn checked(desk: &Desk<'_>, tables: &[String], limits: Limits, as_of: Option<u64>) -> Outcome {
    let context = desk.context;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("table", title("cli-release-table"), false),
        ("row", title("cli-release-row"), false),
        ("column", title("cli-release-column"), false),
        ("value", title("cli-value"), true),
        ("contributors", title("cli-release-contributors"), true),
        ("share", title("cli-release-share"), true),
        ("reason", title("cli-release-reason"), false),
        ("low", title("cli-release-low"), true),
        ("high", title("cli-release-high"), true),
    ]);
    let mut open = None;
    let mut said = Vec::new();
    for text in tables {
        let address: TableAddress = text.parse()?;
        let found = context.wait(check(&desk.engine, &address, limits, as_of))?;
        cells(desk, &found, tables.len() == 1, &mut listing);
        let summary = found.summary;
        let args = [
            ("table", found.behind.address.to_string()),
            ("cells", summary.cells.to_string()),
            ("hidden", summary.hidden.to_string()),
            ("more", summary.beside.to_string()),
            ("smallest", summary.smallest.to_string()),
            ("contributor", found.behind.contributor.clone()),
            ("unnamed", found.behind.unnamed.to_string()),
            ("records", found.behind.records.to_string()),
        ];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        said.push(context.say("cli-release-checked", &args));
        if !found.protection.is_safe() {
            open.get_or_insert_with(|| Diagnostic::error("ZH7221").arg("table", text));
        }
    }
    listing.drop_empty_columns();
    listing.print(context.format())?;
    said.iter().for_each(|text| context.note(text));
    open.map_or(Ok(()), |problem| Err(problem.into()))
}

/// One row a cell, row by row; totals have no name.
fn cells(desk: &Desk<'_>, found: &Checked, is_one: bool, listing: &mut Listing) {
    let context = desk.context;
    let behind = &found.behind;
    // Of one table on a terminal every line would say the same.
    let address = match is_one && context.is_plain() {
        true => Json::Null,
        false => behind.address.to_string().into(),
    };
    let name = |split: Option<&Split>, names: &[Option<String>], at: usize| -> Json {
        let Some(split) = split else { return Json::Null };
        match names.get(at) {
            None => context.say("cli-release-total", &[]).into(),
            Some(None) => context.say("cli-release-unstated", &[]).into(),
            Some(Some(code)) => match (split, RegionCode::parse(code)) {
                (Split::Region(_), Ok(region)) if context.is_plain() => {
                    let name = desk.catalog.regions.name(region).unwrap_or_default();
                    format!("{code} {name}").into()
                }
                _ => code.clone().into(),
            },
        }
    };
    let units = |units: u64| -> Json {
        Decimal::try_from_i128_with_scale(units.into(), behind.places.into())
            .map_or(Json::Null, |value| value.normalize().to_string().into())
    };
    for (at, (cell, judged)) in behind.table.cells().iter().zip(&found.protection.cells).enumerate() {
        let (row, column) = behind.table.place(at);
        let reason = judged.reason.map(|reason| context.say(&format!("cli-release-{}", reason.word()), &[]));
        listing.row(vec![
            address.clone(),
            name(Some(&behind.address.rows), &behind.rows, row),
            name(behind.address.columns.as_ref(), &behind.columns, column),
            units(cell.value),
            cell.contributors.into(),
            cell.share().map_or(Json::Null, |share| format!("{share:.1}").into()),
            reason.map_or(Json::Null, Json::from),
            judged.interval.map_or(Json::Null, |interval| units(interval.low)),
            judged.interval.and_then(|interval| interval.high).map_or(Json::Null, units),
        ]);
    }
}

fn list(context: &Context, state: Option<&str>, all: bool) -> Outcome {
    let desk = Desk::open(context)?;
    let mut heads = if all {
        let of = Some(PUBLICATION.to_owned());
        context.wait(desk.ledger.cases(&CaseFilter { of, ..CaseFilter::default() }))?
    } else {
        desk.open_cases(Some(PUBLICATION))?
    };
    heads.retain(|head| state.is_none_or(|state| head.state == state));
    heads.sort_by(|a, b| a.case.cmp(&b.case));
    let title = |id| context.say(id, &[]);
    let procedure = desk.catalog.procedures.get(PUBLICATION);
    let named = |id: &str| {
        let field = procedure.and_then(|procedure| procedure.field(id));
        field.map_or_else(|| id.to_owned(), |field| field.name.get(context.lang).to_owned())
    };
    let mut columns = vec![("case".to_owned(), title("cli-case"), false)];
    columns.extend(LISTED.map(|id| (id.to_owned(), named(id), false)));
    columns.push(("state".to_owned(), title("cli-state"), false));
    let mut listing = Listing::new(columns);
    for head in heads {
        let case = desk.case(&head.case, None)?;
        let mut row: Vec<Json> = vec![head.case.clone().into()];
        row.extend(LISTED.map(|id| value(&desk, &case, id)));
        row.push(state_name(&desk, &case).into());
        listing.row(row);
    }
    Ok(listing.print(context.format())?)
}

/// A publication: each field of its sheet, and where those that nobody typed are from.
fn show(context: &Context, number: &str, as_of: Option<u64>) -> Outcome {
    let desk = Desk::open(context)?;
    let case = desk.case(number, as_of)?;
    let procedure = desk.procedure(&case)?;
    if procedure.family != PUBLICATION {
        return Err(Diagnostic::error("ZH7224")
            .arg("case", number)
            .arg("procedure", &procedure.head.id)
            .into());
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("field", title("cli-release-field"), false),
        ("name", title("cli-name"), false),
        ("value", title("cli-value"), false),
        ("ledger", title("cli-release-ledger"), false),
        ("from", title("cli-release-from"), false),
    ]);
    let state = state_name(&desk, &case);
    listing.row(vec!["state".into(), title("cli-state").into(), state.into(), Json::Null, Json::Null]);
    for field in &procedure.fields {
        let value = value(&desk, &case, &field.id);
        if value.is_null() {
            continue;
        }
        let effective = case.events.iter().rev().map(|(_, event)| event).filter(|event| event.takes_effect());
        let figure = effective
            .filter(|event| event.form.contains_key(&field.id))
            .find_map(|event| event.figure(&field.id));
        let differs = figure.filter(|figure| figure.value != value);
        listing.row(vec![
            field.id.clone().into(),
            field.name.get(context.lang).into(),
            value,
            differs.map_or(Json::Null, |figure| figure.value.clone()),
            figure.map_or(Json::Null, |figure| figure.from.clone().into()),
        ]);
    }
    listing.drop_empty_columns();
    Ok(listing.print(context.format())?)
}

fn value(desk: &Desk<'_>, case: &Case, id: &str) -> Json {
    let field = desk.catalog.procedures.get(&case.procedure).and_then(|procedure| procedure.field(id));
    field.zip(case.sheet.get(id)).map_or(Json::Null, |(field, value)| to_json(field, value))
}

fn state_name(desk: &Desk<'_>, case: &Case) -> String {
    let procedure = desk.catalog.procedures.get(&case.procedure);
    let state = procedure.and_then(|procedure| procedure.state(&case.state));
    state.map_or_else(|| case.state.clone(), |state| state.name.get(desk.context.lang).to_owned())
}
