//! Whether a paper is ours: a receipt, a publication, a credit report or the state of the ledger that a report names. The answer says
//! no more than the paper itself does.

use zhiheng_act::case::read;
use zhiheng_base::{Date, Period, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_judge::subject::Scope;
use zhiheng_record::Ledger;
use zhiheng_record::verify::{from_hex, to_hex};

use super::book::{STATEMENT, drawn};
use super::{Book, Change, Publication};
use crate::credit::{Known, personal};
use crate::letter::seal;
use crate::row::record_type;
use crate::trouble::Trouble;

/// First word of the code of a credit report.
const CREDIT: &str = "credit";
/// Longest code that is looked at.
pub const LONGEST: usize = 300;

/// What a code is found to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Vouched {
    /// The receipt of a hand-in, with its record type, place and period where its number tells them.
    Receipt(Received),
    /// A publication: its number, or the hash of its content.
    Publication {
        /// The publication; without what it says if its time is over.
        of: Box<Publication>,
        /// Whether it is still public.
        is_public: bool,
    },
    /// Content of a publication that was corrected, withdrawn or whose time ended: what it said stands no more.
    Changed(Change),
    /// A credit report that can be drawn again just so.
    Credit {
        /// Credit code.
        holder: String,
        /// Day of the report.
        day: Date,
        /// Its scope.
        scope: Scope,
        /// Ledger size.
        size: u64,
    },
    /// It has the form of a credit report, and cannot be drawn again just so: it was changed, or the definitions were. That it says which
    /// would tell who has a file.
    Unconfirmed,
    /// The state of the ledger that a report names: its size and root hash.
    State {
        /// Size.
        size: u64,
        /// Root hash, hex.
        root: String,
    },
    /// A letter of a case.
    Letter {
        /// Template.
        template: String,
        /// Number.
        number: String,
        /// Its day.
        on: Date,
    },
    /// Nothing of ours.
    Unknown,
}

/// A receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// Number.
    pub number: String,
    /// Record type.
    pub of: String,
    /// Region, if its number tells it.
    pub region: Option<RegionCode>,
    /// Period, if its number tells it.
    pub period: Option<Period>,
    /// First entry.
    pub entry: u64,
    /// Records taken.
    pub records: u64,
    /// Day on which it was taken.
    pub on: Date,
    /// Ledger size at which the entry is proved, with the number of hashes of the proof.
    pub proved: (u64, usize),
}

/// What a credit report's address says, for the square that leads to it.
pub fn credit_code(holder: &str, scope: Scope, day: Date, size: u64, code: &str) -> String {
    format!("{CREDIT}:{holder}:{}:{day}:{size}:{code}", scope.word())
}

/// What `code` is.
///
/// Errors: those of the ledger.
pub async fn vouch(ledger: &Ledger, catalog: &Catalog, book: &Book, code: &str) -> Result<Vouched, Trouble> {
    let code = code.trim();
    if code.is_empty() || code.chars().count() > LONGEST {
        return Ok(Vouched::Unknown);
    }
    if let Some(rest) = code.strip_prefix(&format!("{CREDIT}:")) {
        return credit(ledger, catalog, rest).await;
    }
    if let Some(found) = receipt(ledger, code).await? {
        return Ok(Vouched::Receipt(found));
    }
    if let Some(found) = publication(book, code) {
        return Ok(found);
    }
    if let Some(found) = letter(ledger, code).await? {
        return Ok(found);
    }
    state(ledger, code).await
}

/// `CASE CODE`, as the foot of a letter has them.
async fn letter(ledger: &Ledger, code: &str) -> Result<Option<Vouched>, Trouble> {
    let words: Vec<&str> = code.split_whitespace().collect();
    let [case, verify] = words.as_slice() else { return Ok(None) };
    for event in ledger.case(case, None).await? {
        let (entry, event) = read(event)?;
        for letter in &event.letters {
            let seal = seal(case, entry, &letter.number_text());
            if seal.eq_ignore_ascii_case(verify) {
                let (template, number) = (letter.template.clone(), letter.number_text());
                return Ok(Some(Vouched::Letter { template, number, on: event.on }));
            }
        }
    }
    Ok(None)
}

