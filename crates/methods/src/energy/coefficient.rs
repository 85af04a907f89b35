//! Reference coefficients for standard coal, by edition of GB/T 2589.
//!
//! The annexes are informative: measured heating values of the fuel actually burnt come first, and the
//! coefficients here stand in where there are none. A figure always belongs to an edition, so that a series over
//! the change of an edition shows its break. The coefficients are data: a table with the columns `edition`, `id`,
//! `per`, `kgce_low`, `kgce_high`, `kind` and `certainty`; Zhiheng's own is in `tables/standard_coal.csv`.
//!
//! **How sure.** [`Certainty::Seen`] marks what was seen in copies of the edition's table or of standards that
//! quote it; [`Certainty::ToBeConfirmed`] marks cells from general knowledge that still have to be compared with
//! the printed standard. Nothing here replaces the standard.

use super::unit::Unit;
use crate::certainty::Certainty;
use crate::frame::Frame;
use crate::refusal::Refusal;

/// Kilojoules in a kilogram of standard coal: 7,000 kcal of 4.1868 kJ.
pub const KGCE_KJ: f64 = 29_307.6;

/// What a coefficient is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An energy carrier (annex A).
    Carrier,
    /// A medium whose making took energy: water, compressed air, oxygen (annex B, equal value).
    Medium,
}

/// A coefficient of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// Identifier of the carrier or medium.
    pub id: String,
    /// The unit of amount it is for.
    pub per: Unit,
    /// Kilograms of standard coal per unit, least and greatest; equal where the table has one value.
    pub kgce: (f64, f64),
    /// What it is for.
    pub kind: Kind,
    /// How sure it is.
    pub certainty: Certainty,
}

/// The coefficients of one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficients(Vec<Coefficient>);

impl Coefficients {
    /// Those of `edition` in a table; of the last edition there if it is blank.
    ///
    /// Refuses a table without such an edition, cells that are not what their columns hold, coefficients that are
    /// not positive or end below their beginning, and two for one carrier.
    ///
    /// ```
    /// use zhiheng_methods::{energy::coefficient::Coefficients, run::Frame};
    /// let table = Frame::from_csv(
    ///     "edition,id,per,kgce_low,kgce_high,kind,certainty\n\
    ///      2008,raw_coal,kg,0.7143,0.7143,carrier,seen\n\
    ///      2008,slime,kg,0.2857,0.4286,carrier,seen\n".as_bytes(),
    /// )
    /// .unwrap();
    /// let coefficients = Coefficients::read(&table, "2008").unwrap();
    /// assert_eq!(coefficients.of("slime").unwrap().kgce, (0.2857, 0.4286));
    /// assert_eq!(coefficients.of("peat").unwrap_err().to_string(), "no carrier peat; there are raw_coal, slime");
    /// ```
    pub fn read(table: &Frame, edition: &str) -> Result<Self, Refusal> {
        let part = table.part("edition", edition)?;
        let above_zero = |text: &str| text.parse().ok().filter(|it: &f64| *it > 0.0 && it.is_finite());
        let low = part.each("kgce_low", "number above 0", above_zero)?;
        let high = part.each("kgce_high", "number above 0", above_zero)?;
        let per = part.each("per", "unit", Unit::named)?;
        let kind = part.each("kind", "carrier or medium", |text| match text {
            "carrier" => Some(Kind::Carrier),
            "medium" => Some(Kind::Medium),
            _ => None,
        })?;
        let certainty = part.each("certainty", Certainty::NEEDED, Certainty::named)?;
        let mut all: Vec<Coefficient> = Vec::with_capacity(part.n_rows());
        for (row, id) in part.texts("id")?.iter().enumerate() {
            let cell = |column: &str, text: String, needed| {
                Err(Refusal::Cell { column: column.to_owned(), row, text, needed })
            };
            if all.iter().any(|it| it.id == *id) {
                return cell("id", id.clone(), "carrier that is not there yet");
            }
            if high[row] < low[row] {
                return cell("kgce_high", high[row].to_string(), "number not below kgce_low");
            }
            all.push(Coefficient {
                id: id.clone(),
                per: per[row],
                kgce: (low[row], high[row]),
                kind: kind[row],
                certainty: certainty[row],
            });
        }
        Ok(Self(all))
    }

    /// All of them, in the order of the table.
    pub fn all(&self) -> &[Coefficient] {
        &self.0
    }

    /// The coefficient of a carrier or medium, or which there are.
    pub fn of(&self, id: &str) -> Result<&Coefficient, Refusal> {
        self.0.iter().find(|it| it.id == id).ok_or_else(|| Refusal::Unknown {
            kind: "carrier",
            name: id.to_owned(),
            known: self.0.iter().map(|it| it.id.clone()).collect(),
        })
    }
}
