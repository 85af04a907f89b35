//! Rows that are equal or nearly so; every column of the table counts.

use crate::refusal::Refusal;
use crate::run::{Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, needs, option};
use crate::truth::duplicates;

const ALL: &[Column] = &[needs("*", Holds::TheRest)];
const WITHIN: Choice = option("within", "0");
const DIFFERING: Choice = option("differing", "1");
const SHARE: Choice = option("share", "0.85");

pub(super) const EQUAL: Method = Method { id: "truth.equal_rows", columns: ALL, options: &[], run: equal };
pub(super) const NEAR: Method =
    Method { id: "truth.near_rows", columns: ALL, options: &[WITHIN, DIFFERING], run: near };
pub(super) const BEST: Method =
    Method { id: "truth.best_matches", columns: ALL, options: &[SHARE], run: best };

/// The columns, their cells trimmed.
fn columns(frame: &Frame) -> Result<Vec<Vec<&str>>, Refusal> {
    let trimmed = |name| Ok(frame.texts(name)?.iter().map(|text| text.trim()).collect());
    frame.names().map(trimmed).collect()
}

fn equal(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let columns = columns(frame)?;
    let rows: Vec<Vec<&str>> =
        (0..frame.n_rows()).map(|row| columns.iter().map(|column| column[row]).collect()).collect();
    let groups = duplicates::groups(&rows)?;
    let pairs: u64 = groups.iter().map(|group| group.len() as u64 * (group.len() as u64 - 1) / 2).sum();
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    for (group, members) in (1_u64..).zip(&groups) {
        cells.extend(members.iter().map(|&row| vec![group.into(), (row as u64 + 1).into()]));
    }
    let chance = duplicates::chance_pairs(&columns)?;
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &["pairs", "chance_pairs"], vec![vec![pairs.into(), chance.into()]]),
            Sheet::new("rows", &["group", "row"], cells),
        ],
    })
}

fn near(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let columns: Vec<Vec<f64>> = frame.names().map(|name| frame.numbers(name)).collect::<Result<_, _>>()?;
    let within = vec![options.real(&WITHIN)?; columns.len()];
    let found = duplicates::near(&columns, &within, options.count(&DIFFERING)? as usize)?;
    let row = |it: &duplicates::Near| {
        vec![(it.first as u64 + 1).into(), (it.second as u64 + 1).into(), (it.differing as u64).into()]
    };
    Ok(Answer::one(&["first", "second", "differing"], found.iter().map(row).collect()))
}

fn best(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let columns = columns(frame)?;
    let answer = |text: &'_ str| (!text.is_empty() && text != "NA").then(|| text.to_owned());
    let rows: Vec<Vec<Option<String>>> =
        (0..frame.n_rows()).map(|row| columns.iter().map(|column| answer(column[row])).collect()).collect();
    let least = options.real(&SHARE)?;
    let found = duplicates::best_matches(&rows)?;
    let cells = found.iter().filter(|it| it.share >= least).map(|it| {
        vec![
            (it.row as u64 + 1).into(),
            (it.other as u64 + 1).into(),
            (it.compared as u64).into(),
            it.share.into(),
        ]
    });
    Ok(Answer::one(&["row", "other", "compared", "share"], cells.collect()))
}