fn publication(book: &Book, code: &str) -> Option<Vouched> {
    let hash = code.to_ascii_lowercase();
    let is = |one: &&Publication| {
        one.number == code || one.name() == code || (one.hash.len() == 64 && one.hash == hash)
    };
    let found = book.publications.iter().find(is);
    let over = || book.over.iter().find(is);
    let found = found.map(|one| (one, true)).or_else(|| Some((over()?, false)));
    let Some((of, is_public)) = found else {
        return book.changes.iter().find(|one| one.ends(code)).cloned().map(Vouched::Changed);
    };
    let mut of = of.clone();
    if !is_public {
        // Its time is over: what it said, and of whom, is not spread again.
        of.title = String::new();
        of.subject = None;
        of.decided = None;
    }
    Some(Vouched::Publication { of: Box::new(of), is_public })
}

async fn receipt(ledger: &Ledger, code: &str) -> Result<Option<Received>, Trouble> {
    let Some(receipt) = ledger.receipt(code).await? else { return Ok(None) };
    let entry = ledger.entry(receipt.first).await?;
    let size = ledger.size().await?;
    let proof = ledger.prove_inclusion(receipt.first, size).await?;
    let mut parts = code.split(':');
    let (of, region, period) = (parts.next(), parts.next(), parts.next());
    let at = entry.at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    Ok(Some(Received {
        number: code.to_owned(),
        of: of.unwrap_or_default().to_owned(),
        region: region.and_then(|code| RegionCode::parse(code).ok()),
        period: period.and_then(|text| Period::parse(text).ok()),
        entry: receipt.first,
        records: receipt.count.saturating_sub(1),
        on: at.date(),
        proved: (size, proof.proof.len()),
    }))
}

/// `HOLDER:SCOPE:DAY:SIZE:CODE`: the report is drawn again, and has the code or has not.
async fn credit(ledger: &Ledger, catalog: &Catalog, rest: &str) -> Result<Vouched, Trouble> {
    let parts: Vec<&str> = rest.split(':').collect();
    let [holder, scope, day, size, code] = parts.as_slice() else { return Ok(Vouched::Unknown) };
    let (Some(scope), Ok(day), Ok(size)) = (Scope::parse(scope), day.parse::<Date>(), size.parse::<u64>())
    else {
        return Ok(Vouched::Unknown);
    };
    if size > ledger.size().await? || size == 0 {
        return Ok(Vouched::Unknown);
    }
    let Ok(record) = record_type(catalog, STATEMENT) else { return Ok(Vouched::Unknown) };
    let mut known = Known::read(ledger, catalog, STATEMENT, day, Some(size)).await?;
    if let Some(file) = known.files.files.get_mut(*holder) {
        personal(ledger, record, file, scope != Scope::Public).await?;
    }
    let root = to_hex(&ledger.root_at(size).await?);
    let drawn = drawn(catalog, &known, holder, scope, day, &root)?;
    Ok(match drawn {
        Some(drawn) if drawn.code.eq_ignore_ascii_case(code) => {
            Vouched::Credit { holder: (*holder).to_owned(), day, scope, size }
        }
        _ => Vouched::Unconfirmed,
    })
}

/// `SIZE:ROOT`, as a report's last page names the ledger.
async fn state(ledger: &Ledger, code: &str) -> Result<Vouched, Trouble> {
    let Some((size, root)) = code.split_once(':') else { return Ok(Vouched::Unknown) };
    let (Ok(size), Some(root)) = (size.trim().parse::<u64>(), from_hex(root.trim())) else {
        return Ok(Vouched::Unknown);
    };
    if size == 0 || size > ledger.size().await? {
        return Ok(Vouched::Unknown);
    }
    let is_ours = ledger.root_at(size).await? == root;
    Ok(if is_ours { Vouched::State { size, root: to_hex(&root) } } else { Vouched::Unknown })
}
