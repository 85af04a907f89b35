//! The recall as a workbook for an authority, and each of its lists as text.
//!
//! It says of what it was made: the ledger's size and root at which anybody can ask again. Of a very large scope it holds the nearest
//! things and says where the rest is.

use zhiheng_desk::trace::View;
use zhiheng_desk::trace::recall::tables::{Asked, LISTS, List, Lister};
use zhiheng_record::verify::to_hex;

use super::Told;
use super::ask::Question;
use crate::api::escaped;
use crate::call::Call;
use crate::pages::sheet::{Cell, Column, Table, as_csv};
use crate::pages::workbook;
use crate::problem::Problem;
use crate::route::Answer;

/// Things in a list at most: what office programs still sort at ease.
const THINGS: usize = 50_000;

/// `GET /trace/export`: the workbook, or with `as=csv` the list that `list` names.
pub(crate) async fn file(call: Call) -> Answer {
    let mut question = Question::of(&call).await?;
    let told = Told::of(&call);
    let is_text = match call.query.get("as") {
        "csv" => true,
        "" | "xlsx" => false,
        _ => return Err(Problem::not_found()),
    };
    let asked_for = call.query.get("list");
    let wanted: Vec<&str> = LISTS.into_iter().filter(|list| !is_text || *list == asked_for).collect();
    if wanted.is_empty() {
        return Err(Problem::not_found());
    }
    // Entries that come while the file is made are not in it.
    let size = match question.size {
        Some(size) => size.min(question.ledger().size().await?),
        None => question.ledger().size().await?,
    };
    question.size = Some(size);
    let asked = asked(&call, &question, told, size).await?;
    let lists = question.recall(|recall| {
        let lister = Lister::new(recall, &asked, THINGS, told.lang());
        wanted.iter().filter_map(|id| lister.list(id)).map(table).collect::<Vec<Table>>()
    });
    let tables = lists.await?.map_err(Problem::from)?;
    match tables.as_slice() {
        [table] if is_text => as_csv(table),
        all => workbook::answer(&all.iter().collect::<Vec<_>>(), &[]),
    }
}

async fn asked(call: &Call, question: &Question, told: Told, size: u64) -> Result<Asked, Problem> {
    let account = call.server.access.account(call.account()).await?;
    let by = account.map(|account| {
        let args = [("name", account.name.as_str()), ("login", account.login.as_str())];
        zhiheng_base::words::say(told.lang(), "server-trace-by", &args)
    });
    let origin = call.server.origin(call.arrival.door);
    let rest =
        format!("{origin}/api/v1/trace/recall/{}/things?as_of={size}&after={THINGS}", escaped(&question.id));
    Ok(Asked {
        at: call.server.now().as_microsecond(),
        by: by.unwrap_or_default(),
        of: match &question.view {
            View::All => told.t.say("server-trace-of-all"),
            View::Of(enterprise) => told.t.with("server-trace-of-own", "code", enterprise),
        },
        ledger: question.ledger().origin().to_owned(),
        root: to_hex(&question.ledger().root_at(size).await?),
        catalog: question.catalog().digest.clone(),
        address: format!("{origin}{}", question.href("/trace/export", &[])),
        rest,
    })
}

/// A list as pages and workbooks have it.
fn table(list: List) -> Table {
    Table {
        id: format!("trace-{}", list.id),
        title: list.title,
        columns: list.columns.into_iter().map(|(title, number)| Column { title, number }).collect(),
        rows: list.rows.into_iter().map(|row| row.into_iter().map(Cell::of).collect()).collect(),
        empty: String::new(),
    }
}
