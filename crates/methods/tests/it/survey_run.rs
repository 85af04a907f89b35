//! Survey and small-area methods by name, over a table of text.

use zhiheng_methods::Refusal;
use zhiheng_methods::run::{Answer, Cell, Frame, Options, method};

fn run(id: &str, table: &str, options: &[(&str, &str)]) -> Result<Answer, Refusal> {
    let mut lines = table.trim().lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let options = options.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    method(id)?.run(&Frame::new(&header, lines), &Options::new(options))
}

/// The numbers of a column of the first sheet; NaN where there is none.
fn column(answer: &Answer, name: &str) -> Vec<f64> {
    let sheet = &answer.sheets[0];
    let at = sheet.columns.iter().position(|column| column == name).expect("a column");
    let number = |cell: &Cell| match cell {
        Cell::Real(value) => *value,
        Cell::Count(value) => *value as f64,
        _ => f64::NAN,
    };
    sheet.rows.iter().map(|row| number(&row[at])).collect()
}

const TABLE: &str = "
stratum,cluster,weight,y,kind,size,margin,margin_population,margin2,margin2_population,domain
a,1,4,12,p,3,u,30,s,20,north
a,1,4,15,q,4,v,20,t,30,
a,2,5,11,p,3,u,30,s,20,north
a,2,5,18,q,5,v,20,t,30,south
b,3,3,25,p,6,u,30,t,30,south
b,3,3,21,p,5,v,20,s,20,north
b,4,2,28,q,7,u,30,t,30,south
b,4,2,24,p,6,v,20,s,20,
";

fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} {expected}");
    }
}

#[test]
fn weights_meet_their_totals() {
    let raked = column(&run("survey.weights", TABLE, &[]).expect("good"), "weight");
    near(&[raked[0] + raked[2] + raked[4] + raked[6]], &[30.0]);
    near(&[raked[0] + raked[2] + raked[5] + raked[7]], &[20.0]);
    let plain = TABLE.replace("margin", "other");
    let options = [("calibration", "linear"), ("totals", "1=40, size=170, kind:p=25")];
    let weights = column(&run("survey.weights", &plain, &options).expect("good"), "weight");
    near(&[weights.iter().sum()], &[40.0]);
    near(&[weights[0] + weights[2] + weights[4] + weights[5] + weights[7]], &[25.0]);
    let sizes = [3.0, 4.0, 3.0, 5.0, 6.0, 5.0, 7.0, 6.0];
    near(&[weights.iter().zip(sizes).map(|(weight, size)| weight * size).sum()], &[170.0]);
    let bounded = [("calibration", "logit"), ("totals", "1=29, size=130"), ("bounds", "0.5, 2")];
    let weights = column(&run("survey.weights", &plain, &bounded).expect("good"), "weight");
    assert!((weights.iter().sum::<f64>() - 29.0).abs() < 1e-5);
}

#[test]
fn domains_follow_the_whole_and_blanks_are_in_none() {
    let answer = run("survey.total", &TABLE.replace("margin", "other"), &[("interval", "z")]).expect("good");
    // 4·12 + 4·15 + 5·11 + 5·18 + 3·25 + 3·21 + 2·28 + 2·24; north rows 0, 2, 5; south 3, 4, 6
    near(&column(&answer, "estimate"), &[495.0, 166.0, 221.0]);
    assert_eq!(answer.sheets[0].rows[1][0], Cell::Text("north".into()));
    let jackknife =
        run("survey.total", &TABLE.replace("margin", "other"), &[("errors", "jackknife")]).expect("good");
    near(&column(&jackknife, "standard_error"), &column(&answer, "standard_error"));
    let boot = [("errors", "rao_wu"), ("replicates", "60"), ("seed", "4")];
    let boot = |id: &str| run(id, &TABLE.replace("margin", "other"), &boot).expect("good");
    assert_eq!(boot("survey.mean"), boot("survey.mean"));
}

#[test]
fn a_domain_without_values_has_none() {
    let table =
        TABLE.replace("margin", "other").replace(",25,", ",,").replace(",28,", ",,").replace(",18,", ",,");
    assert_eq!(run("survey.mean", &table, &[]).unwrap_err().to_string(), "y, row 3: not a finite number");
    let answer = run("survey.mean", &table, &[("missing", "drop")]).expect("good");
    let means = column(&answer, "estimate");
    assert!(means[0].is_finite() && means[1].is_finite() && means[2].is_nan(), "{means:?}");
    let answer = run("survey.quantile", &table, &[("missing", "drop"), ("p", "0.25,0.5")]).expect("good");
    assert_eq!(answer.sheets[0].rows.len(), 6);
}

#[test]
fn what_is_wrong_is_named() {
    let said =
        |id: &str, table: &str, options: &[(&str, &str)]| run(id, table, options).unwrap_err().to_string();
    let plain = TABLE.replace("margin", "other");
    assert_eq!(
        said("survey.mean", &plain.replace("\nb,4,2,24", "\n,4,2,24"), &[]),
        "stratum, row 7: \"\" is not a name"
    );
    assert_eq!(said("survey.mean", &plain, &[("level", "95")]), "level = 95 is not in (0, 1)");
    assert_eq!(
        said("survey.mean", &plain, &[("calibration", "linear"), ("totals", "size")]),
        "no value totals=size; there are column=total"
    );
    assert_eq!(
        said("survey.mean", &plain, &[("calibration", "logit"), ("totals", "1=40"), ("bounds", "2")]),
        "no value bounds=2; there are low, high"
    );
    assert_eq!(said("survey.mean", &TABLE.replace(",u,30,", ",u,31,"), &[]), "margins sum to 50 and to 51");
    assert_eq!(said("survey.quantile", &plain, &[("p", "half")]), "no value p=half; there are 0.25, 0.5");
    assert_eq!(said("survey.allocation", "stratum,size\na,10\n", &[]), "n has no values");
    let areas = "area,y,variance,kind\na,1,1,p\nb,2,1,\nc,4,1,q\nd,3,1,q\n";
    assert_eq!(
        said("small_area.fay_herriot", areas, &[("factors", "kind")]),
        "kind, row 1: \"\" is not a name"
    );
    assert_eq!(
        said("small_area.fay_herriot", areas, &[("factors", "sort")]),
        "no column sort; there are area, y, variance, kind"
    );
}

#[test]
fn factors_are_columns_of_their_names() {
    let table = "area,y,variance,kind\na,1,1,p\nb,2,1,p\nc,14,1,q\nd,13,1,q\ne,,,q\n";
    let it = run("small_area.fay_herriot", table, &[("factors", "kind"), ("method", "ml")]).expect("good");
    assert_eq!(it.sheets[1].rows[1][0], Cell::Text("kind=q".into()));
    near(&column(&it, "synthetic"), &[1.5, 1.5, 13.5, 13.5, 13.5]);
    let units = "area,y,size\na,9,\na,11,\nb,19,\nb,21,\nc,29,\nc,31,\na,,100\nd,,500\n";
    let it = run("small_area.unit_level", units, &[("draws", "50"), ("seed", "2")]).expect("good");
    let mse = column(&it, "mse");
    assert!(mse[0] > 0.1 && mse[0] < 3.0 && mse[1] > 40.0, "{mse:?}");
}
