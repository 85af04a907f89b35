//! `pls` against R seminr's output in `../shared/data/pls` and the vectors of `vectors/make_pls.py`.

use crate::table::{Table, Worst};
use zhiheng_methods::pls::bootstrap::{Bootstrap, What, bootstrap};
use zhiheng_methods::pls::effects::{Without, effects, f_squared};
use zhiheng_methods::pls::fit::{Fit, Missing, Scaling, Scheme, Settings, fit, scores};
use zhiheng_methods::pls::index::{Bounds, index, of_answers};
use zhiheng_methods::pls::model::Model;
use zhiheng_methods::pls::reliability::{dimension, reliability};
use zhiheng_methods::pls::validity::{Htmt, driver_vif, fornell_larcker, htmt, item_vif};

/// The European satisfaction index, as the reference's README writes it.
const ECSI: &str = "Image = IMAG1 + IMAG2 + IMAG3 + IMAG4 + IMAG5
    Expectation = CUEX1 + CUEX2 + CUEX3
    Quality = PERQ1 + PERQ2 + PERQ3 + PERQ4 + PERQ5 + PERQ6 + PERQ7
    Value = PERV1 + PERV2
    Satisfaction = CUSA1 + CUSA2 + CUSA3
    Complaints = CUSCO
    Loyalty = CUSL1 + CUSL2 + CUSL3
    Expectation ~ Image; Satisfaction ~ Image; Loyalty ~ Image
    Quality ~ Expectation; Value ~ Expectation; Satisfaction ~ Expectation
    Value ~ Quality; Satisfaction ~ Quality; Satisfaction ~ Value
    Complaints ~ Satisfaction; Loyalty ~ Satisfaction; Loyalty ~ Complaints";

/// Names and columns of a table of numbers; a blank is missing.
pub(crate) fn columns(table: &Table) -> (Vec<String>, Vec<Vec<f64>>) {
    let column = |name: &String| table.rows().map(|row| row.real(name)).collect();
    (table.header.clone(), table.header.iter().map(column).collect())
}

fn mobi() -> Option<(Model, Vec<Vec<f64>>)> {
    let (names, columns) = columns(&Table::shared("pls/input_mobi.csv")?);
    Some((Model::read(ECSI, &names).expect("a good model"), columns))
}

fn bounds(model: &Model) -> Vec<Bounds> {
    vec![Bounds { low: 1.0, high: 10.0 }; model.columns().len()]
}

/// Names of the model's items.
fn items(model: &Model, names: &[String]) -> Vec<String> {
    model.columns().iter().map(|column| names[*column].clone()).collect()
}

#[test]
fn mobile_phones_equal_seminr() {
    let Some((model, columns)) = mobi() else { return };
    let (names, _) = self::columns(&Table::shared("pls/input_mobi.csv").expect("read before"));
    let Some(expected) = Table::shared("pls/expected_mobi_ecsi_path.csv") else { return };
    let it = fit(&model, &columns, &Settings::default()).expect("good");
    let names = items(&model, &names);
    let mut worst = Worst::new("expected_mobi_ecsi_path.csv", 1e-7);
    for row in expected.rows() {
        let found = cell(&it, &names, row.text("table"), row.text("row"), row.text("col"));
        worst.relative(found, row.real("value"), &row.line());
        assert_eq!(it.iterations, row.count("iterations") as usize);
    }
    worst.finish();
}

/// The cell of seminr's `table` in row and column.
fn cell(it: &Fit, names: &[String], table: &str, row: &str, column: &str) -> f64 {
    let of = |name: &str| it.model.find(name).unwrap_or_else(|refusal| panic!("{refusal}"));
    let item = |name: &str| names.iter().position(|known| known == name).expect("an item");
    let own =
        |values: &[f64]| if it.model.block_of(item(row)) == of(column) { values[item(row)] } else { 0.0 };
    match table {
        "path" => it.paths[(of(row), of(column))],
        "loading" => own(&it.loadings),
        "weight" => own(&it.weights),
        "cross_loading" => it.cross_loadings[(item(row), of(column))],
        "rsq" if row == "Rsq" => it.r_squared[of(column)].expect("driven"),
        "rsq" => it.r_squared_adjusted[of(column)].expect("driven"),
        "reliability" => {
            let it = reliability(it)[of(row)];
            match column {
                "alpha" => it.alpha,
                "rhoC" => it.rho_c,
                "AVE" => it.ave,
                _ => it.rho_a,
            }
        }
        "htmt" => htmt(it, Htmt::Absolute)[(of(row), of(column))].expect("defined"),
        "fornell_larcker" => fornell_larcker(it)[(of(row), of(column))],
        "fsq" => f_squared(it, Without::Anew).expect("good")[(of(row), of(column))].unwrap_or(0.0),
        "total_effect" => effects(it).total[(of(row), of(column))],
        "indirect_effect" => effects(it).indirect[(of(row), of(column))],
        "vif_item" => item_vif(it).expect("good")[item(row)],
        "vif_antecedent" => driver_vif(it).expect("good")[(of(row), of(column))].expect("two drivers"),
        other => panic!("{other}: no such table"),
    }
}

