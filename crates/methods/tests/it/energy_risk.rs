//! Energy, brand value and risk: against `vectors/make_energy_risk.R`, figures of the field, and laws.

use std::collections::BTreeMap;

use crate::table::{Table, Worst};
use proptest::prelude::*;
use zhiheng_methods::certainty::Certainty;
use zhiheng_methods::energy::balance::{Flows, balance};
use zhiheng_methods::energy::coefficient::Coefficients;
use zhiheng_methods::energy::decomposition::{Sector, Weights, activity_structure_intensity, decompose};
use zhiheng_methods::energy::intensity::{change, change_from_growth, comparable, progress};
use zhiheng_methods::energy::standard_coal::{Amount, convert};
use zhiheng_methods::risk::fraction::Fraction;
use zhiheng_methods::risk::kinetic_temperature;
use zhiheng_methods::risk::matrix::{Band, Level, Matrix};
use zhiheng_methods::risk::recall::{completion, from_sample, time_to};
use zhiheng_methods::risk::scenario::{Scenario, assess, worst};
use zhiheng_methods::risk::use_compensation::{Rounding, Rule, fen};
use zhiheng_methods::run::Frame;
use zhiheng_methods::{Refusal, brand};

/// A table of the catalog, as the methods read it.
fn table_of(name: &str) -> Frame {
    let path = format!("{}/tables/{name}", env!("CARGO_MANIFEST_DIR"));
    Frame::from_table(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
        .unwrap()
}

fn coefficients(edition: &str) -> Coefficients {
    Coefficients::read(&table_of("standard_coal.csv"), edition).unwrap()
}

fn rule(name: &str) -> Rule {
    Rule::read(&table_of("use_compensation.csv"), name).unwrap()
}

#[test]
fn decompositions_equal_r() {
    let mut cases = BTreeMap::<String, [Vec<Vec<f64>>; 2]>::new();
    for row in Table::vector("decomposition_data.csv").rows() {
        let sector = row.count("sector") as usize - 1;
        let tables = cases.entry(row.text("case").to_owned()).or_default();
        for (table, column) in tables.iter_mut().zip(["before", "after"]) {
            table.resize(table.len().max(sector + 1), Vec::new());
            table[sector].push(row.real(column));
        }
    }
    let mut worst = Worst::new("r_energy_risk.csv lmdi", 1e-11);
    for row in Table::vector("r_energy_risk.csv").rows().filter(|row| row.text("method") == "lmdi") {
        let [before, after] = &cases[row.text("case")];
        let (one, two) = (
            decompose(before, after, Weights::One).unwrap(),
            decompose(before, after, Weights::Two).unwrap(),
        );
        let k = row.count("key") as usize - 1;
        // With zeros R's tiny values leave 1e-5 of the limit (700000 against finite logarithms).
        let zeros = before.iter().chain(after).flatten().any(|&factor| factor == 0.0);
        let place = row.line();
        for (found, column) in
            [(one.additive[k], "a"), (one.multiplicative[k], "b"), (two.multiplicative[k], "c")]
        {
            let expected = row.real(column);
            if zeros {
                assert!(
                    (found - expected).abs() < 1e-4 * expected.abs().max(1.0),
                    "{place} {column}: {found}"
                );
            } else {
                worst.relative(found, expected, &place);
            }
        }
    }
    worst.finish();
}

#[test]
fn recalls_temperatures_and_brands_equal_r() {
    let mut limits = Worst::new("r_energy_risk.csv recall", 1e-15);
    let mut kinetic = Worst::new("r_energy_risk.csv kinetic", 1e-12);
    let mut brands = Worst::new("r_energy_risk.csv brand", 1e-12);
    let celsius = [21.3, 24.8, 26.1, 31.7, 19.2, 22.4, 23.9, 28.5, 25.0, 20.6, 18.3, 22.0];
    let hours = [744.0, 672.0, 744.0, 720.0, 744.0, 720.0, 744.0, 744.0, 720.0, 744.0, 720.0, 744.0];
    for row in Table::vector("r_energy_risk.csv").rows() {
        match row.text("method") {
            "recall" => {
                let sizes: Vec<u64> = row.text("case").split('_').map(|text| text.parse().unwrap()).collect();
                let it = from_sample(sizes[0], sizes[1], sizes[2], row.real("key")).unwrap();
                limits.relative(it.units_low as f64, row.real("a"), &row.line());
                limits.relative(it.units_high as f64, row.real("b"), &row.line());
            }
            "kinetic" => {
                let mean = |celsius: &[f64], hours| {
                    kinetic_temperature::mean(celsius, hours, row.real("key")).unwrap()
                };
                kinetic.relative(mean(&celsius, None), row.real("a"), &row.line());
                kinetic.relative(mean(&celsius, Some(&hours)), row.real("b"), &row.line());
                kinetic.relative(mean(&[20.0, 30.0], None), row.real("c"), &row.line());
            }
            "brand" => {
                let it =
                    brand::value(&[120.0, 131.5, 140.25, 151.0], row.real("case"), row.real("key"), None)
                        .unwrap();
                brands.relative(it.forecast, row.real("a"), &row.line());
                brands.relative(it.terminal, row.real("b"), &row.line());
                brands.relative(it.value, row.real("c"), &row.line());
            }
            _ => {}
        }
    }
    limits.finish();
    kinetic.finish();
    brands.finish();
}

/// A carrier in both editions has one unit; bad cells are refused by their place.
#[test]
fn coefficients_are_sound() {
    let (old, new) = (coefficients("2008"), coefficients("2020"));
    assert_eq!((old.all().len(), new.all().len()), (40, 38));
    for it in new.all() {
        assert!(old.of(&it.id).map_or(true, |other| other.per == it.per), "{}", it.id);
    }
    assert!(new.all().iter().any(|it| it.certainty == Certainty::ToBeConfirmed));
    assert_eq!(coefficients(""), new);
    let read = |row: &str| {
        let header = "edition,id,per,kgce_low,kgce_high,kind,certainty\n1,coke,kg,1,1,carrier,seen\n";
        let table = Frame::from_table(&format!("{header}{row}\n")).unwrap();
        Coefficients::read(&table, "1").unwrap_err().to_string()
    };
    assert!(read("1,coke,kg,1,1,carrier,seen").contains("\"coke\" is not a carrier that is not there yet"));
    assert!(read("1,peat,kg,0,1,carrier,seen").contains("kgce_low"));
    assert!(read("1,peat,kg,2,1,carrier,seen").contains("kgce_high"));
    assert!(read("1,peat,lb,1,1,carrier,seen").contains("not a unit"));
    assert!(read("1,peat,kg,1,1,fuel,seen").contains("carrier or medium"));
    assert!(read("1,peat,kg,1,1,carrier,sure").contains("seen or open"));
    assert!(Coefficients::read(&table_of("standard_coal.csv"), "1999").is_err());
}

/// Rules that contradict themselves are refused; a blank case is the one that is paid for.
#[test]
fn rules_are_sound() {
    let (old, new) = (rule("order_150"), rule(""));
    assert_eq!((old.n_millionths, old.certainty), ((5_000, 8_000), Certainty::ToBeConfirmed));
    assert_eq!((new.n_millionths, new.certainty), ((0, 5_000), Certainty::Seen));
    let paid = |rule: &Rule, case: &str| fen(20_000_000, 10_000, 5_000, rule, case, Rounding::HalfEven);
    assert_eq!(paid(&new, ""), paid(&new, "validity"));
    assert_eq!(paid(&new, "seven_days"), Ok(0));
    assert!(paid(&old, "seven_days").unwrap_err().to_string().contains("no case seven_days"));
    let read = |rows: &str| {
        let header = "rule,n_low,n_high,case,charged,certainty\n";
        Rule::read(&Frame::from_table(&format!("{header}{rows}")).unwrap(), "a")
    };
    let both = read("a,0,0.005,x,yes,seen\na,0,0.005,y,yes,open\n").unwrap();
    assert_eq!(both.certainty, Certainty::ToBeConfirmed);
    assert!(paid(&both, "").is_err() && paid(&both, "y").is_ok());
    for bad in ["a,0.5%,0.1%,x,yes,seen", "a,0,2,x,yes,seen", "a,0,1,x,maybe,seen", "b,0,1,x,yes,seen"] {
        assert!(read(bad).is_err(), "{bad}");
    }
    assert!(read("a,0,0.005,x,yes,seen\na,0,0.006,y,yes,seen\n").is_err());
}

#[test]
fn a_matrix_must_make_sense() {
    let band = |border: &str, levels: &[Level]| Band {
        above: Fraction::read(border).unwrap(),
        with_border: true,
        levels: levels.to_vec(),
    };
    let (low, high) = (Level::Low, Level::High);
    let good = Matrix::new(vec![band("1/10", &[low, high]), band("0", &[low, low])]).unwrap();
    assert_eq!((good.band(Fraction::read("0.1").unwrap()), good.severities()), (0, 2));
    assert_eq!(good.band(Fraction::read("0").unwrap()), 1);
    for bad in [
        vec![],
        vec![band("1/10", &[low, high])],
        vec![band("0", &[low]), band("0", &[low])],
        vec![band("1/10", &[high, low]), band("0", &[low, low])],
        vec![band("1/10", &[low, low]), band("0", &[low, high])],
        vec![band("1/10", &[low]), band("0", &[low, low])],
    ] {
        assert!(Matrix::new(bad).is_err());
    }
    // Strict borders: exactly 1/10 falls below it, exactly 1/1,000,000 into the last band.
    let rapex = Matrix::read(&table_of("risk_matrices.csv"), "rapex_2010").unwrap();
    for (probability, band) in [("1", 0), ("1/2", 1), ("1/10", 2), ("0.1000001", 1), ("1e-6", 7), ("0", 7)] {
        assert_eq!(rapex.band(Fraction::read(probability).unwrap()), band, "{probability}");
    }
    assert_eq!(Matrix::new(rapex.bands().to_vec()).unwrap(), rapex);
    let scenario = |step: &str, severity| Scenario { steps: vec![Fraction::read(step).unwrap()], severity };
    let (risks, first) =
        worst(&[scenario("1/50", 1), scenario("1/5000", 4), scenario("1/2", 3)], &rapex).unwrap();
    assert_eq!((risks[first].level, first), (Level::Serious, 2));
    assert!(assess(&scenario("1/50", 5), &rapex).is_err() && assess(&scenario("1/50", 0), &rapex).is_err());
    assert!(assess(&scenario("3/2", 1), &rapex).is_err());
}

#[test]
fn bad_questions_are_refused() {
    let said = |result: Result<(), Refusal>| result.unwrap_err().to_string();
    assert!(said(brand::value(&[1.0], 0.05, 0.05, None).map(drop)).contains("not above the growth"));
    assert!(brand::value(&[], 0.1, 0.0, None).is_err() && brand::value(&[f64::NAN], 0.1, 0.0, None).is_err());
    let floored = brand::value(&[-5.0, -6.0], 0.1, 0.0, None).unwrap();
    assert_eq!((floored.value, floored.floored, floored.terminal_share), (0.0, true, None));
    assert!(said(from_sample(3, 2, 9, 0.95).map(drop)).contains("3 remedied of 2"));
    assert!(said(completion(7, 5, 10).map(drop)).contains("7 remedied and 5"));
    assert!(completion(u64::MAX, 1, 10).is_err());
    assert!(time_to(0.5, &[(1.0, 0.2), (1.0, 0.6)]).is_err());
    assert!(fen(100, u64::MAX, 5_000, &rule("order_43"), "validity", Rounding::Down).is_err());
    assert!(
        said(fen(100, 1, 6_000, &rule("order_43"), "validity", Rounding::Down).map(drop)).contains("0.005")
    );
    assert!(kinetic_temperature::mean(&[-300.0], None, 80.0).is_err());
    assert!(kinetic_temperature::mean(&[20.0, 21.0], Some(&[0.0, 0.0]), 80.0).is_err());
    let flows = Flows { converted: 1.0, obtained: 2.0, ..Flows::default() };
    assert!(said(balance(&[flows]).map(drop)).contains("cannot give more"));
    assert!(change((1.0, 0.0), (1.0, 1.0), None).is_err() && change_from_growth(0.1, -1.0).is_err());
    assert!(comparable(&[1.0], &[0.0, 1.0]).is_err() && progress(&[-0.1; 6], -0.16, 5).is_err());
    let amount = Amount { carrier: "moon_rock", amount: 1.0, unit: None, heat_kj: None };
    assert!(said(convert(&coefficients("2020"), &[amount], None).map(drop)).contains("no carrier moon_rock"));
    let amount =
        Amount { carrier: "diesel", unit: zhiheng_methods::energy::unit::Unit::named("m3"), ..amount };
    assert!(said(convert(&coefficients("2020"), &[amount], None).map(drop)).contains("per kg"));
    assert!(decompose(&[vec![1.0, -1.0]], &[vec![1.0, 1.0]], Weights::One).is_err());
    let sector = |output, energy| Sector { output, energy };
    let idle = activity_structure_intensity(&[sector(0.0, 5.0)], &[sector(1.0, 5.0)], Weights::One);
    assert!(said(idle.map(drop)).contains("without output"));
    assert!(brand::strength(&[50.0], &[1.0], &[(0.0, 1.0), (100.0, 1.2)]).is_err());
    assert!(brand::strength(&[150.0], &[1.0], &[(0.0, 1.2), (100.0, 1.0)]).is_err());
}

fn table() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<Vec<f64>>)> {
    let factor = || prop_oneof![4 => 1e-3..1e3_f64, 1 => Just(0.0), 1 => Just(1.0)];
    (1..6_usize, 2..5_usize).prop_flat_map(move |(sectors, factors)| {
        let table = || prop::collection::vec(prop::collection::vec(factor(), factors), sectors);
        (table(), table())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    /// Effects leave no rest, turn with time, and do not see the order of the sectors.
    #[test]
    fn decompositions_are_perfect((before, after) in table(), two in any::<bool>()) {
        let weights = if two { Weights::Two } else { Weights::One };
        let Ok(it) = decompose(&before, &after, weights) else {
            // LMDI-II has no weights when hardly any sector lives through both periods.
            prop_assert!(two);
            return Ok(());
        };
        let size = it.before.max(it.after).max(1e-300);
        let sum: f64 = it.additive.iter().sum();
        prop_assert!((sum - (it.after - it.before)).abs() < 1e-9 * size, "{it:?}");
        if !it.multiplicative.is_empty() {
            let product: f64 = it.multiplicative.iter().product();
            prop_assert!((product / (it.after / it.before) - 1.0).abs() < 1e-9, "{it:?}");
        }
        let back = decompose(&after, &before, weights).unwrap();
        for (a, b) in it.additive.iter().zip(&back.additive) {
            prop_assert!((a + b).abs() < 1e-9 * size);
        }
        let turned = |table: &Vec<Vec<f64>>| table.iter().rev().cloned().collect::<Vec<_>>();
        let it2 = decompose(&turned(&before), &turned(&after), weights).unwrap();
        for (a, b) in it.additive.iter().zip(&it2.additive) {
            prop_assert!((a - b).abs() < 1e-9 * size);
        }
        for k in 0..it.additive.len() {
            let parts: f64 = it.by_sector.iter().map(|sector| sector[k]).sum();
            prop_assert!((parts - it.additive[k]).abs() < 1e-9 * size);
        }
    }

    /// Wider for a higher level, holding the share, and mirrored for the units that are left.
    #[test]
    fn recall_limits_behave(population in 1..5000_u64, sampled in 0.0..1.0_f64, share in 0.0..1.0_f64, level in 0.5..0.99_f64) {
        let n = ((population as f64 * sampled) as u64).max(1);
        let x = (n as f64 * share).round() as u64;
        let it = from_sample(x, n, population, level).unwrap();
        let wider = from_sample(x, n, population, level + 0.009).unwrap();
        let mirror = from_sample(n - x, n, population, level).unwrap();
        prop_assert!(it.units_low >= x && it.units_high <= population - (n - x) && it.units_low <= it.units_high);
        prop_assert!(wider.units_low <= it.units_low && it.units_high <= wider.units_high);
        prop_assert_eq!((mirror.units_low, mirror.units_high), (population - it.units_high, population - it.units_low));
    }

    /// Between the coldest and the hottest, not below the mean, and the same in any order or unit of time.
    #[test]
    fn kinetic_means_lie_inside(celsius in prop::collection::vec(-80.0..200.0_f64, 1..40), energy in 1.0..300.0_f64, scale in 0.01..100.0_f64) {
        let it = kinetic_temperature::mean(&celsius, None, energy).unwrap();
        let (low, high) = celsius.iter().fold((f64::MAX, f64::MIN), |(low, high), &t| (low.min(t), high.max(t)));
        let mean = celsius.iter().sum::<f64>() / celsius.len() as f64;
        prop_assert!(low - 1e-9 <= it && it <= high + 1e-9);
        // e^(-E/RT) bends upwards in T only while T < E/(2R).
        if energy / (2.0 * 0.008_314_4) > high + 273.15 {
            prop_assert!(it >= mean - 1e-9, "{it} {mean}");
        }
        let turned: Vec<f64> = celsius.iter().rev().copied().collect();
        let hours = vec![scale; celsius.len()];
        let other = kinetic_temperature::mean(&turned, Some(&hours), energy).unwrap();
        prop_assert!((it - other).abs() < 1e-9);
    }

    /// Value grows with flows and growth and falls with the rate; scales with the currency.
    #[test]
    fn brand_values_move_as_they_should(flows in prop::collection::vec(0.1..1e6_f64, 1..10), rate in 0.05..0.4_f64, gap in 0.01..0.04_f64, scale in 0.01..1e4_f64) {
        let growth = rate - gap;
        let value = |rate, growth| brand::value(&flows, rate, growth, None).unwrap().value;
        let it = value(rate, growth);
        prop_assert!(value(rate + 0.01, growth) < it && it < value(rate, growth + gap / 2.0));
        let scaled: Vec<f64> = flows.iter().map(|flow| flow * scale).collect();
        let other = brand::value(&scaled, rate, growth, None).unwrap().value;
        prop_assert!((other / (it * scale) - 1.0).abs() < 1e-9);
        let steps = (gap * 2.0, 0.0, 0.1);
        let inputs = brand::Inputs { profits: &flows, tangible: &vec![0.0; flows.len()], share: 1.0, rate, growth };
        let grid = brand::sensitivity(inputs, steps).unwrap();
        prop_assert_eq!(grid.len(), 27);
        // One step down takes the rate below the growth: no value, no infinity.
        prop_assert!(grid.iter().all(|cell| (cell.rate < 0) == cell.value.is_none()));
    }

    /// Fractions order like their quotients, multiply like them, and print what reads back.
    #[test]
    fn fractions_are_exact(a in 0..1_000_000_u128, b in 1..1_000_000_u128, c in 0..1_000_000_u128, d in 1..1_000_000_u128) {
        let (x, y) = (Fraction::new(a, b).unwrap(), Fraction::new(c, d).unwrap());
        prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
        let product = x.times(y).unwrap();
        prop_assert_eq!(product, Fraction::new(a * c, b * d).unwrap());
        prop_assert_eq!(Fraction::read(&product.to_string()), Some(product));
    }

    /// Compensation in fen is never off by a fen and grows with use.
    #[test]
    fn compensation_is_exact(price in 0..1_000_000_000_u64, km in 0..100_000_u64, n in 0..5_000_u32) {
        let [even, up, down] = [Rounding::HalfEven, Rounding::HalfUp, Rounding::Down]
            .map(|rounding| fen(price, km, n, &rule("order_43"), "validity", rounding).unwrap());
        prop_assert!(down <= even && even <= up && up <= down + 1);
        let exact = u128::from(price) * u128::from(km) * u128::from(n);
        prop_assert_eq!(u128::from(down), exact / 1_000_000_000);
    }
}
