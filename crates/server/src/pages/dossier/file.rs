//! Evidence: handed in by the place, read by whoever may see the place.

use std::fs::File;

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_desk::panel::Round;
use zhiheng_desk::put::{Row, checked};
use zhiheng_desk::row::record_type;
use zhiheng_desk::{Desk, Trouble, form};
use zhiheng_judge::panel::scored;

use super::{address, page, round};
use crate::authorize::{Action, Level, Thing};
use crate::call::Call;
use crate::pages::act::moment;
use crate::pages::download;
use crate::pages::forms::{Blank, Filled, at};
use crate::pages::layout::go;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;
use crate::upload::{self, Uploaded};

/// Record type of evidence.
const EVIDENCE: &str = "assessment.evidence";

/// Kind of a file for an item that asks for none in particular.
const MATERIAL: &str = "material";

/// The form of whoever hands in for the place.
pub(super) fn form(call: &Call, round: &Round<'_>, wrong: &[Diagnostic]) -> Option<Filled> {
    let t = Text(call.view.lang);
    let thing = Thing::of_region(round.place, Level::Internal);
    call.who().rights(Action::Submit).find(|held| held.reaches(&thing))?;
    let mut choices = Vec::new();
    for item in scored(round.scheme) {
        let name = item.name.get(t.0);
        for kind in &item.evidence {
            choices.push((format!("{}/{kind}", item.id), format!("{name}（{kind}）")));
        }
        if item.evidence.is_empty() {
            choices.push((format!("{}/{MATERIAL}", item.id), name.to_owned()));
        }
    }
    let action = format!("{}/files", address(round));
    let mut form = Filled::new(t.say("dossier-give"), action, t.say("dossier-give-send"));
    form.says = t.say("dossier-give-says");
    form.files = true;
    form.blanks = vec![
        Blank::new(t, "criterion", "choice")
            .choices(choices)
            .value(call.form.get("criterion"))
            .judged(t.0, wrong),
        Blank::new(t, "evidence", "file").judged(t.0, wrong),
        Blank::new(t, "valid_from", "date").optional().value(call.form.get("valid_from")).judged(t.0, wrong),
        Blank::new(t, "valid_until", "date")
            .optional()
            .value(call.form.get("valid_until"))
            .judged(t.0, wrong),
    ];
    Some(form)
}

/// `POST …/dossier/files`: a file for a criterion.
pub(crate) async fn give(mut call: Call) -> Answer {
    let spool = call.server.office()?.spool().await?;
    let (fields, files) = upload::read(&call, &spool).await?;
    call.form = fields;
    let outcome = {
        let desk = call.server.office()?.desk().await?;
        let round = round(&call, &desk)?;
        given(&call, &desk, &round, &files).await.map(|()| address(&round))
    };
    match outcome {
        Ok(back) => go(&call, &back),
        Err(Trouble::Problems(problems)) => page(&call, StatusCode::UNPROCESSABLE_ENTITY, &problems).await,
        Err(trouble) => Err(trouble.into()),
    }
}

async fn given(call: &Call, desk: &Desk, round: &Round<'_>, files: &[Uploaded]) -> Result<(), Trouble> {
    let file = files.iter().find(|file| file.field == "evidence");
    let file = file.ok_or_else(|| at("evidence", Diagnostic::error("ZH7345")))?;
    let asked = call.form.get("criterion").split_once('/');
    let item = asked.and_then(|(id, kind)| Some((scored(round.scheme).find(|item| item.id == id)?, kind)));
    let known = item.filter(|(item, kind)| match item.evidence.as_slice() {
        [] => *kind == MATERIAL,
        kinds => kinds.iter().any(|one| one == kind),
    });
    let (item, kind) = known.ok_or_else(|| at("criterion", Diagnostic::error("ZH7344")))?;
    let moment = moment(call);
    let row: Row = vec![
        ("scheme", round.scheme.head.id.clone()),
        ("item", item.id.clone()),
        ("place", round.place.to_string()),
        ("period", round.period.to_string()),
        ("sha256", file.sha256.clone()),
        ("kind", kind.to_owned()),
        ("valid_from", call.form.get("valid_from").to_owned()),
        ("valid_until", call.form.get("valid_until").to_owned()),
        ("filed_on", moment.today.to_string()),
    ];
    // Only what can be written is kept.
    checked(&desk.catalog, record_type(&desk.catalog, EVIDENCE)?, std::slice::from_ref(&row), moment)?;
    tokio::task::block_in_place(|| form::keep(&desk.project, kind, &file.name, File::open(&file.path)?))?;
    let id = format!(
        "evidence/{}/{}/{}/{}/{}",
        round.scheme.head.id, round.place, round.period, item.id, file.sha256
    );
    desk.put(moment, EVIDENCE, &[row], call.account(), id).await.map(drop)
}

/// `GET …/dossier/files/{file}`: a file of the place and period, by its SHA-256.
pub(crate) async fn file(call: Call) -> Answer {
    let wanted = call.param("file").to_owned();
    let path = {
        let desk = call.server.office()?.desk().await?;
        let round = round(&call, &desk)?;
        let standing = desk.round_stands(&round).await?;
        if !standing.evidence.iter().any(|(_, one)| one.sha256 == wanted) {
            return Err(Problem::not_found());
        }
        desk.project.file(&wanted)
    };
    // What a file of records names by its hash alone was never handed in here.
    let path = path.ok_or_else(Problem::not_found)?;
    download::saved(download::bytes(Some(path), &wanted, &wanted).await?, download::ANY, &wanted)
}
