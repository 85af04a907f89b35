//! Cases, their events, acts and letters: what can be made again from the `Step` entries.

use super::db::{Conn, on};
use crate::event::CaseFilter;

/// A row of `case_head`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HeadRow {
    pub(crate) case: String,
    pub(crate) of: String,
    pub(crate) state: String,
    pub(crate) region: Option<String>,
    pub(crate) parent: Option<String>,
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) events: u64,
    /// Microseconds.
    pub(crate) opened_at: i64,
    /// Microseconds.
    pub(crate) changed_at: i64,
}

/// What the newest event does to a case's row.
pub(crate) struct NewEvent<'a> {
    pub(crate) entry: u64,
    pub(crate) at: i64,
    pub(crate) case: &'a str,
    pub(crate) of: &'a str,
    pub(crate) state: &'a str,
    pub(crate) region: Option<&'a str>,
    pub(crate) parent: Option<&'a str>,
}

impl HeadRow {
    /// The row after `event`, `before` being the row before it.
    pub(crate) fn after(before: Option<HeadRow>, event: &NewEvent<'_>) -> HeadRow {
        let fresh = || HeadRow {
            case: event.case.to_owned(),
            of: String::new(),
            state: String::new(),
            region: None,
            parent: event.parent.map(str::to_owned),
            first: event.entry,
            last: event.entry,
            events: 0,
            opened_at: event.at,
            changed_at: event.at,
        };
        let mut row = before.unwrap_or_else(fresh);
        event.of.clone_into(&mut row.of);
        event.state.clone_into(&mut row.state);
        if let Some(region) = event.region {
            row.region = Some(region.to_owned());
        }
        row.last = event.entry;
        row.events += 1;
        row.changed_at = event.at;
        row
    }
}

/// A row of `case_act`: id, entry, fingerprint.
pub(crate) type ActRow = (String, u64, String);

/// A row of `letter`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LetterRow {
    pub(crate) series: String,
    pub(crate) number: u64,
    pub(crate) entry: u64,
    /// Place among the event's letters, from 0.
    pub(crate) n: u64,
    pub(crate) template: String,
}

type Raw = (String, String, String, Option<String>, Option<String>, i64, i64, i64, i64, i64);

fn row((case, of, state, region, parent, first, last, events, opened_at, changed_at): Raw) -> HeadRow {
    let (first, last, events) = (first as u64, last as u64, events as u64);
    HeadRow { case, of, state, region, parent, first, last, events, opened_at, changed_at }
}

const COLUMNS: &str = "SELECT case_no, procedure, state, region, parent, first, last, events, opened_at, changed_at FROM case_head";

/// The stem and number of a case number of the form `<stem>-<number>`.
pub(crate) fn numbered(case: &str) -> Option<(&str, i64)> {
    let (stem, digits) = case.rsplit_once('-')?;
    let good = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((stem, digits.parse().ok().filter(|_| good)?))
}

pub(crate) async fn head(conn: &mut Conn<'_>, case: &str) -> Result<Option<HeadRow>, sqlx::Error> {
    let found: Option<Raw> = on!(conn, c => sqlx::query_as(
        "SELECT case_no, procedure, state, region, parent, first, last, events, opened_at, changed_at FROM case_head WHERE case_no = $1")
        .bind(case).fetch_optional(c).await)?;
    Ok(found.map(row))
}