#[test]
fn scores_and_index_equal_seminr() {
    let Some((model, columns)) = mobi() else { return };
    let it = fit(&model, &columns, &Settings::default()).expect("good");
    let scores = scores(&it, &columns).expect("good");
    let Some(expected) = Table::shared("pls/expected_mobi_ecsi_path_scores.csv") else { return };
    let mut worst = Worst::new("expected_mobi_ecsi_path_scores.csv", 1e-7);
    for (i, row) in expected.rows().enumerate() {
        assert_eq!(scores.rows[i] + 1, row.count("i") as usize);
        for (block, it) in model.blocks().iter().enumerate() {
            worst.relative(scores.of[block][i], row.real(&it.name), &format!("{i} {}", it.name));
        }
    }
    worst.finish();

    let Some(expected) = Table::shared("pls/expected_mobi_ecsi_path_index100.csv") else { return };
    let mut worst = Worst::new("expected_mobi_ecsi_path_index100.csv", 1e-7);
    let found = index(&it, &bounds(&model), 0.95).expect("good");
    let answers = of_answers(&it, &scores, &bounds(&model)).expect("good");
    for row in expected.rows() {
        let block = model.find(row.text("construct")).expect("there");
        worst.relative(found[block].mean, row.real("index_mean"), &row.line());
        worst.relative(found[block].deviation, row.real("index_sd"), &row.line());
        let mean = answers[block].iter().sum::<f64>() / answers[block].len() as f64;
        worst.relative(mean, row.real("index_mean"), &row.line());
        assert!(answers[block].iter().all(|index| (-1e-9..=100.0 + 1e-9).contains(index)));
    }
    worst.finish();
}

#[test]
fn bootstrap_agrees_with_seminr() {
    let Some((model, columns)) = mobi() else { return };
    let Some(expected) = Table::shared("pls/expected_mobi_ecsi_path_boot2000.csv") else { return };
    let options = Bootstrap { replicates: 5000, htmt: false, ..Bootstrap::default() };
    let it = bootstrap(&model, &columns, &Settings::default(), &options).expect("good");
    assert_eq!(it.failed, 0);
    let mut exact = Worst::new("expected_mobi_ecsi_path_boot2000.csv, original", 1e-7);
    let mut error = Worst::new("expected_mobi_ecsi_path_boot2000.csv, standard error", 0.1);
    // Means and quantiles of 2000 draws stray by some hundredths of a standard error.
    let mut apart = Worst::new("expected_mobi_ecsi_path_boot2000.csv, mean, in standard errors", 0.1);
    let mut ends = Worst::new("expected_mobi_ecsi_path_boot2000.csv, quantiles, in standard errors", 0.3);
    for row in expected.rows() {
        let (from, to) = row.text("path").split_once("->").expect("a path");
        let (from, to) = (model.find(from.trim()).expect("there"), model.find(to.trim()).expect("there"));
        let found = it.estimates.iter().find(|estimate| {
            let quantity = estimate.quantity;
            (quantity.what, quantity.row, quantity.column) == (What::Path, from, to)
        });
        let found = found.expect("every path is bootstrapped");
        let place = row.text("path");
        let spread = row.real("Bootstrap.SD");
        exact.relative(found.original, row.real("Original.Est."), place);
        error.relative(found.standard_error, spread, place);
        apart.absolute(found.mean / spread, row.real("Bootstrap.Mean") / spread, place);
        error.relative(found.t.expect("varies"), row.real("T.Stat."), place);
        ends.absolute(found.percentile.low / spread, row.real("X2.5..CI") / spread, place);
        ends.absolute(found.percentile.high / spread, row.real("X97.5..CI") / spread, place);
    }
    exact.finish();
    error.finish();
    apart.finish();
    ends.finish();
}

