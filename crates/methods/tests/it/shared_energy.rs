//! Signs of made-up figures in the shared energy series against R (`vectors/make_shared_energy.R`).

use crate::table::{Table, Worst};
use zhiheng_methods::truth::outlier::{self, Ends, Middle, Quartiles};
use zhiheng_methods::truth::{last_digit, smooth};

#[test]
fn energy_series_equal_r() {
    let expected = Table::vector("r_shared_energy.csv");
    let mut worst = Worst::new("r_shared_energy.csv", 1e-11);
    for (file, set) in [
        ("elecdaily_victoria_2014.csv", "Demand"),
        ("elecdaily_victoria_2014.csv", "Temperature"),
        ("euro_energy.csv", "gdp"),
        ("euro_energy.csv", "energy"),
    ] {
        let Some(table) = Table::shared(&format!("energy/{file}")) else { return };
        let x: Vec<f64> = table.rows().map(|row| row.real(set)).collect();
        let (adjusted, skew) = outlier::adjusted(&x, 1.5, Quartiles::Hinges, Middle::LikeR).expect("good");
        let tukey = outlier::tukey(&x, 1.5, Quartiles::Hinges).expect("good");
        let mad = outlier::mad(&x, 3.5).expect("good");
        let ratio = smooth::ratio(&x).expect("good");
        for row in expected.rows().filter(|row| row.text("set") == set) {
            let found = match row.text("key") {
                "medcouple" => skew,
                "adjusted_low" => adjusted.low,
                "adjusted_high" => adjusted.high,
                "tukey_low" => tukey.low,
                "tukey_high" => tukey.high,
                "mad_low" => mad.low,
                "mad_high" => mad.high,
                "ratio" => ratio.ratio,
                "z" => ratio.z,
                "last_chi_square" => last_digit::single(&x, 1).expect("good").chi_square,
                "last_p_value" => last_digit::single(&x, 1).expect("good").p_value,
                _ => outlier::hampel(&x, 7, 3.0, Ends::Leave).expect("good").rows.len() as f64,
            };
            worst.relative(found, row.real("value"), &row.line());
        }
    }
    worst.finish();
}
