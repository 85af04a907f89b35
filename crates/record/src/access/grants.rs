//! Rights: who gave whom which, provable in the ledger, usable from the table.
//!
//! A right is a record `base.grant` of the ledger: it has an inclusion proof, stays when accounts are erased, and nobody with
//! access to the database can make one up. The table is what requests look into. The two databases have no
//! common transaction, so the order does the work:
//!
//! * giving: row without entry (gives nothing) → record → entry noted in the row. After a crash [`Access::settle`]
//!   repeats the record under the same submission id, which the ledger knows.
//! * taking: row marked (gives nothing from now on) → withdrawal → noted in the row.
//!
//! [`Access::check_grants`] compares the table with the ledger: a row that somebody wrote by hand is found.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};
use zhiheng_base::draft::Draft;
use zhiheng_base::{Diagnostic, canonical};

use super::grants_row::{self, GrantRow};
use super::model::{Grant, NewGrant, unknown};
use super::{Access, random_id};
use crate::entry::{EntryKind, Provenance, Submission};
use crate::error::LedgerError;
use crate::ledger::{Begun, Ledger};
use crate::store::db::on;
use crate::verify::hash::sha256;
use crate::verify::to_hex;

/// The record type.
const TYPE: &str = "base.grant";

impl Access {
    /// Gives a right. `apart` names roles that one person may not hold together.
    ///
    /// # Errors
    ///
    /// ZH4202 no such account, ZH4205 to oneself, ZH4206 roles that exclude each other, ZH4040 without a reason.
    pub async fn give(
        &self,
        ledger: &Ledger,
        new: NewGrant,
        apart: &[(&str, &str)],
        at: Timestamp,
    ) -> Result<Grant, LedgerError> {
        if new.reason.trim().is_empty() {
            return Err(Diagnostic::error("ZH4040").into());
        }
        let row = GrantRow {
            id: random_id("g")?,
            account: new.account,
            role: new.role,
            region: new.region,
            line: new.line,
            enterprise: new.enterprise,
            level: new.level,
            since_day: new.since.to_string(),
            until_day: new.until.map(|day| day.to_string()),
            reason: new.reason,
            catalog: new.catalog,
            given_by: new.by,
            given_at: at.as_microsecond(),
            entry: None,
            taken_by: None,
            taken_at: None,
            taken_why: None,
            taken_entry: None,
        };
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        // Two administrators at once: on PostgreSQL the second one waits here.
        if let crate::store::Conn::Pg(c) = conn {
            sqlx::query("LOCK TABLE role_grant IN SHARE ROW EXCLUSIVE MODE").execute(&mut **c).await?;
        }
        let Some(account) = super::accounts::account_of(conn, &row.account).await? else {
            return Err(unknown(&row.account).into());
        };
        let giver = super::accounts::account_of(conn, &row.given_by).await?;
        if row.given_by == row.account || giver.is_some_and(|giver| giver.person == account.person) {
            return Err(Diagnostic::error("ZH4205").into());
        }
        // The person counts, not the account.
        let held: Vec<String> = on!(conn, c => sqlx::query_scalar("SELECT role_grant.role FROM role_grant JOIN account ON account.id = role_grant.account \
                WHERE account.person = $1 AND role_grant.taken_at IS NULL")
            .bind(&account.person).fetch_all(c).await)?;
        for (one, other) in apart {
            let clash = if *one == row.role { other } else { one };
            if (*one == row.role || *other == row.role) && held.iter().any(|role| role == clash) {
                return Err(Diagnostic::error("ZH4206").arg("role", &row.role).arg("held", clash).into());
            }
        }
        grants_row::insert(conn, &row).await?;
        tx.commit().await?;
        let id = row.id.clone();
        self.write_given(ledger, row).await?;
        self.grant(&id).await?.ok_or_else(|| unknown(&id).into())
    }

    /// Takes a right back. It gives nothing from the moment this begins.
    ///
    /// # Errors
    ///
    /// ZH4202 no such right, ZH4040 without a reason.
    pub async fn take(
        &self,
        ledger: &Ledger,
        id: &str,
        by: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<Grant, LedgerError> {
        if reason.trim().is_empty() {
            return Err(Diagnostic::error("ZH4040").into());
        }
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("UPDATE role_grant SET taken_by = $1, taken_at = $2, taken_why = $3 WHERE id = $4 AND taken_at IS NULL")
            .bind(by).bind(at.as_microsecond()).bind(reason).bind(id).execute(c).await.map(drop))?;
        let row = grants_row::by_id(conn, id).await?;
        tx.commit().await?;
        let Some(row) = row else { return Err(unknown(id).into()) };
        self.write_taken(ledger, row).await?;
        self.grant(id).await?.ok_or_else(|| unknown(id).into())
    }

    /// Finishes what a crash interrupted between the two databases; answers how many rights.
    pub async fn settle(&self, ledger: &Ledger) -> Result<usize, LedgerError> {
        let mut held = self.db.read().await?;
        let rows = grants_row::unwritten(&mut held.conn()).await?;
        drop(held);
        let count = rows.len();
        for row in rows {
            if row.entry.is_none() {
                self.write_given(ledger, row.clone()).await?;
            }
            if row.taken_at.is_some() {
                self.write_taken(ledger, row).await?;
            }
        }
        Ok(count)
    }

