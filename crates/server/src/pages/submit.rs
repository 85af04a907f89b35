//! Handing in: what I owe, the form to fill in, the file or table that I give, and taking it back.

use std::sync::Arc;

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_desk::handin::decide::{gives_back, procedure};
use zhiheng_desk::handin::duty::duty_of;
use zhiheng_desk::handin::matrix::Status;
use zhiheng_desk::handin::send::withdraw;
use zhiheng_desk::handin::table::Table as Pasted;
use zhiheng_desk::handin::{Draft, Given, Place, Return, State};
use zhiheng_desk::{Desk, Moment, Trouble};
use zhiheng_intake::workbook::{TemplateOptions, template};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use super::download::saved;
use super::forms::{Blank, Button, Filled, told};
use super::layout::go;
use super::returns::{Names, counter, drafts, href, named};
use super::sheet::{Cell, Section, Sheet, Table};
use crate::call::Call;
use crate::counter::{Counter, work};
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;
use crate::text::Text;
use crate::upload;

/// Content type of workbooks.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// `GET /submit/{record}/{region}/{period}`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[], "").await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic], pasted: &str) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let counter = counter(call)?;
    let desk = call.server.office()?.desk().await?;
    let what = named(call, &desk)?;
    let today = call.server.today();
    let place = counter.places.find(&desk, &what).await?;
    let names = Names::of(call, &desk, &what);
    let stands = Status::of(place.as_deref(), what.due(), today);
    let mut sheet = Sheet::new(call, format!("{} · {} · {}", names.record, names.unit, names.period));
    sheet.frame = sheet.frame.under("submit.list");
    sheet.wrong = told(lang, wrong, "file");
    sheet.lead = t.say(&format!("server-return-{}-says", stands.word()));
    let mut facts = vec![
        (t.say("server-col-due"), Cell::of(what.due().to_string())),
        (t.say("server-col-state"), Cell::of(t.say(&format!("server-return-{}", stands.word())))),
    ];
    if let Some(place) = &place {
        facts
            .push((t.say("server-col-case"), Cell::to(place.case.clone(), format!("/cases/{}", place.case))));
        let procedure = procedure(&desk.catalog)?;
        let newest = place
            .deeds
            .last()
            .filter(|deed| procedure.step(&deed.step).is_some_and(|step| gives_back(procedure, step)));
        if let Some(deed) = newest {
            sheet.notes.push(t.with("server-return-faults", "why", &deed.said));
            let by = place.mend_by.map(|day| (t.say("server-field-mend_by"), Cell::of(day.to_string())));
            facts.extend(by);
        }
    }
    sheet.sections.push(Section::Facts(String::new(), facts));
    if place.as_ref().is_none_or(|place| place.is_open()) {
        forms(&mut sheet, t, &what, (wrong, pasted), lang);
    }
    let drafts = drafts(call, &desk, counter, |draft| {
        draft.of == what.of
            && draft.region == what.region.to_string()
            && draft.period == what.period.to_string()
    })?;
    if !drafts.rows.is_empty() {
        sheet.sections.push(Section::Table(drafts));
    }
    if let Some(place) = &place {
        sheet.sections.push(Section::Table(hand_ins(call, place)));
        sheet.sections.push(Section::Table(deeds(call, &desk, place)));
        if matches!(place.state.as_str(), "submitted" | "returned") {
            let mut form = Filled::new(
                t.say("server-submit-withdraw"),
                format!("{}/withdraw", href(&what)),
                t.say("server-submit-withdraw"),
            );
            form.says = t.say("server-submit-withdraw-says");
            form.buttons = vec![Button::new(t.say("server-submit-withdraw"), "danger", "")];
            form.blanks = vec![Blank::new(t, "why", "text").judged(lang, wrong)];
            form.hidden.push(("head", place.head.to_string()));
            sheet.sections.push(Section::Form(form));
        }
    }
    sheet.answer_as(call, status)
}