/// The cases that `filter` asks for, by number.
pub(crate) async fn heads(
    conn: &mut Conn<'_>,
    filter: &CaseFilter,
    limit: usize,
) -> Result<Vec<HeadRow>, sqlx::Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<Raw> = on!(conn, c => {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(" WHERE 1 = 1");
        let wanted = [
            (" AND case_no > ", &filter.after),
            (" AND parent = ", &filter.parent),
            (" AND procedure = ", &filter.of),
            (" AND state = ", &filter.state),
        ];
        for (text, value) in wanted {
            if let Some(value) = value {
                query.push(text).push_bind(value.as_str());
            }
        }
        query.push(" ORDER BY case_no LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(row).collect())
}

/// Every procedure and state in which there is a case. One step in the index for each, however many cases there are.
pub(crate) async fn states(conn: &mut Conn<'_>) -> Result<Vec<(String, String)>, sqlx::Error> {
    on!(conn, c => sqlx::query_as(
        "WITH RECURSIVE stood(procedure, state) AS (\
           SELECT procedure, state FROM case_head WHERE case_no = \
             (SELECT case_no FROM case_head ORDER BY procedure, state, case_no LIMIT 1) \
           UNION ALL \
           SELECT next.procedure, next.state FROM stood JOIN case_head AS next ON next.case_no = \
             (SELECT later.case_no FROM case_head AS later \
              WHERE (later.procedure, later.state) > (stood.procedure, stood.state) \
              ORDER BY later.procedure, later.state, later.case_no LIMIT 1)) \
         SELECT procedure, state FROM stood").fetch_all(c).await)
}

pub(crate) async fn put_head(conn: &mut Conn<'_>, row: &HeadRow) -> Result<(), sqlx::Error> {
    let (stem, number) = numbered(&row.case).unzip();
    on!(conn, c => sqlx::query("INSERT INTO case_head (case_no, procedure, state, parent, first, last, events, \
            opened_at, changed_at, stem, number, region) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
            ON CONFLICT (case_no) DO UPDATE SET procedure = excluded.procedure, state = excluded.state, \
            region = excluded.region, last = excluded.last, events = excluded.events, changed_at = excluded.changed_at")
        .bind(&row.case).bind(&row.of).bind(&row.state).bind(&row.parent).bind(row.first as i64)
        .bind(row.last as i64).bind(row.events as i64).bind(row.opened_at).bind(row.changed_at)
        .bind(stem).bind(number).bind(&row.region).execute(c).await.map(drop))
}

/// Number of case rows whose stem and number differ from their case number's.
pub(crate) async fn misnumbered(conn: &mut Conn<'_>) -> Result<Option<u64>, sqlx::Error> {
    let rows: Vec<(String, i64, Option<String>, Option<i64>)> = on!(conn, c => sqlx::query_as(
        "SELECT case_no, first, stem, number FROM case_head ORDER BY first").fetch_all(c).await)?;
    let wrong = |(case, _, stem, number): &&(String, i64, Option<String>, Option<i64>)| {
        stem.as_deref().zip(*number) != numbered(case) || stem.is_some() != number.is_some()
    };
    Ok(rows.iter().find(wrong).map(|(_, first, _, _)| *first as u64))
}

/// The greatest number of a case `<stem>-<number>`.
pub(crate) async fn last_number(conn: &mut Conn<'_>, stem: &str) -> Result<u64, sqlx::Error> {
    let number: Option<i64> = on!(conn, c => sqlx::query_scalar("SELECT max(number) FROM case_head WHERE stem = $1")
        .bind(stem).fetch_one(c).await)?;
    Ok(number.unwrap_or(0) as u64)
}

/// Entries of the events of a case, in order.
pub(crate) async fn events_of(conn: &mut Conn<'_>, case: &str) -> Result<Vec<u64>, sqlx::Error> {
    let rows: Vec<i64> = on!(conn, c => sqlx::query_scalar("SELECT entry FROM case_event WHERE case_no = $1 ORDER BY entry")
        .bind(case).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|entry| entry as u64).collect())
}

/// All events: entry and case.
pub(crate) async fn events(conn: &mut Conn<'_>) -> Result<Vec<(u64, String)>, sqlx::Error> {
    let rows: Vec<(i64, String)> = on!(conn, c => sqlx::query_as("SELECT entry, case_no FROM case_event ORDER BY entry").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(entry, case)| (entry as u64, case)).collect())
}

pub(crate) async fn put_event(conn: &mut Conn<'_>, entry: u64, case: &str) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO case_event (entry, case_no) VALUES ($1, $2)")
        .bind(entry as i64).bind(case).execute(c).await.map(drop))
}

/// Entry and fingerprint of the act with this id.
pub(crate) async fn act(conn: &mut Conn<'_>, id: &str) -> Result<Option<(u64, String)>, sqlx::Error> {
    let found: Option<(i64, String)> = on!(conn, c => sqlx::query_as("SELECT entry, body FROM case_act WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    Ok(found.map(|(entry, body)| (entry as u64, body)))
}

/// All acts, by entry.
pub(crate) async fn acts(conn: &mut Conn<'_>) -> Result<Vec<ActRow>, sqlx::Error> {
    let rows: Vec<(String, i64, String)> = on!(conn, c => sqlx::query_as("SELECT id, entry, body FROM case_act ORDER BY entry").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, entry, body)| (id, entry as u64, body)).collect())
}

pub(crate) async fn put_act(
    conn: &mut Conn<'_>,
    id: &str,
    entry: u64,
    body: &str,
) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO case_act (id, entry, body) VALUES ($1, $2, $3)")
        .bind(id).bind(entry as i64).bind(body).execute(c).await.map(drop))
}

/// The greatest number of a series.
pub(crate) async fn last_letter(conn: &mut Conn<'_>, series: &str) -> Result<u64, sqlx::Error> {
    let number: Option<i64> = on!(conn, c => sqlx::query_scalar("SELECT max(number) FROM letter WHERE series = $1")
        .bind(series).fetch_one(c).await)?;
    Ok(number.unwrap_or(0) as u64)
}

/// All letters, in the order in which they were numbered.
pub(crate) async fn letters(conn: &mut Conn<'_>) -> Result<Vec<LetterRow>, sqlx::Error> {
    let rows: Vec<(String, i64, i64, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT series, number, entry, n, template FROM letter ORDER BY entry, n").fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(series, number, entry, n, template)| LetterRow {
            series,
            number: number as u64,
            entry: entry as u64,
            n: n as u64,
            template,
        })
        .collect())
}

pub(crate) async fn put_letter(conn: &mut Conn<'_>, letter: &LetterRow) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO letter (series, number, entry, n, template) VALUES ($1, $2, $3, $4, $5)")
        .bind(&letter.series).bind(letter.number as i64).bind(letter.entry as i64).bind(letter.n as i64)
        .bind(&letter.template).execute(c).await.map(drop))
}

/// Empties the projections of cases.
pub(crate) async fn clear(conn: &mut Conn<'_>) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::raw_sql("DELETE FROM case_head; DELETE FROM case_event; DELETE FROM case_act; DELETE FROM letter")
        .execute(c).await.map(drop))
}
