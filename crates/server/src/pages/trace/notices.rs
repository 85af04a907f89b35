//! Notices to everybody who got affected goods: all on one page, of which a printer makes a sheet each, or one by one as PDF.
//!
//! What a notice says is the catalog's (`recall/letters/store-notice.md`). A notice names the goods of its addressee and nobody else's; the
//! page with all of them is for the office.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_base::Lang;
use zhiheng_base::words::say;
use zhiheng_desk::Trouble;
use zhiheng_desk::open::thing::recalled;
use zhiheng_desk::trace::View;
use zhiheng_desk::trace::recall::addressee::Addressee;
use zhiheng_desk::trace::recall::notice::Notices;
use zhiheng_publish::letter::{FormCell, Letter, LetterBlock};
use zhiheng_publish::model::{self, Block, Inline};

use super::ask::Question;
use crate::call::Call;
use crate::pages::download::shown;
use crate::pages::layout::{Frame, Link, answer, pages};
use crate::pages::open::book;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Notices on a page: as many as a page may weigh; there are recalls with thousands.
const ON_PAGE: usize = 25;

/// The page.
#[derive(Template)]
#[template(path = "notices.html", blocks = ["main"])]
struct Page {
    frame: Frame,
    lead: String,
    notices: Vec<Notice>,
    /// The notices before and after these.
    more: Vec<Link>,
}

pages!(Page);

/// A notice as the page shows it.
struct Notice {
    letter: Letter,
    /// The line with which it addresses somebody.
    to: String,
    parts: Vec<Part>,
    pdf: String,
}

/// A part of a letter.
enum Part {
    /// Stretches of text, and whether each is strong.
    Text(Vec<(String, bool)>),
    /// Items, and whether they are numbered.
    List(bool, Vec<Vec<(String, bool)>>),
    /// Goods.
    Table(model::Table),
    /// Boxes.
    Form(Vec<Vec<FormCell>>),
}

/// `GET /trace/notices`: all of them, or with `to` that of one addressee; with `as=pdf` the latter as PDF.
pub(crate) async fn show(call: Call) -> Answer {
    let question = Question::of(&call).await?;
    let lang = call.view.lang;
    let (t, to) = (Text(lang), call.query.get("to"));
    let from: usize = call.query.get("from").parse().unwrap_or(0);
    let unit = unit(&call, &question.view).await?;
    let on = call.server.today();
    // Both are read before the world is held, which waits for nobody.
    let published = book(&call).await?;
    let calendar = call.server.office()?.desk().await?.calendar.clone();
    let made = question.recall(|recall| {
        let world = recall.seen.world;
        let notices = Notices {
            recall,
            catalog: question.catalog(),
            calendar: &calendar,
            published: recalled(&published, &world.text(recall.start)),
            unit,
            on,
        };
        let all = recall.addressees();
        let is_meant =
            |one: &&Addressee| to.is_empty() || one.terms.iter().any(|term| world.term(*term) == to);
        let meant: Vec<&Addressee> = all.iter().filter(is_meant).collect();
        let some = meant.iter().skip(from).take(ON_PAGE);
        let letters: Result<Vec<(String, Letter)>, Trouble> = some
            .map(|one| {
                let term = one.terms.first().map(|term| world.term(*term).to_owned());
                Ok((term.unwrap_or_default(), notices.to(one, lang)?))
            })
            .collect();
        letters.map(|letters| (zhiheng_trace::id::shown(&world.text(recall.start)), meant.len(), letters))
    });
    let (name, n, letters) = made.await?.map_err(Problem::from)??;
    if !to.is_empty() && letters.is_empty() {
        return Err(Problem::not_found());
    }
    if call.query.get("as") == "pdf" {
        let one = letters.into_iter().next().filter(|_| !to.is_empty()).ok_or_else(Problem::not_found)?;
        let bytes = call.server.office()?.press.letter(one.1).await?;
        return shown(bytes, "application/pdf", &format!("recall-notice-{on}.pdf"));
    }
    let mut frame = Frame::of(&call);
    let crumb = |title: String, href: String| Link { title, href, current: false };
    frame.crumbs.push(crumb(t.say("server-title-trace-show"), "/trace".to_owned()));
    frame.crumbs.push(crumb(name, question.href("/trace", &[])));
    let beside = |from: usize| question.href("/trace/notices", &[("from", &from.to_string())]);
    let mut more = Vec::new();
    if from > 0 {
        more.push(crumb(t.say("server-trace-notices-before"), beside(from.saturating_sub(ON_PAGE))));
    }
    if from.saturating_add(letters.len()) < n {
        more.push(crumb(t.say("server-trace-notices-after"), beside(from + ON_PAGE)));
    }
    let notices = letters.into_iter().map(|(term, letter)| Notice {
        parts: letter.blocks.iter().map(part).collect(),
        pdf: question.href("/trace/notices", &[("to", &term), ("as", "pdf")]),
        to: letter
            .to
            .as_ref()
            .map(|to| say(Lang::Zh, "trace-notice-addressee", &[("to", to)]))
            .unwrap_or_default(),
        letter,
    });
    let page =
        Page { frame, lead: t.with("server-trace-notices-lead", "n", n), notices: notices.collect(), more };
    answer(&call, StatusCode::OK, &page)
}

/// The office that writes: the unit in which the account's officer is; an enterprise writes in its own name.
async fn unit(call: &Call, view: &View) -> Result<String, Problem> {
    if *view != View::All {
        return Ok(call.visitor.name.clone());
    }
    let account = call.server.access.account(call.account()).await?;
    let on = call.server.today();
    let desk = call.server.office()?.desk().await?;
    let own = desk.staff.officers.iter().find(|officer| {
        let is_in_office = officer.since <= on && officer.until.is_none_or(|until| on < until);
        is_in_office && account.as_ref().is_some_and(|account| account.login == officer.account)
    });
    Ok(own.map(|officer| officer.unit.clone()).unwrap_or_default())
}

fn part(block: &LetterBlock) -> Part {
    let runs = |parts: &[Inline]| {
        let run = |part: &Inline| match part {
            Inline::Text(text) | Inline::Number { text, .. } => (text.clone(), false),
            Inline::Strong(text) => (text.clone(), true),
            Inline::NoteRef(n) => (format!("[{n}]"), false),
        };
        parts.iter().map(run).collect::<Vec<_>>()
    };
    match block {
        LetterBlock::Form(form) => Part::Form(form.rows.clone()),
        LetterBlock::Block(Block::Table(table)) => Part::Table(table.clone()),
        LetterBlock::Block(Block::List { ordered, items }) => {
            Part::List(*ordered, items.iter().map(|item| runs(item)).collect())
        }
        LetterBlock::Block(Block::Paragraph(parts)) => Part::Text(runs(parts)),
        LetterBlock::Block(Block::Heading { text, .. }) => Part::Text(vec![(text.clone(), true)]),
        // Letters have neither figures nor breaks of their own.
        LetterBlock::Block(Block::Figure(figure)) => Part::Text(vec![(figure.alt.clone(), false)]),
        LetterBlock::Block(Block::PageBreak) => Part::Text(Vec::new()),
    }
}