/// The three ways to hand in: a file, a table, nothing.
fn forms(
    sheet: &mut Sheet,
    t: Text,
    what: &Return,
    (wrong, pasted): (&[Diagnostic], &str),
    lang: zhiheng_base::Lang,
) {
    let to = |verb: &str| format!("{}/{verb}", href(what));
    let form = Cell::to(t.say("server-submit-template"), to("template.xlsx"));
    sheet.sections.push(Section::Actions(t.say("server-submit-step-form"), vec![form]));
    let mut file = Filled::new(t.say("server-submit-step-file"), to("file"), t.say("server-submit-file"));
    file.files = true;
    file.blanks = vec![Blank::new(t, "file", "file").judged(lang, wrong)];
    let mut table = Filled::new(t.say("server-submit-step-table"), to("table"), t.say("server-submit-table"));
    table.blanks = vec![Blank::new(t, "table", "long").value(pasted).judged(lang, wrong)];
    let mut nil = Filled::new(t.say("server-submit-step-nil"), to("nil"), t.say("server-submit-nil"));
    nil.says = t.say("server-submit-nil-says");
    sheet.sections.extend([file, table, nil].map(Section::Form));
}

/// The hand-ins of a return, with their receipts.
pub(super) fn hand_ins(call: &Call, place: &Place) -> Table {
    let mut table = Table::new(call, "hand-ins", &["on", "receipt", "#rows", "#changed", "#dropped"]);
    for one in place.handed_in.iter().rev() {
        table.rows.push(vec![
            Cell::of(one.on.to_string()),
            Cell::to(one.submission.clone(), format!("/receipts/{}", one.submission)),
            Cell::of(one.rows.to_string()),
            Cell::of(one.changed.to_string()),
            Cell::of(one.dropped.to_string()),
        ]);
    }
    table
}

/// What was done with a return.
pub(super) fn deeds(call: &Call, desk: &Desk, place: &Place) -> Table {
    let procedure = procedure(&desk.catalog).ok();
    let mut table = Table::new(call, "deeds", &["on", "step", "by", "said"]);
    for deed in place.deeds.iter().rev() {
        let step = procedure.and_then(|procedure| procedure.step(&deed.step));
        table.rows.push(vec![
            Cell::of(deed.on.to_string()),
            Cell::of(step.map_or_else(|| deed.step.clone(), |step| step.name.get(call.view.lang).to_owned())),
            Cell::of(deed.by.clone()),
            Cell::of(deed.said.clone()),
        ]);
    }
    table
}

/// `GET /submit/{record}/{region}/{period}/template.xlsx`: the workbook made for this unit.
pub(crate) async fn form(call: Call) -> Answer {
    let desk = call.server.office()?.desk().await?;
    let what = named(&call, &desk)?;
    let catalog = Arc::clone(&desk.catalog);
    drop(desk);
    let options = TemplateOptions {
        lang: call.view.lang,
        unit: Some(what.region.to_string()),
        today: call.server.today(),
    };
    let name = format!("{}-{}-{}.xlsx", what.of, what.region, what.period);
    let made = tokio::task::spawn_blocking(move || {
        let (record, _) = duty_of(&catalog, &what.of)?;
        template(&catalog, record, &options)
    });
    saved(made.await.map_err(Problem::ours)??, XLSX, &name)
}

/// `POST /submit/{record}/{region}/{period}/file`.
pub(crate) async fn give(call: Call) -> Answer {
    let counter = counter(&call)?;
    let what = named(&call, &*call.server.office()?.desk().await?)?;
    let (_, mut files) = upload::read(&call, counter.drafts.inbox()).await?;
    files.retain(|given| given.field == "file");
    let refused = |code: &'static str| vec![Diagnostic::error(code).arg("field", "file")];
    if files.len() > 1 {
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, &refused("ZH7317"), "").await;
    }
    let Some(given) = files.pop() else {
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, &refused("ZH7318"), "").await;
    };
    let path = given.path.clone();
    let sha256 = tokio::task::spawn_blocking(move || hash(&path)).await.map_err(Problem::ours)?;
    let sha256 = sha256.map_err(Problem::ours)?;
    let draft = begun(&call, &what, Given::File, (&given.name, sha256, given.size)).await?;
    kept(&call, counter, &draft, &given.path).await
}

fn hash(path: &std::path::Path) -> std::io::Result<String> {
    use sha2::Digest as _;
    let mut file = std::fs::File::open(path)?;
    let mut hash = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match std::io::Read::read(&mut file, &mut buffer)? {
            0 => return Ok(to_hex(&hash.finalize())),
            n => hash.update(buffer.get(..n).unwrap_or_default()),
        }
    }
}

