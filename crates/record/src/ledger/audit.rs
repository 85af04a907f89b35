//! Going through all entries in order and deriving from them everything that the database should hold beside
//! them. Verification compares it, a rebuild writes it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::audit_cases::Cases;
use super::keys::Layout;
use super::natural::{commitment, prefix, stated_fields};
use super::receipt::fingerprint;
use crate::entry::{EntryKind, SourceFile};
use crate::leaf::{Leaf, natural_key, provenance_name};
use crate::scan::members;
use crate::store::projections::{Act, ListedFile, TypeCount, Version};
use crate::store::secrets::Secret;

/// Marks entries without a key; no key's hash begins with 64 ones but one in 2^64.
pub(crate) const NO_KEY: u64 = u64::MAX;

/// A submission as its entries tell it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) first: u64,
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) of: String,
    pub(crate) fields: Vec<String>,
    pub(crate) records: u64,
}

/// Everything derived from the entries so far.
#[derive(Default)]
pub(crate) struct Audit {
    mask: u64,
    at: Option<i64>,
    /// Prefix of each entry's key.
    pub(crate) prefixes: Vec<u64>,
    pub(crate) layout: Layout,
    pub(crate) versions: Vec<Version>,
    firsts: BTreeMap<u64, u64>,
    pub(crate) tallies: BTreeMap<String, TypeCount>,
    pub(crate) files: Vec<ListedFile>,
    pub(crate) acts: Vec<Act>,
    /// Erasures: act, entry, field.
    pub(crate) erased: Vec<(u64, u64, String)>,
    /// The submission whose records are being read.
    pub(crate) open: Option<Told>,
    /// Key fields by submission.
    fields: BTreeMap<String, Vec<String>>,
    /// Key prefix of corrections and withdrawals: a run holds one only where it moved.
    current: BTreeMap<u64, u64>,
    pub(crate) submissions: u64,
    pub(crate) cases: Cases,
}

impl Audit {
    pub(crate) fn new(mask: u64, size: u64) -> Audit {
        Audit { mask, prefixes: Vec::with_capacity(size.min(1 << 20) as usize), ..Audit::default() }
    }

    /// Ends the commit under way; answers the submission if it was one.
    pub(crate) fn end(&mut self) -> Option<Told> {
        let told = self.open.take()?;
        self.layout.commit(told.first, told.first + 1 + told.records, told.records);
        let tally = self.tally(&told.of);
        tally.submissions += 1;
        tally.records += told.records;
        Some(told)
    }

    fn tally(&mut self, of: &str) -> &mut TypeCount {
        self.tallies
            .entry(of.to_owned())
            .or_insert_with(|| TypeCount { of: of.to_owned(), ..TypeCount::default() })
    }

    /// Whether the entry goes on with the open submission.
    pub(crate) fn continues(&self, leaf: &Leaf<'_>) -> bool {
        leaf.kind == EntryKind::Record
            && self.open.as_ref().is_some_and(|told| leaf.submission.as_deref() == Some(told.id.as_str()))
    }

    /// Takes the next entry; `Err` says what is wrong with it.
    pub(crate) fn take(&mut self, index: u64, leaf: &Leaf<'_>) -> Result<(), (&'static str, String)> {
        if self.at.is_some_and(|at| leaf.at < at) {
            return Err(("ZH4114", "earlier than the entry before".to_owned()));
        }
        self.at = Some(leaf.at);
        let malformed = |detail: &str| ("ZH4113", detail.to_owned());
        let mut key = NO_KEY;
        if leaf.kind != EntryKind::Record {
            self.cases.enter(leaf)?;
        }
        match leaf.kind {
            EntryKind::Step => self.cases.take(index, leaf)?,
            EntryKind::Submit => self.submit(index, leaf)?,
            EntryKind::Record => {
                let mask = self.mask;
                let told = self
                    .open
                    .as_mut()
                    .filter(|told| Some(told.id.as_str()) == leaf.submission.as_deref())
                    .filter(|told| Some(told.of.as_str()) == leaf.of.as_deref())
                    .ok_or_else(|| malformed("a record outside its submission"))?;
                told.records += 1;
                key = prefix(
                    &natural_key(&told.of, leaf.data, &told.fields)
                        .map_err(|error| malformed(&error.to_string()))?,
                    mask,
                );
            }
            EntryKind::Correct | EntryKind::Withdraw => key = self.successor(index, leaf)?,
            EntryKind::Erase => {
                let data: Value = serde_json::from_slice(leaf.data).map_err(|_| malformed("erasure"))?;
                let (Some(entry), Some(field)) = (data["entry"].as_u64(), data["field"].as_str()) else {
                    return Err(malformed("erasure"));
                };
                self.erased.push((index, entry, field.to_owned()));
            }
            EntryKind::Adopt | EntryKind::Release => {
                let data: Value = serde_json::from_slice(leaf.data).map_err(|_| malformed("act"))?;
                let digest = data["digest"].as_str().ok_or_else(|| malformed("act"))?.to_owned();
                let kind = if leaf.kind == EntryKind::Adopt { "adopt" } else { "release" };
                self.acts.push(Act { entry: index, kind: kind.to_owned(), digest });
            }
        }
        self.prefixes.push(key);
        Ok(())
    }

