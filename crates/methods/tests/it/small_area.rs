//! Small areas against R sae (`../shared/data/smallarea`), metafor and lme4 (`vectors/make_small_area.R`), a paper's
//! table, and laws.

use crate::survey_data::Data;
use crate::table::Worst;
use proptest::prelude::*;
use zhiheng_methods::Refusal;
use zhiheng_methods::small_area::{
    AreaMethod, AreaModel, FayHerriot, Target, UnitMethod, UnitModel, fay_herriot, unit_level, unit_level_mse,
};

fn method_of(name: &str) -> AreaMethod {
    match name {
        "REML" => AreaMethod::Reml,
        "ML" => AreaMethod::Ml,
        "FH" => AreaMethod::Moments,
        other => panic!("no method {other}"),
    }
}

#[test]
fn milk_equals_r() {
    let Some(input) = Data::shared("smallarea/input_milk.csv") else { return };
    let Some(expected) = Data::shared("smallarea/expected_milk_fh.csv") else { return };
    let Some(fits) = Data::shared("smallarea/expected_milk_fh_fit.csv") else { return };
    let ones = vec![1.0; input.n_rows()];
    let dummies = ["2", "3", "4"].map(|area| input.is("MajorArea", area));
    let columns = [ones.as_slice(), &dummies[0], &dummies[1], &dummies[2]];
    let (y, variance) = (input.reals("yi"), input.reals("var"));
    let mut areas = Worst::new("expected_milk_fh.csv", 1e-6);
    let mut fit = Worst::new("expected_milk_fh_fit.csv", 1e-6);
    for name in ["REML", "ML", "FH"] {
        let model = AreaModel { y: &y, variance: &variance, columns: &columns, method: method_of(name) };
        let it = fay_herriot(&model).expect("good");
        let here = expected.only("method", |method| method == name);
        let (eblup, mse) = (here.reals("eblup"), here.reals("mse"));
        assert_eq!(here.n_rows(), it.areas.len());
        for (row, area) in it.areas.iter().enumerate() {
            areas.relative(area.estimate, eblup[row], &format!("{name} {row} eblup"));
            areas.relative(area.mse, mse[row], &format!("{name} {row} mse"));
        }
        let here = fits.only("method", |method| method == name);
        let [value, se, loglik, aic, bic] =
            ["value", "se", "loglik", "aic", "bic"].map(|column| here.reals(column));
        assert_eq!(here.texts("param")[0], "refvar");
        for row in 0..here.n_rows() {
            let place = format!("{name} {}", here.texts("param")[row]);
            if row == 0 {
                fit.relative(it.between, value[row], &place);
            } else {
                fit.relative(it.coefficients[row - 1].value, value[row], &place);
                fit.relative(it.coefficients[row - 1].standard_error, se[row], &place);
            }
            fit.relative(it.log_likelihood, loglik[row], &place);
            fit.relative(it.aic, aic[row], &place);
            fit.relative(it.bic, bic[row], &place);
        }
    }
    areas.finish();
    fit.finish();
}

#[test]
fn areas_equal_metafor() {
    let input = Data::parse(include_str!("../../vectors/area_input.csv"));
    let table = Data::parse(include_str!("../../vectors/r_area.csv"));
    let ones = vec![1.0; input.n_rows()];
    let (x1, x2, variance) = (input.reals("x1"), input.reals("x2"), input.reals("psi"));
    let all = [ones.as_slice(), &x1, &x2];
    let mut worst = Worst::new("r_area.csv", 1e-10);
    for case in ["plain", "some", "mean", "small"] {
        let y = input.reals(match case {
            "some" => "y_some",
            "small" => "small",
            _ => "y",
        });
        let columns = if case == "mean" { &all[..1] } else { &all };
        for name in ["REML", "ML", "FH"] {
            let model = AreaModel { y: &y, variance: &variance, columns, method: method_of(name) };
            let it = fay_herriot(&model).expect("good");
            let here = table.only("case", |it| it == case).only("method", |it| it == name);
            let (whats, indices, values) = (here.texts("what"), here.texts("index"), here.reals("value"));
            for row in 0..here.n_rows() {
                let index: usize = indices[row].parse().expect("an index");
                let found = match whats[row] {
                    "between" => it.between,
                    "loglik" => it.log_likelihood,
                    "beta" => it.coefficients[index - 1].value,
                    "se" => it.coefficients[index - 1].standard_error,
                    "estimate" => it.areas[index - 1].estimate,
                    "mse" => it.areas[index - 1].mse,
                    other => panic!("{other}"),
                };
                worst.relative(found, values[row], &format!("{case} {name} {} {index}", whats[row]));
            }
        }
    }
    worst.finish();
}

