//! Reference coefficients for standard coal, by edition of GB/T 2589.
//!
//! The annexes are informative: measured heating values of the fuel actually burnt come first, and the
//! coefficients here stand in where there are none. A figure always belongs to an edition, so that a series over
//! the change of 2021-04-01 shows its break.
//!
//! **How sure.** [`Certainty::Seen`] marks what was seen in copies of the edition's table or of standards that
//! quote it; [`Certainty::ToBeConfirmed`] marks cells from general knowledge that still have to be compared with
//! the printed standard. Nothing here replaces the standard.

use Certainty::{Seen, ToBeConfirmed as Open};
use Unit::{CubicMetre as M3, Kilogram as Kg, KilowattHour as Kwh, Megajoule as Mj, Tonne as T};

use super::unit::Unit;
use crate::refusal::Refusal;

/// Kilojoules in a kilogram of standard coal: 7,000 kcal of 4.1868 kJ.
pub const KGCE_KJ: f64 = 29_307.6;

/// An edition of GB/T 2589, general rules for calculating comprehensive energy consumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// GB/T 2589-2008, in force 2008-06-01 to 2021-03-31.
    Y2008,
    /// GB/T 2589-2020, in force from 2021-04-01.
    Y2020,
}

/// Whether a coefficient was compared with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Seen in a copy of the table.
    Seen,
    /// Still to be compared with the printed standard.
    ToBeConfirmed,
}

/// What a coefficient is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An energy carrier (annex A).
    Carrier,
    /// A medium whose making took energy: water, compressed air, oxygen (annex B, equal value).
    Medium,
}

/// A coefficient of an edition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// Identifier of the carrier or medium.
    pub id: &'static str,
    /// The unit of amount it is for.
    pub per: Unit,
    /// Kilograms of standard coal per unit, least and greatest; equal where the table has one value.
    pub kgce: (f64, f64),
    /// What it is for.
    pub kind: Kind,
    /// How sure it is.
    pub certainty: Certainty,
}

/// All coefficients of an edition.
pub fn coefficients(edition: Edition) -> &'static [Coefficient] {
    match edition {
        Edition::Y2008 => &Y2008,
        Edition::Y2020 => &Y2020,
    }
}

/// The coefficient of `id` in an edition, or which there are.
///
/// ```
/// use zhiheng_methods::energy::coefficient::{Edition, coefficient};
/// assert_eq!(coefficient(Edition::Y2008, "raw_coal").unwrap().kgce, (0.7143, 0.7143));
/// assert_eq!(coefficient(Edition::Y2020, "fresh_water").unwrap().kgce.0, 0.2571);
/// ```
pub fn coefficient(edition: Edition, id: &str) -> Result<&'static Coefficient, Refusal> {
    let all = coefficients(edition);
    all.iter().find(|it| it.id == id).ok_or_else(|| Refusal::Unknown {
        kind: "carrier",
        name: id.to_owned(),
        known: all.iter().map(|it| it.id.to_owned()).collect(),
    })
}

const fn one(id: &'static str, per: Unit, kgce: f64, certainty: Certainty) -> Coefficient {
    range(id, per, kgce, kgce, certainty)
}

const fn range(id: &'static str, per: Unit, low: f64, high: f64, certainty: Certainty) -> Coefficient {
    Coefficient { id, per, kgce: (low, high), kind: Kind::Carrier, certainty }
}

const fn medium(id: &'static str, per: Unit, kgce: f64, certainty: Certainty) -> Coefficient {
    Coefficient { id, per, kgce: (kgce, kgce), kind: Kind::Medium, certainty }
}