/// A draft of the caller's.
pub(crate) async fn begun(
    call: &Call,
    what: &Return,
    given: Given,
    (name, sha256, size): (&str, String, u64),
) -> Result<Draft, Problem> {
    let account = call.own_account().await?;
    Ok(Draft {
        id: secret::random()?,
        account: call.account().to_owned(),
        login: account.login,
        of: what.of.clone(),
        region: what.region.to_string(),
        period: what.period.to_string(),
        given,
        name: name.to_owned(),
        sha256,
        size,
        at: call.server.now(),
        state: State::Checking,
    })
}

/// Keeps a draft, begins the work, and goes where it can be watched.
async fn kept(call: &Call, counter: &Counter, draft: &Draft, source: &std::path::Path) -> Answer {
    put(counter, draft, source)?;
    work(&call.server, draft);
    go(call, &super::job::after(call, &draft.id).await)
}

/// Keeps a draft; what is not kept does not stay behind.
pub(crate) fn put(counter: &Counter, draft: &Draft, source: &std::path::Path) -> Result<(), Problem> {
    let kept = counter.drafts.put(draft, source);
    if kept.is_err() {
        let _ = std::fs::remove_file(source);
    }
    Ok(kept?)
}

/// `POST /submit/{record}/{region}/{period}/table`.
pub(crate) async fn paste(call: Call) -> Answer {
    let lang = call.view.lang;
    let counter = counter(&call)?;
    let office = call.server.office()?;
    let what = named(&call, &*office.desk().await?)?;
    let catalog = office.catalog().await;
    let text = call.form.raw("table");
    let record = catalog.records.get(&what.of).ok_or_else(Problem::not_found)?;
    let table = match Pasted::parse(text, record, lang) {
        Ok(table) => table,
        Err(problem) => {
            return page(&call, StatusCode::UNPROCESSABLE_ENTITY, &[problem.arg("field", "table")], text)
                .await;
        }
    };
    let bytes = table.to_csv();
    let name = format!("{}.csv", what.of);
    let draft =
        begun(&call, &what, Given::Table, (&name, to_hex(&sha256(&bytes)), bytes.len() as u64)).await?;
    let source = counter.drafts.inbox().join(format!("upload-{}.part", draft.id));
    std::fs::write(&source, &bytes).map_err(Problem::ours)?;
    put(counter, &draft, &source)?;
    counter.drafts.save_table(&draft.id, &table)?;
    work(&call.server, &draft);
    go(&call, &super::job::after(&call, &draft.id).await)
}

/// `POST /submit/{record}/{region}/{period}/nil`: there is nothing to report, and that is reported.
pub(crate) async fn nil(call: Call) -> Answer {
    let counter = counter(&call)?;
    let what = named(&call, &*call.server.office()?.desk().await?)?;
    let draft = begun(&call, &what, Given::Nil, ("", to_hex(&sha256(b"nil")), 0)).await?;
    let source = counter.drafts.inbox().join(format!("upload-{}.part", draft.id));
    std::fs::write(&source, b"").map_err(Problem::ours)?;
    kept(&call, counter, &draft, &source).await
}

/// `POST /submit/{record}/{region}/{period}/withdraw`.
pub(crate) async fn take_back(call: Call) -> Answer {
    let counter = counter(&call)?;
    let account = call.own_account().await?;
    let why = call.form.get("why").to_owned();
    let done = {
        let desk = call.server.office()?.desk().await?;
        let what = named(&call, &desk)?;
        let moment = Moment { at: call.server.now(), today: call.server.today() };
        let asked = (account.login.as_str(), why.as_str());
        withdraw(&desk, &counter.places, &what, asked, moment).await.map(|_| href(&what))
    };
    match done {
        Ok(back) => go(&call, &back),
        Err(Trouble::Problems(problems))
            if problems.iter().all(|problem| !problem.code.starts_with("ZH40")) =>
        {
            page(&call, StatusCode::UNPROCESSABLE_ENTITY, &problems, "").await
        }
        Err(trouble) => Err(trouble.into()),
    }
}
