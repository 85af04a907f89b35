//! `zhiheng submit`: what units owe and have handed in; handing in and taking back, as the pages do it.

use std::path::Path;

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::handin::draft::State;
use zhiheng_desk::handin::duty::{duties, duty_of, periods};
use zhiheng_desk::handin::examine::examine;
use zhiheng_desk::handin::matrix::matrix;
use zhiheng_desk::handin::read::Reading;
use zhiheng_desk::handin::{Checked, Draft, Drafts, Given, Places, Return, Sending, send, units, withdraw};
use zhiheng_intake::Limits;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::args::{SubmitVerb, What};
use crate::context::Context;
use crate::desk::{Desk, opened};
use crate::failure::{Failure, Outcome, show};
use crate::output::Listing;

/// Runs a verb of `submit`.
pub(crate) fn run(context: &Context, verb: SubmitVerb) -> Outcome {
    match verb {
        SubmitVerb::Status { dataset, periods, region } => {
            status(context, dataset.as_deref(), periods, &region)
        }
        SubmitVerb::Send { what, file, explain, drop_missing, dry_run } => {
            hand_in(context, &what, &file, (&explain, drop_missing, dry_run))
        }
        SubmitVerb::Withdraw { what, reason } => take_back(context, &what, &reason),
    }
}

fn status(context: &Context, dataset: Option<&str>, n: usize, region: &str) -> Outcome {
    let desk = Desk::open(context)?;
    let region = RegionCode::parse(region)?;
    let today = context.today();
    let chosen = match dataset {
        Some(id) => vec![duty_of(&desk.catalog, id)?],
        None => duties(&desk.catalog).collect(),
    };
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("dataset", title("cli-submit-dataset"), false),
        ("period", title("cli-submit-period"), false),
        ("due", title("cli-submit-due"), false),
        ("region", title("cli-submit-unit"), false),
        ("state", title("cli-state"), false),
        ("rows", title("cli-submit-rows"), true),
        ("changed_since", title("cli-submit-changed"), true),
        ("case", title("cli-submit-case"), false),
    ]);
    let places = context.wait(Places::default().newest(&desk))?;
    for (record, duty) in chosen {
        let below = units(&desk.catalog.regions, duty, region, today);
        for period in periods(duty, today, n) {
            let asked = (record.head.id.as_str(), duty, period);
            for unit in context.wait(matrix(&desk, &places, asked, &below, (today, true)))? {
                let newest = unit.place.as_ref().and_then(|place| place.handed_in.last());
                listing.row(vec![
                    record.head.id.clone().into(),
                    period.to_string().into(),
                    duty.due(period).to_string().into(),
                    unit.region.to_string().into(),
                    context.say(&format!("server-return-{}", unit.status.word()), &[]).into(),
                    newest.map_or(serde_json::Value::Null, |one| one.rows.into()),
                    unit.changed.into(),
                    unit.place.as_ref().map(|place| place.case.clone()).unwrap_or_default().into(),
                ]);
            }
        }
    }
    Ok(listing.print(context.format())?)
}

fn named(context: &Context, desk: &zhiheng_desk::Desk, what: &What) -> Result<Return, Failure> {
    let region = RegionCode::parse(&what.region)?;
    Ok(Return::named(&desk.catalog, (&what.dataset, region, &what.period), context.today())?)
}

fn hand_in(
    context: &Context,
    what: &What,
    file: &Path,
    (explain, drop_missing, dry_run): (&str, bool, bool),
) -> Outcome {
    let desk = opened(context)?;
    let asked = named(context, &desk, what)?;
    let drafts = Drafts::of(&desk.project)?;
    let bytes = std::fs::read(file)?;
    let sha256 = to_hex(&sha256(&bytes));
    let draft = Draft {
        id: sha256.get(..32).unwrap_or_default().to_owned(),
        account: what.account.clone(),
        login: what.account.clone(),
        of: asked.of.clone(),
        region: asked.region.to_string(),
        period: asked.period.to_string(),
        given: Given::File,
        name: file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        size: bytes.len() as u64,
        sha256,
        at: context.now(),
        state: State::Checking,
    };
    let source = drafts.inbox().join(format!("upload-{}.part", draft.id));
    std::fs::write(&source, &bytes)?;
    drafts.put(&draft, &source)?;
    let done = checked_and_sent(context, &desk, (&drafts, &draft, &asked), (explain, drop_missing, dry_run));
    drafts.forget(&draft.id)?;
    done
}

fn checked_and_sent(
    context: &Context,
    desk: &zhiheng_desk::Desk,
    (drafts, draft, asked): (&Drafts, &Draft, &Return),
    (explanation, drop_missing, dry_run): (&str, bool, bool),
) -> Outcome {
    let reading = Reading {
        program: std::env::current_exe()?,
        folders: context.catalog_folders(),
        limits: Limits::default(),
    };
    let progress = context.progress("cli-progress-check", 0);
    let files = (drafts.source(&draft.id)?, drafts.spool(&draft.id)?);
    let found =
        reading.read(&desk.catalog, (draft, asked), (&files.0, &files.1), context.today(), |seen, _| {
            progress.set(seen);
            true
        })?;
    progress.finish();
    let found = found.ok_or_else(|| Diagnostic::error("ZH7316"))?;
    show(&found.problems, context.lang, context.global.color);
    let places = Places::default();
    let both = (drafts, &places);
    let checked = context.wait(examine(desk, both, (draft, asked), found, context.moment()))?;
    tell(context, &checked);
    if checked.refused() > 0 {
        return Err(Diagnostic::error("ZH7311").arg("n", checked.refused()).into());
    }
    if dry_run {
        return Ok(());
    }
    let sending = Sending { draft, checked: &checked, explanation, drop_missing };
    let sent = context.wait(send(desk, drafts, &places, sending, context.moment()))?;
    let id = if sent.receipt.repeated { "cli-import-repeated" } else { "cli-submit-sent" };
    context.note(&context.say(
        id,
        &[
            ("id", &sent.receipt.submission),
            ("case", &sent.case),
            ("n", &(sent.receipt.count - 1).to_string()),
        ],
    ));
    Ok(())
}

fn tell(context: &Context, checked: &Checked) {
    let compared = &checked.compared;
    let n = |count: u64| count.to_string();
    context.note(&context.say(
        "cli-submit-checked",
        &[
            ("seen", &n(checked.done.seen)),
            ("refused", &n(checked.done.refused)),
            ("new", &n(compared.new)),
            ("same", &n(compared.same + compared.older)),
            ("changed", &n(compared.changes())),
            ("missing", &n(compared.missing)),
        ],
    ));
}

fn take_back(context: &Context, what: &What, reason: &str) -> Outcome {
    let desk = opened(context)?;
    let asked = named(context, &desk, what)?;
    let places = Places::default();
    let done = withdraw(&desk, &places, &asked, (&what.account, reason), context.moment());
    let n = context.wait(done)?;
    context.note(&context.say("cli-submit-withdrawn", &[("n", &n.to_string())]));
    Ok(())
}