    fn submit(&mut self, index: u64, leaf: &Leaf<'_>) -> Result<(), (&'static str, String)> {
        let malformed = || ("ZH4113", "submission".to_owned());
        let data: Value = serde_json::from_slice(leaf.data).map_err(|_| malformed())?;
        let files: Vec<SourceFile> =
            serde_json::from_value(data["files"].clone()).map_err(|_| malformed())?;
        let (Some(body), Some(of), Some(id), Some(fields)) =
            (data["body"].as_str(), leaf.of.as_deref(), leaf.submission.as_deref(), stated_fields(leaf))
        else {
            return Err(malformed());
        };
        self.files.extend((0..).zip(files).map(|(n, file)| ListedFile {
            entry: index,
            n,
            name: file.name,
            sha256: file.sha256,
            size: file.size,
        }));
        self.submissions += 1;
        self.fields.insert(id.to_owned(), fields.clone());
        self.open = Some(Told {
            first: index,
            id: id.to_owned(),
            body: fingerprint(of, provenance_name(leaf.provenance), body),
            of: of.to_owned(),
            fields,
            records: 0,
        });
        Ok(())
    }

    fn successor(&mut self, index: u64, leaf: &Leaf<'_>) -> Result<u64, (&'static str, String)> {
        let malformed = |detail: &str| ("ZH4113", detail.to_owned());
        let replaces = leaf
            .corrects
            .filter(|entry| *entry < index)
            .ok_or_else(|| malformed("it corrects nothing before it"))?;
        let of = leaf.of.as_deref().ok_or_else(|| malformed("no record type"))?;
        let first = self.firsts.get(&replaces).copied().unwrap_or(replaces);
        let withdrawn = leaf.kind == EntryKind::Withdraw;
        self.firsts.insert(index, first);
        self.versions.push(Version { entry: index, first, replaces, withdrawn });
        let tally = self.tally(of);
        if withdrawn {
            tally.withdrawals += 1;
        } else {
            tally.corrections += 1;
        }
        let before = match self.current.get(&replaces) {
            Some(prefix) => *prefix,
            None => self.prefixes.get(replaces as usize).copied().unwrap_or(NO_KEY),
        };
        if withdrawn {
            self.current.insert(index, before);
            return Ok(NO_KEY);
        }
        let fields = leaf
            .submission
            .as_deref()
            .and_then(|id| self.fields.get(id))
            .ok_or_else(|| malformed("its submission is not known"))?;
        let key = natural_key(of, leaf.data, fields).map_err(|error| malformed(&error.to_string()))?;
        let key = prefix(&key, self.mask);
        self.current.insert(index, key);
        if key == before {
            return Ok(NO_KEY);
        }
        self.layout.commit(index, index + 1, 1);
        Ok(key)
    }
}

/// Whether a personal row fits the entry that it belongs to.
pub(crate) fn secret_fits(secret: &Secret, leaf: &Leaf<'_>) -> bool {
    if secret.erased.is_some() {
        return secret.is_blank();
    }
    let expected = commitment(&secret.salt, &secret.value);
    members(leaf.data).any(|member| member == Ok((secret.field.as_bytes(), expected.as_bytes())))
}
