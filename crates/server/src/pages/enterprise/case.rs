//! A case as its party sees it: how it stands, what the party may do and until when, what was written to it, what it handed in. What
//! the office knows besides is the office's.

use axum::http::StatusCode;
use zhiheng_act::case::Case;
use zhiheng_base::Date;
use zhiheng_desk::Desk;
use zhiheng_desk::letter::letters;

use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::pages::act::{acting_as, given};
use crate::pages::download::shown;
use crate::pages::sheet::{Cell, Section, Sheet, Table};
use crate::pages::step_form::{Around, page, step_of};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;
use crate::upload;

/// Where these pages stand.
const BASE: &str = "/enterprise/cases";

/// The case of the address with the enterprise that is a party of it, if the account acts for one that has been told. Anything else is
/// not there.
async fn told(call: &Call, desk: &Desk) -> Result<(Case, String), Problem> {
    let number = call.param("case");
    if desk.ledger.case_head(number).await?.is_none() {
        return Err(Problem::not_found());
    }
    let case = desk.case(number, None).await?;
    for code in call.who().firms() {
        if desk.is_told(&case, code, call.server.today()).await? {
            let thing =
                Thing { enterprise: Some(code.to_owned()), level: Level::Internal, ..Thing::default() };
            call.permit(&thing, &format!("case {number}")).await?;
            return Ok((case, code.to_owned()));
        }
    }
    Err(Problem::not_found())
}

/// `GET /enterprise/cases/{case}`.
pub(crate) async fn show(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let desk = call.server.office()?.desk().await?;
    let (case, code) = told(&call, &desk).await?;
    let on = call.server.today();
    let procedure = desk.procedure(&case)?;
    let mut sheet = Sheet::new(&call, format!("{} · {}", procedure.head.name.get(lang), case.number));
    sheet.frame = sheet.frame.under("firm.home");
    let state = procedure.state(&case.state).map_or(case.state.as_str(), |state| state.name.get(lang));
    sheet.big = state.to_owned();
    let date = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut steps = Table::new(&call, "steps", &["step", "opens", "due", "obstacles"]);
    for choice in desk.own_steps(&case, &code, on).await? {
        let against: Vec<String> = choice.obstacles.iter().map(|one| one.message(lang)).collect();
        let name = choice.name.get(lang);
        let href = format!("{BASE}/{}/steps/{}", case.number, choice.step);
        steps.rows.push(vec![
            if choice.is_open() { Cell::to(name, href) } else { Cell::of(name) },
            Cell::of(date(choice.opens)),
            Cell::of(date(choice.due)),
            Cell::of(against.join(&t.between("clause-separator"))),
        ]);
    }
    if steps.rows.is_empty() {
        sheet.notes.push(t.say("firm-nothing-to-do"));
    } else {
        sheet.sections.push(Section::Table(steps));
    }
    let own = desk.own_letters(&case, &code)?;
    let mut written = Table::new(&call, "firm-letters", &["name", "number", "day"]);
    for (n, (at, letter)) in letters(&case).into_iter().enumerate().filter(|(n, _)| own.contains(&(n + 1))) {
        let title = desk.catalog.letters.get(&letter.template);
        let day = case.events.get(at).map(|(_, event)| event.on.to_string()).unwrap_or_default();
        let title = title.map_or(letter.template.as_str(), |letter| letter.title.get(lang));
        written.rows.push(vec![
            Cell::to(title, format!("{BASE}/{}/letters/{}", case.number, n + 1)),
            Cell::of(letter.number_text()),
            Cell::of(day),
        ]);
    }
    sheet.sections.push(Section::Table(written));
    sheet.sections.push(Section::Table(handed(&call, &desk, &case, &code)));
    sheet.answer(&call)
}

/// What the enterprise said and gave itself.
fn handed(call: &Call, desk: &Desk, case: &Case, code: &str) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let mut table = Table::new(call, "firm-handed", &["day", "step", "said", "file"]);
    let procedure = desk.catalog.procedures.get(&case.procedure);
    let own = case.events.iter().map(|(_, event)| event);
    for event in own.filter(|event| event.actor.as_ref().is_some_and(|actor| actor.account == code)) {
        let step = procedure.and_then(|procedure| procedure.step(&event.step));
        let said = event.form.iter().filter_map(|(id, value)| {
            let field = procedure?.field(id)?;
            Some(format!("{}：{}", field.name.get(lang), desk.reads(field, value, event.on, lang)))
        });
        let files: Vec<&str> = event.evidence.iter().map(|file| file.name.as_str()).collect();
        table.rows.push(vec![
            Cell::of(event.on.to_string()),
            Cell::of(step.map_or(event.step.as_str(), |step| step.name.get(lang))),
            Cell::of(said.collect::<Vec<_>>().join(&t.between("clause-separator"))),
            Cell::of(files.join(&t.between("clause-separator"))),
        ]);
    }
    table
}

/// `GET /enterprise/cases/{case}/letters/{letter}`: the letter as a PDF.
pub(crate) async fn letter(call: Call) -> Answer {
    let n: usize = call.param("letter").parse().map_err(|_| Problem::not_found())?;
    let office = call.server.office()?;
    let (number, written) = {
        let desk = office.desk().await?;
        let (case, code) = told(&call, &desk).await?;
        if !desk.own_letters(&case, &code)?.contains(&n) {
            return Err(Problem::not_found());
        }
        let (written, _) = desk.letter(&case.number, n, call.view.lang).await?;
        (case.number, written)
    };
    let bytes = office.press.letter(written).await?;
    shown(bytes, "application/pdf", &format!("{number}-{n}.pdf"))
}

/// The step of the address, if it is one of the party's.
async fn own_step(call: &Call, desk: &Desk, case: &Case, code: &str) -> Result<(), Problem> {
    let own = desk.own_steps(case, code, call.server.today()).await?;
    match own.iter().any(|choice| choice.step == call.param("step")) {
        true => Ok(()),
        false => Err(Problem::not_found()),
    }
}

/// `GET /enterprise/cases/{case}/steps/{step}`.
pub(crate) async fn step(call: Call) -> Answer {
    let desk = call.server.office()?.desk().await?;
    let (case, code) = told(&call, &desk).await?;
    own_step(&call, &desk, &case, &code).await?;
    let step = step_of(&call, &desk, &case)?;
    page(&call, &desk, &case, step, Around::case(&case, step, BASE), (StatusCode::OK, &[]))
}

/// `POST /enterprise/cases/{case}/steps/{step}`: a form with files.
pub(crate) async fn take(mut call: Call) -> Answer {
    let code = {
        let desk = call.server.office()?.desk().await?;
        let (case, code) = told(&call, &desk).await?;
        own_step(&call, &desk, &case, &code).await?;
        code
    };
    // However slowly the files come, the desk is free meanwhile.
    let spool = call.server.office()?.spool().await?;
    let (form, files) = upload::read(&call, &spool).await?;
    call.form = form;
    let desk = call.server.office()?.desk().await?;
    let case = desk.case(call.param("case"), None).await?;
    let acting = acting_as(&call, code);
    given(&call, &desk, &case, acting, &files, BASE).await
}
