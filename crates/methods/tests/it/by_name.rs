//! Methods over a table: hierarchies in column names, columns of standard errors, lists as options.

use zhiheng_methods::run::{Answer, Cell, Frame, Options, method};

fn run(id: &str, text: &str, options: &[(&str, &str)]) -> Answer {
    let mut lines =
        text.trim().lines().map(|line| line.trim().split(',').map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let options = Options::new(options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let answer = method(id).expect("listed").run(&Frame::new(&header, lines), &options);
    answer.unwrap_or_else(|refusal| panic!("{id}: {refusal}"))
}

/// The cells of a column of a sheet; numbers to six places.
fn cells(answer: &Answer, sheet: &str, column: &str) -> Vec<String> {
    let sheet = answer.sheets.iter().find(|own| own.name == sheet).expect("a sheet");
    let at = sheet.columns.iter().position(|own| own == column).expect("a column");
    let print = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Real(x) => format!("{x:.6}").trim_end_matches('0').trim_end_matches('.').to_owned(),
        Cell::Count(n) => n.to_string(),
        Cell::Flag(yes) => yes.to_string(),
        Cell::Missing => "–".to_owned(),
    };
    sheet.rows.iter().map(|row| print(&row[at])).collect()
}

#[test]
fn slashes_make_a_hierarchy() {
    let table = "unit,goods/pass,goods/loss,service\nA,90,2,70\nB,95,4,80\nC,100,3,";
    let options = [("lower_is_better", "goods/loss"), ("weights", "goods=2,goods/pass=3")];
    let it = run("composite.index", table, &options);
    // goods: (3 · 0 + 100)/4, (3 · 50 + 0)/4, (3 · 100 + 50)/4; service 0, 100, –
    assert_eq!(cells(&it, "result", "score"), ["16.666667", "58.333333", "87.5"]);
    assert_eq!(cells(&it, "result", "rank"), ["3", "2", "1"]);
    assert_eq!(cells(&it, "weights", "effective_weight"), ["0.5", "0.166667", "0.333333", "0.666667", "1"]);
    assert_eq!(cells(&it, "parts", "part")[9], "goods");
    assert_eq!(cells(&it, "parts", "score")[9..], ["25", "37.5", "87.5"]);
}

#[test]
fn standard_errors_stand_beside_their_indicator() {
    let table = "unit,x,x_se,y\nA,10,5,1\nB,11,5,2\nC,50,0,9";
    let it = run("composite.uncertainty", table, &[("scale", "as_is"), ("draws", "300"), ("base", "100")]);
    assert_eq!(cells(&it, "result", "rank"), ["3", "2", "1"]);
    assert_eq!(cells(&it, "result", "beside"), ["B, A", "B, A", "C"]);
    assert_eq!(cells(&it, "sensitivity", "choice"), ["weights", "errors"]);
}

#[test]
fn the_index_of_two_years() {
    let table = "unit,level,development\n2006,83.41,76.55\n2007,84.76,77.21\nlow,50,70";
    let it = run("composite.competitiveness", table, &[("ends", "level=60:100,development=60:100")]);
    assert_eq!(cells(&it, "result", "index"), ["79.98", "80.985", "65"]);
    assert_eq!(cells(&it, "result", "band_from"), ["75", "80", "–"]);
    assert_eq!(cells(&it, "result", "clipped"), ["", "", "level"]);
}

#[test]
fn gaps_are_filled_along_time() {
    let table = "unit,time,x\nA,2010,1\nB,2010,\nA,2012,\nA,2014,5\nB,2011,7";
    let linear = run("composite.impute", table, &[("fill", "linear")]);
    assert_eq!(cells(&linear, "result", "x"), ["1", "7", "3", "5", "7"]);
    let latest = run("composite.impute", table, &[("fill", "latest")]);
    assert_eq!(cells(&latest, "result", "x"), ["1", "–", "1", "5", "7"]);
}

#[test]
fn orders_take_costs_and_thresholds() {
    let table = "alternative,gain,cost\nA,5,10\nB,5,30\nC,1,10";
    let costs = ("costs", "cost");
    let copras = run("decision.order", table, &[("method", "copras"), costs]);
    assert_eq!(cells(&copras, "result", "rank"), ["1", "2", "3"]);
    let options =
        [("method", "promethee"), costs, ("preference", "linear"), ("q", "gain=0,cost=0"), ("p", "40")];
    let promethee = run("decision.order", table, &options);
    assert_eq!(cells(&promethee, "result", "score"), ["0.15", "-0.225", "0.075"]);
    let vikor = run("decision.order", table, &[("method", "vikor"), costs]);
    assert_eq!(cells(&vikor, "compromise", "compromise"), ["true", "false", "false"]);
    let weights = run("decision.order", table, &[("weighting", "entropy"), costs]);
    assert_eq!(cells(&weights, "result", "alternative"), ["A", "B", "C"]);
}

#[test]
fn names_are_categories() {
    let table = "subject,A,B,C\n1,good,good,good\n2,good,bad,bad\n3,bad,bad,bad";
    let it = run("agreement.fleiss", table, &[]);
    assert_eq!(cells(&it, "categories", "category"), ["1", "2"]);
    let alpha = run("agreement.krippendorff", table, &[("replicates", "0")]);
    assert_eq!(cells(&alpha, "result", "measured_as"), ["nominal"]);
    let weighted = Options::new([("weights".to_owned(), "linear".to_owned())]);
    let header = ["A", "B"].map(str::to_owned);
    let frame = Frame::new(&header, [["good".to_owned(), "bad".to_owned()]]);
    let refusal = method("agreement.cohen").expect("listed").run(&frame, &weighted).expect_err("no order");
    assert_eq!(refusal.to_string(), "A, row 0: \"good\" is not a number");
}