/// Segments of land with corn and soybeans, Battese, Harter and Fuller (1988), table 1.
struct Corn {
    y: Vec<f64>,
    area: Vec<u32>,
    columns: Vec<Vec<f64>>,
    means: Vec<Vec<f64>>,
    sizes: Vec<f64>,
}

impl Corn {
    fn new(case: &str) -> Self {
        let data = Data::parse(include_str!("../../vectors/corn.csv"));
        let means = Data::parse(include_str!("../../vectors/corn_means.csv"));
        let county = data.reals("county");
        let y = data.reals(if case == "soybeans" { "soybeans" } else { "corn" });
        let out = |row: usize| match case {
            "all" => false,
            "not_sampled" => row == 32 || [1, 9].contains(&(county[row] as u32)),
            _ => row == 32, // the paper leaves Hardin's second segment out
        };
        let pixels = [data.reals("corn_pixels"), data.reals("soybean_pixels")];
        let rows: Vec<usize> = (0..data.n_rows()).filter(|&row| !out(row)).collect();
        let of = |values: &[f64]| rows.iter().map(|&row| values[row]).collect::<Vec<f64>>();
        let (corn, soy) = (means.reals("corn_pixels"), means.reals("soybean_pixels"));
        Self {
            y: of(&y),
            area: rows.iter().map(|&row| county[row] as u32).collect(),
            columns: vec![vec![1.0; rows.len()], of(&pixels[0]), of(&pixels[1])],
            means: (0..means.n_rows()).map(|row| vec![1.0, corn[row], soy[row]]).collect(),
            sizes: means.reals("segments"),
        }
    }

    fn columns(&self) -> Vec<&[f64]> {
        self.columns.iter().map(Vec::as_slice).collect()
    }

    fn targets(&self) -> Vec<Target<'_>> {
        let each = self.means.iter().zip(&self.sizes).enumerate();
        each.map(|(at, (means, &size))| Target { area: at as u32 + 1, size, means }).collect()
    }
}

#[test]
fn corn_equals_lme4_and_the_paper() {
    let table = Data::parse(include_str!("../../vectors/r_unit.csv"));
    // lme4's optimiser ends near the peak, not on it
    let mut worst = Worst::new("r_unit.csv", 1e-5);
    let mut likelihood = Worst::new("r_unit.csv, log-likelihood", 1e-10);
    for case in ["corn", "all", "soybeans", "not_sampled"] {
        let corn = Corn::new(case);
        let (columns, targets) = (corn.columns(), corn.targets());
        for (name, method) in [("REML", UnitMethod::Reml), ("ML", UnitMethod::Ml)] {
            let model = UnitModel { y: &corn.y, area: &corn.area, columns: &columns, method };
            let it = unit_level(&model, &targets).expect("good");
            let here = table.only("case", |it| it == case).only("method", |it| it == name);
            let (whats, indices, values) = (here.texts("what"), here.texts("index"), here.reals("value"));
            for row in 0..here.n_rows() {
                let index: usize = indices[row].parse().expect("an index");
                let place = format!("{case} {name} {} {index}", whats[row]);
                match whats[row] {
                    "between" => worst.relative(it.between, values[row], &place),
                    "error" => worst.relative(it.error, values[row], &place),
                    "beta" => worst.relative(it.coefficients[index - 1].value, values[row], &place),
                    "se" => worst.relative(it.coefficients[index - 1].standard_error, values[row], &place),
                    "estimate" => worst.relative(it.areas[index - 1].estimate, values[row], &place),
                    "loglik" => likelihood.relative(it.log_likelihood, values[row], &place),
                    other => panic!("{other}"),
                }
            }
        }
    }
    worst.finish();
    likelihood.finish();

    // Table 2 and section 3 of the paper: coefficients 51, 0.329, -0.134; variances 140 and 147.
    let corn = Corn::new("corn");
    let columns = corn.columns();
    let model = UnitModel { y: &corn.y, area: &corn.area, columns: &columns, method: UnitMethod::Reml };
    let it = unit_level(&model, &corn.targets()).expect("good");
    let printed = it.coefficients.iter().map(|it| format!("{:.3}", it.value)).collect::<Vec<_>>();
    assert_eq!((printed[1].as_str(), &printed[0][..2]), ("0.329", "51"));
    assert_eq!((it.between.round(), it.error.round()), (140.0, 147.0));
}

