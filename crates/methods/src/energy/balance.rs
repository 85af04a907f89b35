//! Energy balance.
//!
//! **What it answers.** Does the energy that came in equal what was converted, lost and used, carrier by carrier
//! and in all, and how large is the rest that nobody can explain?
//!
//! **Formula.** Per carrier, all in one unit (tonnes of standard coal at one value, equivalent *or* equal):
//! `supply = produced + imported − exported + drawn from stock`;
//! `available = supply − put into conversion + got out of conversion`;
//! `statistical difference = available − lost − used`. Conversion yields `Σ out/Σ in`; over all carriers it
//! cannot yield more than goes in.
//!
//! **Source.** GB/T 3484-2009 (energy balance of enterprises), GB/T 28749-2012; International Energy Agency
//! (2005), *Energy Statistics Manual*, chapter 7 (statistical difference).
//!
//! **When not to use it.** With electricity at equal value the losses of generation appear twice (in conversion
//! and in the coefficient): balance at equivalent value. A small difference is no proof: two errors may cancel,
//! so look at every carrier.

use crate::refusal::Refusal;
use crate::sum::Sum;

/// What came of one carrier in a period, in one unit for all carriers; nothing is negative but `drawn`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Flows {
    /// Primary production inside the boundary.
    pub produced: f64,
    /// Bought or brought in.
    pub imported: f64,
    /// Sold or sent out.
    pub exported: f64,
    /// Opening less closing stock.
    pub drawn: f64,
    /// Put into conversion (power station, boiler, coking).
    pub converted: f64,
    /// Got out of conversion.
    pub obtained: f64,
    /// Lost in transport, distribution and storage.
    pub lost: f64,
    /// Used finally.
    pub used: f64,
}

/// The balance of one carrier, or of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// Supply.
    pub supply: f64,
    /// Available after conversion.
    pub available: f64,
    /// Available less lost and used: positive when energy is unaccounted for.
    pub difference: f64,
    /// Difference over what was to be accounted for (supply and obtained); `None` when that is 0.
    pub share: Option<f64>,
}

/// Balances of the carriers in order, of all together, and the yield of conversion (`None` without conversion).
///
/// Refuses no carrier, NaN, negative flows other than stock, and more obtained from conversion than put in.
///
/// ```
/// use zhiheng_methods::energy::balance::{Flows, balance};
/// let coal = Flows { imported: 100.0, drawn: 5.0, converted: 80.0, used: 24.0, ..Flows::default() };
/// let power = Flows { obtained: 30.0, lost: 2.0, used: 28.0, ..Flows::default() };
/// let (each, all, yields) = balance(&[coal, power]).unwrap();
/// assert_eq!((each[0].difference, each[1].difference, all.difference), (1.0, 0.0, 1.0));
/// assert_eq!((all.supply, yields), (105.0, Some(0.375)));
/// ```
pub fn balance(carriers: &[Flows]) -> Result<(Vec<Balance>, Balance, Option<f64>), Refusal> {
    crate::refusal::at_least("carriers", carriers.len(), 1)?;
    let mut totals = [Sum::default(); 8];
    for (row, it) in carriers.iter().enumerate() {
        let flows = it.list();
        for (name, value) in NAMES.into_iter().zip(flows) {
            if !value.is_finite() {
                return Err(Refusal::NotFinite { what: name, row });
            }
            if value < 0.0 && name != "drawn" {
                return Err(Refusal::OutOfRange { what: name, value, allowed: ">= 0" });
            }
        }
        totals.iter_mut().zip(flows).for_each(|(total, flow)| total.add(flow));
    }
    let [produced, imported, exported, drawn, converted, obtained, lost, used] = totals.map(Sum::value);
    let all = Flows { produced, imported, exported, drawn, converted, obtained, lost, used };
    if let Some(row) = all.list().iter().position(|total| !total.is_finite()) {
        return Err(Refusal::NotFinite { what: "totals", row });
    }
    if obtained > converted * (1.0 + 1e-9) {
        let what = format!("conversion gives {obtained} and takes {converted}: it cannot give more");
        return Err(Refusal::Contradiction { what });
    }
    let yields = (converted > 0.0).then(|| obtained / converted);
    Ok((carriers.iter().map(Flows::balance).collect(), all.balance(), yields))
}

const NAMES: [&str; 8] =
    ["produced", "imported", "exported", "drawn", "converted", "obtained", "lost", "used"];

impl Flows {
    fn list(&self) -> [f64; 8] {
        [
            self.produced,
            self.imported,
            self.exported,
            self.drawn,
            self.converted,
            self.obtained,
            self.lost,
            self.used,
        ]
    }

    fn balance(&self) -> Balance {
        let supply = self.produced + self.imported - self.exported + self.drawn;
        let available = supply - self.converted + self.obtained;
        let difference = available - self.lost - self.used;
        let to_account = supply + self.obtained;
        let share = (to_account != 0.0).then(|| difference / to_account);
        Balance { supply, available, difference, share }
    }
}
