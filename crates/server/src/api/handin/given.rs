//! `POST /api/v1/returns/{record}/{region}/{period}/drafts`: a file, rows, or that there is nothing; in the forms in which programs
//! have them. What is made of them is the draft of the pages.

use std::path::PathBuf;

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_desk::handin::table::Table;
use zhiheng_desk::handin::{Draft, Given, Return};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use super::drafts::told;
use super::rows;
use super::shapes::RowsGiven;
use crate::api::once::{self, Done, media, once, unknown_media};
use crate::api::parameters::check;
use crate::call::Call;
use crate::counter::{Counter, work};
use crate::pages::returns::{counter, named};
use crate::pages::submit::{XLSX, begun, put};
use crate::problem::Problem;
use crate::route::Answer;
use crate::upload::{self, Uploaded};

/// Forms in which rows are given.
const KNOWN: &str = "application/json, multipart/form-data, text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Bytes of rows as JSON: 5,000 rows with room to spare.
const JSON_MAX: u64 = 16 << 20;

/// What was given, not yet a draft.
enum Brought {
    File(Uploaded),
    Table(Table),
    Nil,
}

/// `POST /api/v1/returns/{record}/{region}/{period}/drafts`.
pub(crate) async fn make(call: Call) -> Answer {
    check(&call)?;
    let counter = counter(&call)?;
    let what = named(&call, &*call.server.office()?.desk().await?)?;
    let brought = brought(&call, counter, &what).await?;
    let content = match &brought {
        Brought::File(file) => format!("file {} {}", file.name, file.sha256),
        Brought::Table(table) => format!("table {}", to_hex(&sha256(&table.to_csv()))),
        Brought::Nil => "nil".to_owned(),
    };
    let work = async {
        let draft = kept(&call, counter, &what, brought).await?;
        let (state, mark) = told(&call, &draft.id).await?;
        let place = format!("/api/v1/drafts/{}", draft.id);
        Ok(Done::of(state).marked(mark).made(place))
    };
    once(&call, content.as_bytes(), work).await
}

async fn brought(call: &Call, counter: &Counter, what: &Return) -> Result<Brought, Problem> {
    let folder = counter.drafts.inbox();
    let named = |ending: &str| match call.query.get("name") {
        "" => format!("{}-{}-{}.{ending}", what.of, what.region, what.period),
        name => upload::plain(name),
    };
    match media(call).as_str() {
        "application/json" => {
            let most = call.server.limits(call.arrival.door).upload_bytes.min(JSON_MAX);
            let (given, _) = once::body_within::<RowsGiven>(call, most).await?;
            if given.nil {
                return match given.rows.is_empty() {
                    true => Ok(Brought::Nil),
                    false => Err(Diagnostic::error("ZH7574").arg("detail", "nil, rows").into()),
                };
            }
            let catalog = call.server.office()?.catalog().await;
            let record = catalog.records.get(&what.of).ok_or_else(Problem::not_found)?;
            Ok(Brought::Table(rows::table(&given.rows, record)?))
        }
        "multipart/form-data" => {
            let (_, mut files) = upload::read(call, folder).await?;
            files.retain(|file| file.field == "file");
            let refused = |code| Problem::of(StatusCode::UNPROCESSABLE_ENTITY, code);
            if files.len() > 1 {
                return Err(refused("ZH7317"));
            }
            files.pop().map(Brought::File).ok_or_else(|| refused("ZH7318"))
        }
        kind @ ("text/csv" | XLSX) => {
            let name = named(if kind == XLSX { "xlsx" } else { "csv" });
            let file = upload::whole(call, folder, name).await?;
            if file.size == 0 {
                return Err(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "ZH7318"));
            }
            Ok(Brought::File(file))
        }
        _ => Err(unknown_media(call, KNOWN)),
    }
}

/// Keeps what was given as a draft of the caller's, and begins to read it.
async fn kept(call: &Call, counter: &Counter, what: &Return, brought: Brought) -> Result<Draft, Problem> {
    let draft = match brought {
        Brought::File(file) => {
            let told = (file.name.as_str(), file.sha256.clone(), file.size);
            let draft = begun(call, what, Given::File, told).await?;
            put(counter, &draft, &file.path)?;
            draft
        }
        Brought::Table(table) => {
            let bytes = table.to_csv();
            let name = format!("{}.csv", what.of);
            let told = (name.as_str(), to_hex(&sha256(&bytes)), bytes.len() as u64);
            let draft = begun(call, what, Given::Table, told).await?;
            put(counter, &draft, &written(counter, &draft, &bytes)?)?;
            counter.drafts.save_table(&draft.id, &table)?;
            draft
        }
        Brought::Nil => {
            let draft = begun(call, what, Given::Nil, ("", to_hex(&sha256(b"nil")), 0)).await?;
            put(counter, &draft, &written(counter, &draft, b"")?)?;
            draft
        }
    };
    work(&call.server, &draft);
    Ok(draft)
}

fn written(counter: &Counter, draft: &Draft, bytes: &[u8]) -> Result<PathBuf, Problem> {
    let source = counter.drafts.inbox().join(format!("upload-{}.part", draft.id));
    std::fs::write(&source, bytes).map_err(Problem::ours)?;
    Ok(source)
}
