//! The disclosure check of a table: which of its cells must not be published, which others go with them, and what is left.

use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_measure::engine::Engine;
use zhiheng_measure::{Behind, TableAddress};
use zhiheng_methods::Refusal;
use zhiheng_methods::disclosure::{Protection, Rule, Summary, Weight, protect};

use crate::trouble::Trouble;

/// How few and how dominant is too much, and which totals are published whatever happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Fewest contributors in a cell.
    pub least: u64,
    /// Largest share of one contributor, in percent; not looked at without it.
    pub most_share: Option<Decimal>,
    /// No total is given up for another cell.
    pub totals_stay: bool,
}

/// A table that was checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The table with who stands behind it.
    pub behind: Behind,
    /// Its cells, judged.
    pub protection: Protection,
    /// What is published of it.
    pub summary: Summary,
}

impl Limits {
    fn rule(self) -> Result<Rule, Diagnostic> {
        let wrong = |refusal: Refusal| Diagnostic::error("ZH7220").arg("why", refusal);
        let rule = Rule::least(self.least).map_err(wrong)?;
        match self.most_share {
            None => Ok(rule),
            Some(share) => {
                let percent: f64 = share.to_string().parse().unwrap_or(f64::NAN);
                rule.and_share(1, percent).map_err(wrong)
            }
        }
    }
}

/// Checks the table at an address, as of a ledger size if the address has none of its own.
///
/// Errors: those of [`Engine::behind`]; ZH7220 for limits that are none.
pub async fn check(
    engine: &Engine,
    address: &TableAddress,
    limits: Limits,
    as_of: Option<u64>,
) -> Result<Checked, Trouble> {
    let rule = limits.rule()?;
    let mut address = address.clone();
    address.whole.as_of = address.whole.as_of.or(as_of);
    let behind = engine.behind(&address).await?;
    let protection = protect(&behind.table, &rule, Weight::Value, limits.totals_stay)
        .map_err(|refusal| Diagnostic::error("ZH7220").arg("why", refusal))?;
    let summary = Summary::of(&behind.table, &protection);
    Ok(Checked { behind, protection, summary })
}

/// Several tables that are published together.
///
/// Errors: as of [`check`]; ZH7221 for a table that no gaps can protect.
pub async fn check_all(
    engine: &Engine,
    addresses: &[String],
    limits: Limits,
    as_of: Option<u64>,
) -> Result<Vec<Checked>, Trouble> {
    let mut checked = Vec::new();
    for text in addresses {
        let one = check(engine, &text.parse()?, limits, as_of).await?;
        if !one.protection.is_safe() {
            return Err(Diagnostic::error("ZH7221").arg("table", text).into());
        }
        checked.push(one);
    }
    Ok(checked)
}