/// The vectors' model; the first two constructs in mode B, or some as factors, by their signs.
fn model_of(signs: [&str; 4], names: &[String]) -> Model {
    let [image, quality, value, satisfaction] = signs;
    let text = format!(
        "image {image} i1 + i2; quality {quality} q1 + q2 + q3; value {value} v1 + v2
         satisfaction {satisfaction} s1 + s2 + s3
         quality ~ image; value ~ image + quality; satisfaction ~ image + quality + value"
    );
    Model::read(&text, names).expect("a good model")
}

#[test]
fn modes_and_schemes_equal_plspm() {
    let (names, columns) = columns(&Table::vector("pls_data.csv"));
    let mut gaps = columns.clone();
    for (row, item) in [(3, "i1"), (3, "q2"), (20, "s3"), (41, "v1"), (66, "s3")] {
        gaps[names.iter().position(|name| name == item).expect("an item")][row] = f64::NAN;
    }
    let a = model_of(["=", "=", "=", "="], &names);
    let b = model_of(["<~", "<~", "=", "="], &names);
    let factors = model_of(["=~", "=~", "=~", "=~"], &names);
    let some = model_of(["=", "=~", "=", "=~"], &names);
    let plain = Settings { tolerance: 1e-13, ..Settings::default() };
    let table = Table::parse(include_str!("../../vectors/pls.csv"));
    let mut worst = Worst::new("pls.csv", 1e-9);
    let mut cases: Vec<(String, Fit)> = Vec::new();
    for row in table.rows() {
        let case = row.text("case");
        if !cases.iter().any(|(name, _)| name == case) {
            let (model, scheme) = match case {
                "path A" | "path raw" | "path mean" => (&a, Scheme::Path),
                "centroid A" => (&a, Scheme::Centroid),
                "factorial A" | "factorial rows" => (&a, Scheme::Factorial),
                "path B" => (&b, Scheme::Path),
                "centroid B" | "centroid raw B" => (&b, Scheme::Centroid),
                "factorial B" => (&b, Scheme::Factorial),
                "factors" => (&factors, Scheme::Path),
                "some factors" => (&some, Scheme::Path),
                other => panic!("{other}: no such case"),
            };
            let scaling = if case.contains("raw") { Scaling::Centred } else { Scaling::Standardised };
            let (data, missing) = match case {
                "path mean" => (&gaps, Missing::Mean),
                "factorial rows" => (&gaps, Missing::WholeRows),
                _ => (&columns, Missing::Refused),
            };
            let it = fit(model, data, &Settings { scheme, scaling, missing, ..plain }).expect("good");
            assert!(it.is_admissible(), "{case}");
            cases.push((case.to_owned(), it));
        }
        let it = &cases.iter().find(|(name, _)| name == case).expect("just made").1;
        let at = |name: &str| it.model.find(name).expect("there");
        let item = names.iter().position(|name| name == row.text("row")).unwrap_or(0);
        let from_to = || (at(row.text("row")), at(row.text("column")));
        let one = || at(row.text("row"));
        let found = match row.text("part") {
            "weight" if case.contains("raw") => it.raw_weights()[item],
            "weight" => it.weights[item],
            "loading" => it.loadings[item],
            "path" => it.paths[from_to()],
            "total" => effects(it).total[from_to()],
            "indirect" => effects(it).indirect[from_to()],
            "r_squared" => it.r_squared[one()].expect("driven"),
            "r_squared_adjusted" => it.r_squared_adjusted[one()].expect("driven"),
            "alpha" => reliability(it)[one()].alpha,
            "first" => dimension(it)[one()].first,
            "second" => dimension(it)[one()].second.expect("two items"),
            "rho_c_first" => dimension(it)[one()].rho_c,
            "rho_a" => it.rho_a[one()],
            other => panic!("{other}: no such part"),
        };
        worst.relative(found, row.real("value"), &row.line());
    }
    worst.finish();
}

/// seminr's rule for stopping, at its defaults: the answer is that of the same round, not the settled one.
#[test]
fn a_wide_tolerance_stops_earlier() {
    let (names, columns) = columns(&Table::vector("pls_data.csv"));
    let model = model_of(["=", "=", "=", "="], &names);
    let rounds = |tolerance| {
        fit(&model, &columns, &Settings { tolerance, ..Settings::default() }).expect("good").iterations
    };
    assert!(rounds(1e-3) < rounds(1e-7) && rounds(1e-7) < rounds(1e-12));
    let refused = fit(&model, &columns, &Settings { steps: 1, ..Settings::default() });
    assert_eq!(refused.unwrap_err().to_string(), "the outer weights did not settle in 1 steps");
}
