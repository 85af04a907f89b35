//! One enterprise, many codes and names over time.
//!
//! Merged on the credit code; else on the organisation code, which stands in positions 9 to 17 of the credit code; else on what a
//! person has confirmed (`credit.alias`). Names alone never merge. The answer has three values: the same enterprise, more than one
//! that it could be, none that is known; a wrong check character is told and does not refuse, for some codes in force break their
//! own rule.

use std::collections::BTreeMap;

use zhiheng_base::{Date, Diagnostic, code};

/// Most aliases followed one after another.
const CHAIN_MAX: usize = 16;

/// How an enterprise was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Its credit code.
    Code,
    /// The organisation code inside its credit code.
    Organisation,
    /// Confirmed aliases, by their entries in the order in which they were followed.
    Alias(Vec<u64>),
}

/// What a code or name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// This holder.
    Same {
        /// Credit code.
        holder: String,
        /// How it was found.
        by: By,
        /// True if a check character is wrong: ask the register.
        doubtful: bool,
    },
    /// Any of these: a person has to say which.
    Several(Vec<String>),
    /// None that is known.
    Unknown,
}

/// A confirmed alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// Number of its entry.
    pub entry: u64,
    /// Old code, number or name.
    pub alias: String,
    /// Credit code that it leads to.
    pub holder: String,
    /// First day.
    pub since: Date,
    /// Last day, if it ended.
    pub until: Option<Date>,
}

/// Credit codes and aliases that are known.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Credit codes by organisation code.
    by_organisation: BTreeMap<String, Vec<String>>,
    aliases: BTreeMap<String, Vec<Alias>>,
}

impl Identity {
    /// Makes the index. Codes that are no credit codes are passed over.
    pub fn new<'c>(
        codes: impl IntoIterator<Item = &'c str>,
        aliases: impl IntoIterator<Item = Alias>,
    ) -> Identity {
        let mut identity = Identity::default();
        for known in codes {
            if let Some(organisation) = code::organisation_of(known) {
                let all = identity.by_organisation.entry(organisation).or_default();
                if !all.iter().any(|one| one == known) {
                    all.push(known.to_owned());
                }
            }
        }
        for alias in aliases {
            identity.aliases.entry(name_of(&alias.alias)).or_default().push(alias);
        }
        identity
    }

    /// What a code or a name leads to on a day.
    ///
    /// # Errors
    ///
    /// A code of 18 characters that is no credit code.
    pub fn find(&self, text: &str, day: Date) -> Result<Match, Diagnostic> {
        let text = written(text.trim());
        let mut doubtful = false;
        let mut here = text.clone();
        let mut by = By::Code;
        if is_code(&text, 18) {
            match code::uscc(&text) {
                code::Verdict::Ok => {}
                code::Verdict::CheckMismatch { .. } => doubtful = true,
                code::Verdict::Malformed(why) => return Err(why),
            }
        } else if let Some(organisation) = hyphenated(&text) {
            doubtful = !code::organisation_code(&organisation).is_ok();
            match self.by_organisation.get(&organisation).map(Vec::as_slice) {
                Some([one]) => (here, by) = (one.clone(), By::Organisation),
                Some([_, _, ..]) if self.aliases.contains_key(&organisation) => here = organisation,
                Some(several @ [_, _, ..]) => return Ok(Match::Several(several.to_vec())),
                _ => here = organisation,
            }
        }
        self.follow(here, by, doubtful, day)
    }

    /// Follows aliases to their end; a circle leads nowhere that one could name.
    fn follow(&self, start: String, by: By, mut doubtful: bool, day: Date) -> Result<Match, Diagnostic> {
        let (mut here, mut entries, mut seen) = (start.clone(), Vec::new(), vec![start]);
        for _ in 0..CHAIN_MAX {
            let valid = |one: &&Alias| one.since <= day && one.until.is_none_or(|until| day <= until);
            let mut on: Vec<&Alias> = self.aliases.get(&here).into_iter().flatten().filter(valid).collect();
            on.sort_by(|a, b| a.holder.cmp(&b.holder));
            on.dedup_by(|a, b| a.holder == b.holder);
            match on.as_slice() {
                [] => {
                    let by = if entries.is_empty() { by } else { By::Alias(entries) };
                    let known = by != By::Code || is_code(&here, 18);
                    return Ok(if known {
                        Match::Same { holder: here, by, doubtful }
                    } else {
                        Match::Unknown
                    });
                }
                [one] => {
                    here = written(&one.holder);
                    if seen.contains(&here) {
                        return Ok(Match::Several(seen));
                    }
                    seen.push(here.clone());
                    entries.push(one.entry);
                    doubtful |= !code::uscc(&here).is_ok();
                }
                several => return Ok(Match::Several(several.iter().map(|one| one.holder.clone()).collect())),
            }
        }
        Ok(Match::Several(seen))
    }
}

/// An alias as it is looked up: codes in capitals, organisation codes with their hyphen.
fn name_of(text: &str) -> String {
    let text = written(text.trim());
    hyphenated(&text).unwrap_or(text)
}

/// Codes are compared in capitals.
fn written(text: &str) -> String {
    text.to_ascii_uppercase()
}

fn is_code(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// An organisation code with its hyphen, if the text is one.
fn hyphenated(text: &str) -> Option<String> {
    let joined = if text.len() == 10 { text.replacen('-', "", 1) } else { text.to_owned() };
    let good = is_code(&joined, 9) && code::organisation_code(&joined).is_acceptable();
    good.then(|| joined.split_at(8)).map(|(body, check)| format!("{body}-{check}"))
}