    /// The right with this id.
    pub async fn grant(&self, id: &str) -> Result<Option<Grant>, LedgerError> {
        let mut held = self.db.read().await?;
        Ok(grants_row::by_id(&mut held.conn(), id).await?.map(GrantRow::grant))
    }

    /// All rights that an account has or had.
    pub async fn grants(&self, account: &str) -> Result<Vec<Grant>, LedgerError> {
        let mut held = self.db.read().await?;
        Ok(grants_row::of_account(&mut held.conn(), account).await?)
    }

    /// Compares the table with the ledger. Every problem is one right that is not as the ledger has it (ZH4207).
    pub async fn check_grants(&self, ledger: &Ledger) -> Result<Vec<Diagnostic>, LedgerError> {
        let mut problems = Vec::new();
        let mut after = String::new();
        let mut seen = BTreeSet::new();
        loop {
            let mut held = self.db.read().await?;
            let rows = grants_row::page(&mut held.conn(), &after, 500).await?;
            drop(held);
            let Some(last) = rows.last() else { return Ok(problems) };
            after.clone_from(&last.id);
            for row in rows {
                let Some(entry) = row.entry else { continue };
                let twice = !seen.insert(entry);
                if twice || !agrees(ledger, &row, entry as u64).await? {
                    problems
                        .push(Diagnostic::error("ZH4207").arg("id", &row.id).arg("account", &row.account));
                }
            }
        }
    }

    async fn write_given(&self, ledger: &Ledger, row: GrantRow) -> Result<(), LedgerError> {
        let data = data_of(&row)?;
        let submission = Submission {
            id: row.id.clone(),
            by: row.given_by.clone(),
            at: super::accounts::time(row.given_at),
            of: TYPE.to_owned(),
            provenance: Provenance::Reported,
            basis: Some(row.reason.clone()),
            catalog: row.catalog.clone(),
            files: Vec::new(),
            body: to_hex(&sha256(&data)),
            key: vec!["no".to_owned()],
        };
        match ledger.begin(submission).await? {
            Begun::Repeated(_) => {}
            Begun::Fresh(mut appender) => {
                let draft = Draft { key: [0; 32], data, personal: Vec::new(), place: None };
                let first = appender.first();
                for outcome in appender.push(vec![draft]).await? {
                    if let Some(refused) = outcome.diagnostic(first) {
                        return Err(refused.into());
                    }
                }
                appender.commit().await?;
            }
        }
        let entry =
            ledger.find(TYPE, &[&row.id]).await?.ok_or_else(|| LedgerError::from(unknown(&row.id)))?;
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("UPDATE role_grant SET entry = $1 WHERE id = $2").bind(entry as i64).bind(&row.id)
            .execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    async fn write_taken(&self, ledger: &Ledger, row: GrantRow) -> Result<(), LedgerError> {
        let entry = match row.entry {
            Some(entry) => Some(entry as u64),
            None => ledger.find(TYPE, &[&row.id]).await?,
        };
        let (Some(entry), Some(at)) = (entry, row.taken_at) else { return Ok(()) };
        let reason = row.taken_why.unwrap_or_default();
        let by = row.taken_by.unwrap_or_default();
        let written = ledger.withdraw(entry, &reason, &by, super::accounts::time(at), None).await?;
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("UPDATE role_grant SET taken_entry = $1 WHERE id = $2")
            .bind(written.entry as i64).bind(&row.id).execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }
}

fn fields(row: &GrantRow) -> Value {
    let mut fields = json!({
        "account": row.account,
        "level": row.level,
        "no": row.id,
        "region": row.region,
        "role": row.role,
        "since_day": row.since_day,
    });
    let optional = [("enterprise", &row.enterprise), ("line", &row.line), ("until_day", &row.until_day)];
    if let Some(map) = fields.as_object_mut() {
        for (name, value) in optional {
            if let Some(value) = value {
                map.insert(name.to_owned(), Value::from(value.as_str()));
            }
        }
    }
    fields
}

fn data_of(row: &GrantRow) -> Result<Vec<u8>, LedgerError> {
    canonical::to_vec(&fields(row))
        .map_err(|detail| Diagnostic::error("ZH4039").arg("row", 0).arg("detail", detail).into())
}

/// Whether the ledger holds this row as `entry`, with its withdrawal if and only if the row has one.
async fn agrees(ledger: &Ledger, row: &GrantRow, entry: u64) -> Result<bool, LedgerError> {
    if entry >= ledger.size().await? {
        return Ok(false);
    }
    let history = ledger.history(entry).await?;
    let (Some(first), Some(last)) = (history.first(), history.last()) else { return Ok(false) };
    let same = first.index == entry
        && first.kind == EntryKind::Record
        && first.of.as_deref() == Some(TYPE)
        && first.data == fields(row);
    let withdrawn = last.kind == EntryKind::Withdraw;
    Ok(same && history.len() <= 2 && withdrawn == row.taken_at.is_some())
}
