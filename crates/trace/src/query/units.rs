//! Units of measurement (UN/ECE Recommendation 20) that convert into each other.
//!
//! A query for readings above 277.15 KEL finds one of 5 CEL. Each unit is a factor of the base unit of its kind; temperatures
//! have a zero of their own. What is not in the table compares with itself only.

use zhiheng_base::Decimal;

/// Kind of quantity, factor to its base unit as digits and decimal places.
type Row = (&'static str, u8, i64, u32);

/// Kelvin, kilogram, metre, litre, second, pascal, metre per second, square metre, joule, watt, volt, ampere, pieces, shares of one,
/// kilogram per cubic metre, hertz, lux, newton, ohm, becquerel: 0 to 19.
const UNITS: &[Row] = &[
    ("KEL", 0, 1, 0),
    ("CEL", 0, 1, 0),
    ("KGM", 1, 1, 0),
    ("GRM", 1, 1, 3),
    ("MGM", 1, 1, 6),
    ("MC", 1, 1, 9),
    ("DTN", 1, 100, 0),
    ("TNE", 1, 1000, 0),
    ("LBR", 1, 45_359_237, 8),
    ("ONZ", 1, 28_349_523_125, 12),
    ("MTR", 2, 1, 0),
    ("KMT", 2, 1000, 0),
    ("DMT", 2, 1, 1),
    ("CMT", 2, 1, 2),
    ("MMT", 2, 1, 3),
    ("4H", 2, 1, 6),
    ("INH", 2, 254, 4),
    ("FOT", 2, 3048, 4),
    ("YRD", 2, 9144, 4),
    ("SMI", 2, 1_609_344, 3),
    ("LTR", 3, 1, 0),
    ("DMQ", 3, 1, 0),
    ("MLT", 3, 1, 3),
    ("CMQ", 3, 1, 3),
    ("CLT", 3, 1, 2),
    ("DLT", 3, 1, 1),
    ("HLT", 3, 100, 0),
    ("MTQ", 3, 1000, 0),
    ("SEC", 4, 1, 0),
    ("C26", 4, 1, 3),
    ("MIN", 4, 60, 0),
    ("HUR", 4, 3600, 0),
    ("DAY", 4, 86_400, 0),
    ("PAL", 5, 1, 0),
    ("A97", 5, 100, 0),
    ("KPA", 5, 1000, 0),
    ("MPA", 5, 1_000_000, 0),
    ("BAR", 5, 100_000, 0),
    ("MBR", 5, 100, 0),
    ("ATM", 5, 101_325, 0),
    ("MTS", 6, 1, 0),
    ("2M", 6, 1, 2),
    ("MTK", 7, 1, 0),
    ("CMK", 7, 1, 4),
    ("MMK", 7, 1, 6),
    ("KMK", 7, 1_000_000, 0),
    ("JOU", 8, 1, 0),
    ("KJO", 8, 1000, 0),
    ("KWH", 8, 3_600_000, 0),
    ("WHR", 8, 3600, 0),
    ("WTT", 9, 1, 0),
    ("KWT", 9, 1000, 0),
    ("MAW", 9, 1_000_000, 0),
    ("VLT", 10, 1, 0),
    ("2Z", 10, 1, 3),
    ("KVT", 10, 1000, 0),
    ("AMP", 11, 1, 0),
    ("4K", 11, 1, 3),
    ("EA", 12, 1, 0),
    ("H87", 12, 1, 0),
    ("C62", 12, 1, 0),
    ("PCE", 12, 1, 0),
    ("P1", 13, 1, 2),
    ("59", 13, 1, 6),
    ("61", 13, 1, 9),
    ("KMQ", 14, 1, 0),
    ("23", 14, 1000, 0),
    ("A93", 14, 1, 3),
    ("GP", 14, 1, 6),
    ("GL", 14, 1, 0),
    ("M1", 14, 1, 3),
    ("HTZ", 15, 1, 0),
    ("KHZ", 15, 1000, 0),
    ("MHZ", 15, 1_000_000, 0),
    ("LUX", 16, 1, 0),
    ("KLX", 16, 1000, 0),
    ("NEW", 17, 1, 0),
    ("B47", 17, 1000, 0),
    ("OHM", 18, 1, 0),
    ("B49", 18, 1000, 0),
    ("BQL", 19, 1, 0),
    ("2Q", 19, 1000, 0),
];

/// A value in the base unit of its kind; `is_difference` for what has no zero, such as a standard deviation.
pub fn in_base(value: Decimal, unit: &str, is_difference: bool) -> Option<(u8, Decimal)> {
    if unit == "FAH" {
        let from_zero = if is_difference { value } else { value.checked_add(Decimal::new(45967, 2))? };
        return Some((0, from_zero.checked_mul(Decimal::from(5))?.checked_div(Decimal::from(9))?));
    }
    let (_, kind, digits, places) = UNITS.iter().find(|(code, ..)| *code == unit)?;
    let own = value.checked_mul(Decimal::new(*digits, *places))?;
    let zero = if unit == "CEL" && !is_difference { Decimal::new(27315, 2) } else { Decimal::ZERO };
    Some((*kind, own.checked_add(zero)?))
}

/// How `value` in `unit` stands to `wanted` in `wanted_unit`; `None` if they do not compare.
pub fn compare(
    (value, unit): (Decimal, Option<&str>),
    (wanted, wanted_unit): (Decimal, &str),
    is_difference: bool,
) -> Option<std::cmp::Ordering> {
    let unit = unit?;
    if unit == wanted_unit {
        return Some(value.cmp(&wanted));
    }
    let (kind, own) = in_base(value, unit, is_difference)?;
    let (wanted_kind, wanted) = in_base(wanted, wanted_unit, is_difference)?;
    // thirds of degrees Fahrenheit do not end; twelve places are enough for any sensor
    (kind == wanted_kind).then(|| own.round_dp(12).cmp(&wanted.round_dp(12)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn units_by_hand() {
        let number = |text: &str| zhiheng_base::exact::parse_decimal(text).expect("a number");
        for (value, unit, wanted, wanted_unit, order) in [
            ("5", "CEL", "278.15", "KEL", Some(Equal)),
            ("41", "FAH", "5", "CEL", Some(Equal)),
            ("-40", "FAH", "-40", "CEL", Some(Equal)),
            ("4.9", "CEL", "41", "FAH", Some(Less)),
            ("1", "BAR", "1000", "A97", Some(Equal)),
            ("1.5", "TNE", "1499", "KGM", Some(Greater)),
            ("1", "INH", "2.54", "CMT", Some(Equal)),
            ("60", "MIN", "1", "HUR", Some(Equal)),
            ("1", "KGM", "1", "LTR", None),
            ("1", "XYZ", "1", "XYZ", Some(Equal)),
            ("1", "XYZ", "1", "KGM", None),
        ] {
            let got = compare((number(value), Some(unit)), (number(wanted), wanted_unit), false);
            assert_eq!(got, order, "{value} {unit} {wanted} {wanted_unit}");
        }
        // a spread of 1 degree Celsius is one of 1.8 Fahrenheit, whatever their zeros
        assert_eq!(compare((number("1"), Some("CEL")), (number("1.8"), "FAH"), true), Some(Equal));
        assert_eq!(compare((number("1"), None), (number("1"), "KGM"), false), None);
    }
}