#[test]
fn the_bootstrap_is_near_the_formula_and_repeats() {
    let corn = Corn::new("corn");
    let columns = corn.columns();
    let targets = corn.targets();
    let model = UnitModel { y: &corn.y, area: &corn.area, columns: &columns, method: UnitMethod::Reml };
    let it = unit_level_mse(&model, &targets, 300, 7).expect("good");
    let again = unit_level_mse(&model, &targets, 300, 7).expect("good");
    assert_eq!(it, again);
    for (area, size) in it.areas.iter().zip(&corn.sizes) {
        // what is left with variances and coefficients known, at least
        let share = 1.0 - area.n as f64 / size;
        let least = share * share * (1.0 - area.own_share) * it.between;
        let mse = area.mse.expect("asked for");
        assert!(mse > 0.8 * least && mse < 3.0 * least, "{mse} {least}");
    }
}

/// An area known exactly keeps its estimate; so do all when they vary much more than they are unsure.
#[test]
fn exact_areas_keep_their_estimate() {
    let y = [1.0, 5.0, 2.0, 9.0, 4.0];
    let ones = [1.0; 5];
    for method in [AreaMethod::Reml, AreaMethod::Ml, AreaMethod::Moments] {
        let model = AreaModel { y: &y, variance: &[0.5, 0.0, 0.7, 0.0, 1.0], columns: &[&ones], method };
        let it = fay_herriot(&model).expect("good");
        assert_eq!((it.areas[1].estimate, it.areas[1].mse), (5.0, 0.0), "{method:?}");
        let all = AreaModel { variance: &[0.0; 5], ..model };
        let it = fay_herriot(&all).expect("good");
        assert!(it.areas.iter().zip(y).all(|(area, y)| (area.estimate - y).abs() < 1e-12), "{method:?}");
        let expected = if method == AreaMethod::Ml { 38.8 / 5.0 } else { 38.8 / 4.0 };
        assert!((it.between - expected).abs() < 1e-12, "{method:?} {}", it.between);
    }
}

#[test]
fn bad_areas_are_refused() {
    let ones = [1.0; 4];
    let y = [1.0, 2.0, 4.0, 3.0];
    let good = AreaModel { y: &y, variance: &[1.0; 4], columns: &[&ones], method: AreaMethod::Reml };
    let said = |model: AreaModel| fay_herriot(&model).unwrap_err().to_string();
    assert!(fay_herriot(&good).is_ok());
    assert_eq!(said(AreaModel { y: &[], variance: &[], ..good }), "y has no values");
    assert_eq!(said(AreaModel { variance: &[1.0; 3], ..good }), "variance has 3 values where 4 belong");
    assert_eq!(
        said(AreaModel { variance: &[1.0, f64::NAN, 1.0, 1.0], ..good }),
        "variance, row 1: not a finite number"
    );
    assert_eq!(said(AreaModel { variance: &[1.0, -1.0, 1.0, 1.0], ..good }), "variance = -1 is not in >= 0");
    assert_eq!(
        said(AreaModel { columns: &[&ones, &ones], ..good }),
        "columns is singular: its columns depend on each other"
    );
    assert_eq!(said(AreaModel { columns: &[], ..good }), "columns has no values");
    assert_eq!(
        said(AreaModel { y: &[1.0, f64::NAN, f64::NAN, f64::NAN], ..good }),
        "areas with a sample: 1 found, 2 needed"
    );
    assert_eq!(said(AreaModel { y: &[3.0; 4], variance: &[0.0; 4], ..good }), "y does not vary");
    let exact = AreaModel { y: &[3.0; 4], variance: &[0.0, 0.0, 1.0, 1.0], ..good };
    assert!(matches!(fay_herriot(&exact), Err(Refusal::NoVariation { .. })), "{:?}", fay_herriot(&exact));

    let unit = UnitModel { y: &y, area: &[1, 1, 2, 2], columns: &[&ones], method: UnitMethod::Reml };
    let target = Target { area: 1, size: 10.0, means: &[1.0] };
    let said = |model: UnitModel, target: Target| unit_level(&model, &[target]).unwrap_err().to_string();
    assert!(unit_level(&unit, &[target]).is_ok());
    assert_eq!(said(unit, Target { size: 1.0, ..target }), "size = 1 is not in at least the sample");
    assert_eq!(said(unit, Target { means: &[], ..target }), "means has 0 values where 1 belong");
    assert_eq!(said(UnitModel { area: &[1; 4], ..unit }, target), "areas: 1 found, 2 needed");
    assert_eq!(said(UnitModel { y: &[1.0, 1.0, 2.0, 2.0], ..unit }, target), "y within areas does not vary");
    assert!(unit_level_mse(&unit, &[target], 1, 0).is_err());
    let missing = [1.0, 2.0, 4.0, 3.0, f64::NAN];
    let with = UnitModel { y: &missing, area: &[1, 1, 2, 2, 2], columns: &[&[1.0; 5]], ..unit };
    let (with, without) =
        (unit_level(&with, &[target]).expect("good"), unit_level(&unit, &[target]).expect("good"));
    assert_eq!((with.n_missing, &with.areas), (1, &without.areas));
}

