//! Public data, without a key: what was released, for whoever computes with it. Answers may be kept for some minutes and have a mark.

pub(crate) mod shapes;

use serde::Serialize;
use zhiheng_base::RegionCode;
use zhiheng_desk::open::Book;
use zhiheng_desk::open::vouch::Vouched;

pub(crate) use shapes::{
    OpenChange, OpenEnterprise, OpenFile, OpenProof, OpenPublication, OpenRecall, OpenResult, enterprise,
    publication,
};
use shapes::{change, head, recall, result, text};

use super::parameters::{check, limit};
use super::{Envelope, Listed, Meta, Paged};
use crate::call::Call;
use crate::pages::open::{book, kept};
use crate::problem::Problem;
use crate::route::Answer;

/// Content type of answers.
const JSON: &str = "application/json; charset=utf-8";

fn meta(book: &Book, page: Paged) -> Meta {
    Meta { as_of: book.size, catalog: book.catalog.clone(), total: page.total, next: page.next }
}

fn one<T: Serialize>(call: &Call, book: &Book, data: T) -> Answer {
    let answer = Envelope { data, meta: meta(book, Paged::default()) };
    kept(call, serde_json::to_vec(&answer).map_err(Problem::ours)?, JSON)
}

/// A part of a list: those of the region that is asked for, from the cursor on.
fn list<'b, T: 'b, D: Serialize>(
    call: &Call,
    book: &Book,
    all: impl IntoIterator<Item = &'b T>,
    region: impl Fn(&T) -> RegionCode,
    make: impl Fn(&T) -> D,
) -> Answer {
    check(call)?;
    let within = match call.query.get("region") {
        "" => None,
        code => Some(RegionCode::parse(code)?),
    };
    let after: usize = call.query.get("after").parse().unwrap_or(0);
    let all: Vec<&T> =
        all.into_iter().filter(|one| within.is_none_or(|within| within.contains(region(one)))).collect();
    let total = all.len();
    let most = limit(call);
    let data: Vec<D> = all.iter().skip(after).take(most).map(|one| make(one)).collect();
    let end = after.saturating_add(data.len());
    let next = (end < total).then(|| super::next(call, "after", &end.to_string()));
    let page = Paged { total: Some(total as u64), next };
    let answer = Listed { data, meta: meta(book, page) };
    kept(call, serde_json::to_vec(&answer).map_err(Problem::ours)?, JSON)
}

/// `GET /open/v1/publications`.
pub(crate) async fn publications(call: Call) -> Answer {
    let (book, catalog) = (book(&call).await?, call.server.office()?.catalog().await);
    let lang = call.view.lang;
    list(&call, &book, &book.publications, |one| one.region, |one| head(&catalog, lang, one))
}

/// `GET /open/v1/publications/{publication}`.
pub(crate) async fn publication_one(call: Call) -> Answer {
    check(&call)?;
    let (book, catalog) = (book(&call).await?, call.server.office()?.catalog().await);
    let found = book.publication(call.param("publication")).ok_or_else(Problem::not_found)?;
    one(&call, &book, publication(&catalog, call.view.lang, &book, found))
}

/// `GET /open/v1/results`.
pub(crate) async fn results(call: Call) -> Answer {
    let book = book(&call).await?;
    list(&call, &book, &book.outcomes, |one| one.region, result)
}

/// `GET /open/v1/recalls`.
pub(crate) async fn recalls(call: Call) -> Answer {
    let book = book(&call).await?;
    list(&call, &book, &book.notices, |one| one.region, recall)
}

/// `GET /open/v1/changes`.
pub(crate) async fn changes(call: Call) -> Answer {
    let book = book(&call).await?;
    list(&call, &book, &book.changes, |one| one.region, change)
}

/// `GET /open/v1/enterprises/{enterprise}`.
pub(crate) async fn enterprise_one(call: Call) -> Answer {
    check(&call)?;
    let book = book(&call).await?;
    let found = book.enterprises.get(call.param("enterprise")).ok_or_else(Problem::not_found)?;
    one(&call, &book, enterprise(call.view.lang, found))
}

/// `GET /open/v1/downloads`: which files there are.
pub(crate) async fn downloads(call: Call) -> Answer {
    check(&call)?;
    let book = book(&call).await?;
    let files = crate::pages::open::download::files(&call, &book);
    let page = Paged { total: Some(files.len() as u64), next: None };
    let answer = Listed { data: files, meta: meta(&book, page) };
    kept(&call, serde_json::to_vec(&answer).map_err(Problem::ours)?, JSON)
}

/// `GET /open/v1/verify/{code}`.
pub(crate) async fn verify(call: Call) -> Answer {
    check(&call)?;
    let book = book(&call).await?;
    let code = call.param("code").to_owned();
    let found = crate::pages::open::verify::vouched(&call, &code).await?;
    let (kind, public, day, size) = match &found {
        Vouched::Receipt(one) => ("receipt", None, Some(one.on), Some(one.proved.0)),
        Vouched::Publication { of, is_public } => {
            ("publication", Some(*is_public), Some(of.from), Some(of.size))
        }
        Vouched::Credit { day, size, .. } => ("credit", None, Some(*day), Some(*size)),
        Vouched::Changed(one) => ("changed", Some(false), Some(one.on), None),
        Vouched::Letter { on, .. } => ("letter", None, Some(*on), None),
        Vouched::State { size, .. } => ("ledger", None, None, Some(*size)),
        Vouched::Unconfirmed | Vouched::Unknown => ("unknown", None, None, None),
    };
    let proof = OpenProof {
        code,
        authentic: !matches!(kind, "unknown" | "changed"),
        kind: kind.to_owned(),
        public,
        day: text(day),
        ledger_size: size,
    };
    one(&call, &book, proof)
}