/// Annexes A and B of 2008, as quoted in DB43/T 612; rows marked open were not in that copy.
const Y2008: [Coefficient; 40] = [
    one("raw_coal", Kg, 0.7143, Seen),
    one("cleaned_coal", Kg, 0.9000, Seen),
    one("middlings", Kg, 0.2857, Seen),
    range("slime", Kg, 0.2857, 0.4286, Seen),
    one("coke", Kg, 0.9714, Seen),
    one("crude_oil", Kg, 1.4286, Seen),
    one("fuel_oil", Kg, 1.4286, Seen),
    one("petrol", Kg, 1.4714, Seen),
    one("kerosene", Kg, 1.4714, Seen),
    one("diesel", Kg, 1.4571, Seen),
    one("coal_tar", Kg, 1.1429, Seen),
    one("residual_oil", Kg, 1.4286, Seen),
    one("lpg", Kg, 1.7143, Seen),
    one("refinery_gas", Kg, 1.5714, Seen),
    one("oil_field_gas", M3, 1.3300, Seen),
    one("gas_field_gas", M3, 1.2143, Seen),
    range("coal_mine_gas", M3, 0.5000, 0.5714, Seen),
    range("coke_oven_gas", M3, 0.5714, 0.6143, Seen),
    one("blast_furnace_gas", M3, 0.1286, Seen),
    one("producer_gas", M3, 0.1786, Seen),
    one("heavy_oil_catalytic_gas", M3, 0.6571, Seen),
    one("heavy_oil_thermal_gas", M3, 1.2143, Seen),
    one("coke_gas", M3, 0.5571, Seen),
    one("pressure_gas", M3, 0.5143, Seen),
    one("water_gas", M3, 0.3571, Seen),
    one("crude_benzol", Kg, 1.4286, Seen),
    one("heat", Mj, 0.034_12, Seen),
    one("electricity", Kwh, 0.1229, Seen),
    one("low_pressure_steam", Kg, 0.1286, Seen),
    medium("fresh_water", T, 0.0857, Seen),
    medium("softened_water", T, 0.4857, Seen),
    medium("deoxygenated_water", T, 0.9714, Seen),
    medium("compressed_air", M3, 0.0400, Seen),
    medium("blast_air", M3, 0.0300, Seen),
    medium("oxygen", M3, 0.4000, Seen),
    medium("nitrogen_by_product", M3, 0.4000, Seen),
    medium("nitrogen_main_product", M3, 0.6714, Open),
    medium("carbon_dioxide", M3, 0.2143, Open),
    medium("acetylene", M3, 8.3143, Open),
    medium("calcium_carbide", Kg, 2.0786, Open),
];

/// Annexes A and B of 2020. Raw coal, electricity and fresh water were seen in copies that name this edition; the
/// rest waits for the printed standard.
const Y2020: [Coefficient; 38] = [
    one("raw_coal", Kg, 0.7143, Seen),
    one("cleaned_coal", Kg, 0.9000, Open),
    one("middlings", Kg, 0.2857, Open),
    range("slime", Kg, 0.2857, 0.4286, Open),
    one("coal_gangue", Kg, 0.2857, Open),
    one("coke", Kg, 0.9714, Open),
    one("coal_tar", Kg, 1.1429, Open),
    one("crude_oil", Kg, 1.4286, Open),
    one("fuel_oil", Kg, 1.4286, Open),
    one("petrol", Kg, 1.4714, Open),
    one("kerosene", Kg, 1.4714, Open),
    one("diesel", Kg, 1.4571, Open),
    range("natural_gas", M3, 1.1000, 1.3300, Open),
    one("lng", Kg, 1.7572, Open),
    one("lpg", Kg, 1.7143, Open),
    one("refinery_gas", Kg, 1.5714, Open),
    range("coke_oven_gas", M3, 0.5714, 0.6143, Open),
    one("blast_furnace_gas", M3, 0.1286, Open),
    one("producer_gas", M3, 0.1786, Open),
    one("heavy_oil_catalytic_gas", M3, 0.6571, Open),
    one("heavy_oil_thermal_gas", M3, 1.2143, Open),
    one("coke_gas", M3, 0.5571, Open),
    one("pressure_gas", M3, 0.5143, Open),
    one("water_gas", M3, 0.3571, Open),
    one("crude_benzol", Kg, 1.4286, Open),
    one("methanol", Kg, 0.6794, Open),
    one("ethanol", Kg, 0.9144, Open),
    one("hydrogen", M3, 0.3329, Open),
    range("biogas", M3, 0.7143, 0.8286, Open),
    one("heat", Mj, 0.034_12, Open),
    one("electricity", Kwh, 0.1229, Seen),
    medium("fresh_water", T, 0.2571, Seen),
    medium("softened_water", T, 0.4857, Open),
    medium("deoxygenated_water", T, 0.9714, Open),
    medium("compressed_air", M3, 0.0400, Open),
    medium("oxygen", M3, 0.4000, Open),
    medium("nitrogen_by_product", M3, 0.4000, Open),
    medium("nitrogen_main_product", M3, 0.6714, Open),
];