/// Areas with one auxiliary column: `y`, its variance, the column.
fn areas() -> impl Strategy<Value = Vec<(f64, f64, f64)>> {
    prop::collection::vec((-50.0..50.0_f64, 0.05..20.0_f64, -3.0..3.0_f64), 6..25)
}

fn fitted(
    areas: &[(f64, f64, f64)],
    method: AreaMethod,
    change: impl Fn(&(f64, f64, f64)) -> (f64, f64),
) -> FayHerriot {
    let (y, variance): (Vec<f64>, Vec<f64>) = areas.iter().map(change).unzip();
    let x: Vec<f64> = areas.iter().map(|area| area.2).collect();
    let ones = vec![1.0; y.len()];
    fay_herriot(&AreaModel { y: &y, variance: &variance, columns: &[&ones, &x], method }).expect("good")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn a_plane_added_to_areas_is_found_again(areas in areas(), a in -20.0..20.0_f64, b in -5.0..5.0_f64) {
        for method in [AreaMethod::Reml, AreaMethod::Ml, AreaMethod::Moments] {
            let it = fitted(&areas, method, |area| (area.0, area.1));
            let moved = fitted(&areas, method, |area| (area.0 + a + b * area.2, area.1));
            let scale = 1.0 + it.between;
            prop_assert!((it.between - moved.between).abs() < 1e-7 * scale, "{} {}", it.between, moved.between);
            prop_assert!((it.coefficients[0].value + a - moved.coefficients[0].value).abs() < 1e-6);
            prop_assert!((it.coefficients[1].value + b - moved.coefficients[1].value).abs() < 1e-6);
            for area in &it.areas {
                prop_assert!((0.0..=1.0).contains(&area.own_share) && area.mse.is_finite());
            }
        }
    }

    #[test]
    fn a_change_of_unit_or_order_changes_nothing_else(areas in areas(), k in 0.01..100.0_f64) {
        for method in [AreaMethod::Reml, AreaMethod::Ml, AreaMethod::Moments] {
            let it = fitted(&areas, method, |area| (area.0, area.1));
            let scaled = fitted(&areas, method, |area| (area.0 * k, area.1 * k * k));
            let mut turned = areas.clone();
            turned.reverse();
            let turned = fitted(&turned, method, |area| (area.0, area.1));
            for (at, area) in it.areas.iter().enumerate() {
                prop_assert!((area.estimate * k - scaled.areas[at].estimate).abs() < 1e-6 * k * 60.0);
                let back = &turned.areas[areas.len() - 1 - at];
                prop_assert!((area.estimate - back.estimate).abs() < 1e-6, "{} {}", area.estimate, back.estimate);
            }
        }
    }

    #[test]
    fn units_moved_by_a_constant_move_their_areas(
        y in prop::collection::vec(-10.0..10.0_f64, 12..40), by in -100.0..100.0_f64, seed in 0..1000_u32
    ) {
        let area: Vec<u32> = (0..y.len() as u32).map(|unit| (unit * 7 + seed) % 4).collect();
        let ones = vec![1.0; y.len()];
        let targets = [0, 1, 2, 3, 9].map(|area| Target { area, size: 50.0, means: &[1.0] });
        let fit = |y: &[f64]| {
            let model = UnitModel { y, area: &area, columns: &[&ones], method: UnitMethod::Reml };
            unit_level(&model, &targets)
        };
        let moved: Vec<f64> = y.iter().map(|y| y + by).collect();
        let (here, there) = (fit(&y).expect("good"), fit(&moved).expect("good"));
        for (here, there) in here.areas.iter().zip(&there.areas) {
            prop_assert!((here.estimate + by - there.estimate).abs() < 1e-6, "{here:?} {there:?}");
        }
        // the area without a sample gets the common mean
        prop_assert!((here.areas[4].estimate - here.coefficients[0].value).abs() < 1e-12);
    }
}
