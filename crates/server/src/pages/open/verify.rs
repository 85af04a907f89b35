//! Whether a paper is ours: a receipt, a publication, a credit report, the state of the ledger that a report names.

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_desk::open::vouch::{LONGEST, Received, Vouched, vouch};

use super::{book, lists};
use crate::api::escaped;
use crate::call::Call;
use crate::form::Form;
use crate::pages::layout::go;
use crate::pages::sheet::{Cell, Chooser, Section, Sheet};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// The box for a code.
fn code_box(t: Text, typed: &str) -> Section {
    Section::Choose(Chooser {
        action: "/verify".to_owned(),
        selects: Vec::new(),
        inputs: vec![("code".to_owned(), t.say("open-verify-label"), typed.to_owned())],
    })
}

/// `GET /verify`: the box; with `?code=…` to the page of the code.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let typed = bare(call.query.get("code").trim());
    let typed = typed.trim();
    // A slash cannot stand in a part of a path.
    if typed.contains(['/', '\\']) {
        return answered(&call, typed).await;
    }
    if !typed.is_empty() && typed.chars().count() <= LONGEST {
        return go(&call, &format!("/verify/{}", escaped(typed)));
    }
    let mut sheet = Sheet::new(&call, t.say("server-title-verify-show"));
    sheet.lead = t.say("open-verify-lead");
    sheet.sections.push(code_box(t, ""));
    sheet.sections.push(Section::Notes(
        ["receipt", "publication", "credit", "letter", "report"]
            .map(|kind| vec![Cell::of(t.say(&format!("open-verify-{kind}-where")))])
            .to_vec(),
    ));
    sheet.answer(&call)
}

/// The code in a whole address that somebody copied from a paper.
fn bare(typed: &str) -> String {
    match typed.rsplit_once("/verify/") {
        Some((_, rest)) => {
            let read = Form::parse(format!("code={rest}").as_bytes());
            read.map(|form| form.get("code").to_owned()).unwrap_or_default()
        }
        None => typed.to_owned(),
    }
}

/// What a code is; reports are drawn again one at a time.
pub(crate) async fn vouched(call: &Call, code: &str) -> Result<Vouched, Problem> {
    let office = call.server.office()?;
    let book = book(call).await?;
    let (ledger, _) = office.pins().await;
    let catalog = office.catalog().await;
    let _turn = office.showcase.drawing.acquire().await.map_err(Problem::ours)?;
    Ok(vouch(&ledger, &catalog, &book, code).await?)
}

/// `GET /verify/{code}`.
pub(crate) async fn code(call: Call) -> Answer {
    answered(&call, call.param("code").trim()).await
}

async fn answered(call: &Call, code: &str) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let found = vouched(call, code).await?;
    let is_ours = !matches!(found, Vouched::Unknown | Vouched::Unconfirmed | Vouched::Changed(_));
    let mut sheet = Sheet::new(call, t.say("server-title-verify-show"));
    sheet.frame = sheet.frame.under("verify.show");
    sheet.frame.title = t.say(match &found {
        Vouched::Changed(_) => "open-verify-old",
        _ if is_ours => "open-verify-yes",
        _ => "open-verify-no",
    });
    let catalog = call.server.office()?.catalog().await;
    let mut facts = vec![(t.say("open-verify-code"), Cell::of(code))];
    match &found {
        Vouched::Receipt(one) => {
            sheet.lead = receipt(call, &catalog, one);
            let (size, hashes) = one.proved;
            facts.push((t.say("open-verify-entry"), Cell::of(one.entry.to_string())));
            facts.push((
                t.say("open-verify-proof"),
                Cell::to(
                    say(
                        lang,
                        "open-verify-proved",
                        &[("size", &size.to_string()), ("n", &hashes.to_string())],
                    ),
                    format!("/api/v1/ledger/entries/{}/proof?size={size}", one.entry),
                ),
            ));
        }
        Vouched::Publication { of, is_public: true } => {
            let place = lists::place(&catalog, of.region, lang);
            sheet.lead = say(
                lang,
                "open-verify-publication",
                &[
                    ("title", &of.title),
                    ("place", &place),
                    ("day", &of.from.to_string()),
                    ("edition", &of.edition.to_string()),
                ],
            );
            facts.push((t.say("open-verify-see"), Cell::to(of.title.clone(), lists::publication_href(of))));
            facts.push((t.say("server-fact-ledger"), Cell::of(of.size.to_string())));
        }
        Vouched::Publication { of, is_public: false } => {
            let until = of.until.map(|day| day.to_string()).unwrap_or_default();
            sheet.lead = say(lang, "open-verify-over", &[("day", &of.from.to_string()), ("until", &until)]);
        }
        Vouched::Credit { holder, day, size, .. } => {
            sheet.lead = say(
                lang,
                "open-verify-credit",
                &[("holder", holder), ("day", &day.to_string()), ("size", &size.to_string())],
            );
        }
        Vouched::State { size, root } => {
            sheet.lead = t.with("open-verify-state", "size", size);
            facts.push((t.say("open-verify-root"), Cell::of(root.clone())));
        }
        Vouched::Changed(change) => {
            let id = match change.kind.as_str() {
                "corrected" => "open-verify-corrected",
                "expired" => "open-verify-expired",
                _ => "open-verify-withdrawn",
            };
            sheet.lead = say(lang, id, &[("number", &change.number), ("day", &change.on.to_string())]);
        }
        Vouched::Letter { template, number, on } => {
            let title = catalog.letters.get(template).map_or(template.as_str(), |one| one.title.get(lang));
            sheet.lead = say(
                lang,
                "open-verify-letter",
                &[("title", title), ("number", number), ("day", &on.to_string())],
            );
        }
        Vouched::Unconfirmed => {
            sheet.lead = t.say("open-verify-unconfirmed");
            sheet.notes.push(t.say("open-verify-do"));
        }
        Vouched::Unknown => {
            sheet.lead = t.say("open-verify-unknown");
            sheet.notes.push(t.say("open-verify-do"));
        }
    }
    sheet.sections.push(Section::Facts(String::new(), facts));
    if is_ours {
        sheet.sections.push(Section::Text(vec![Cell::of(t.say("open-verify-compare"))]));
    }
    sheet.sections.push(code_box(t, if is_ours { "" } else { code }));
    sheet.answer_as(call, StatusCode::OK)
}

/// What a receipt says, in one sentence.
pub(crate) fn receipt(call: &Call, catalog: &zhiheng_catalog::Catalog, one: &Received) -> String {
    let lang = call.view.lang;
    let record = catalog.records.get(&one.of).map_or(one.of.as_str(), |record| record.head.name.get(lang));
    let day = one.on.to_string();
    let n = one.records.to_string();
    match (one.region, &one.period) {
        (Some(region), Some(period)) => say(
            lang,
            "open-verify-receipt",
            &[
                ("unit", &lists::place(catalog, region, lang)),
                ("name", record),
                ("period", &period.title(lang)),
                ("day", &day),
                ("n", &n),
            ],
        ),
        _ => say(lang, "open-verify-receipt-plain", &[("name", record), ("day", &day), ("n", &n)]),
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn an_address_from_a_paper_is_its_code() {
        let paper =
            "https://q.example/verify/credit%3A91621122123456788Q%3Aself%3A2013-10-21%3A77%3AAAAA-BBBB";
        assert_eq!(bare(paper), "credit:91621122123456788Q:self:2013-10-21:77:AAAA-BBBB");
        assert_eq!(bare("DX-2015-9"), "DX-2015-9");
        assert_eq!(bare("a/b"), "a/b");
    }
}
