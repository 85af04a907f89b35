//! Whatever table and options a method is given, it answers with numbers or says why not.

use proptest::prelude::*;
use zhiheng_methods::run::{Cell, Frame, Options, method, methods};

const CELLS: [&str; 14] =
    ["", "NA", "0", "1", "2", "3", "5", "-1", "0.5", "100", "1e300", "-1e-300", "x", "1/3"];
const NUMBERS: [&str; 14] = [
    "",
    "0",
    "1",
    "2",
    "-1",
    "0.5",
    "0.9",
    "7",
    "a",
    "a,b",
    "a=1",
    "a=1,b=2,c=3",
    "a=0:1,b=9:2,c=1:2",
    "minmax,rank",
];

/// Three columns and a few rows; some tables have only numbers, so that methods get past reading.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let pick = |to: usize| (0..to).prop_map(|at| CELLS[at].to_owned());
    prop_oneof![
        prop::collection::vec(prop::collection::vec(pick(CELLS.len()), 3), 0..6),
        prop::collection::vec(prop::collection::vec((1..9_i32).prop_map(|x| x.to_string()), 3), 2..12),
        prop::collection::vec(
            prop::collection::vec((2..10_usize).prop_map(|at| CELLS[at].to_owned()), 3),
            3..9
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn every_answer_is_numbers_or_a_reason(rows in table(), picks in prop::collection::vec(0..1000_usize, 40)) {
        let ours = |id: &str| ["composite.", "decision.", "agreement."].iter().any(|family| id.starts_with(family));
        for it in methods().filter(|it| ours(it.id)) {
            let mut header: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
            for (name, column) in header.iter_mut().zip(it.columns.iter().filter(|column| column.name != "*")) {
                // half of the tables have the columns that the method names
                if picks[0] % 2 == 0 || !column.optional {
                    column.name.clone_into(name);
                }
            }
            header.push("d".to_owned());
            let wide = rows.iter().map(|row| row.iter().cloned().chain([row[0].clone()]).collect::<Vec<String>>());
            let frame = Frame::new(&header, wide);
            let mut options = Vec::new();
            for (at, option) in it.options.iter().enumerate() {
                let pick = picks[(at + 1) % picks.len()];
                let value = match option.name {
                    "draws" | "base" | "replicates" => "20".to_owned(),
                    _ if pick % 3 == 0 => continue,
                    _ if option.values.is_empty() => NUMBERS[pick % NUMBERS.len()].to_owned(),
                    _ => option.values[pick % option.values.len()].to_owned(),
                };
                options.push((option.name.to_owned(), value));
            }
            let said = format!("{} {header:?} {rows:?} {options:?}", it.id);
            let chosen = Options::new(options);
            if let Ok(answer) = method(it.id).unwrap().run(&frame, &chosen) {
                for sheet in &answer.sheets {
                    for row in &sheet.rows {
                        prop_assert_eq!(row.len(), sheet.columns.len(), "{}", said);
                        let is_number = |cell: &Cell| !matches!(cell, Cell::Real(x) if !x.is_finite());
                        prop_assert!(row.iter().all(is_number), "{said}: {row:?}");
                    }
                }
            }
        }
    }
}
