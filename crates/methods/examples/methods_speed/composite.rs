//! An index of 51 units by 49 indicators in 8 groups, drawn 1,000 times: weights, normalisation and mean in doubt,
//! and once more with errors of every figure.

use std::path::Path;

use zhiheng_methods::composite::Direction;
use zhiheng_methods::composite::index::{Plan, build};
use zhiheng_methods::composite::mean::Mean;
use zhiheng_methods::composite::scale::Scale;
use zhiheng_methods::composite::tree::{Node, Tree};
use zhiheng_methods::composite::uncertainty::{Doubt, uncertainty};
use zhiheng_methods::random::Stream;

use crate::Made;
use crate::report::{Report, columns, timed, write};

const UNITS: usize = 51;
const INDICATORS: usize = 49;
const GROUPS: usize = 8;
const DRAWS: usize = 1000;
const FILE: &str = "indicators.csv";

pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(51, 49);
    let rows = (0..UNITS).map(|_| {
        let level = draw.normal();
        (0..INDICATORS).map(|at| 100.0 + 10.0 * (0.6 * level + draw.normal()) + at as f64).collect()
    });
    let header: Vec<String> = (1..=INDICATORS).map(|at| format!("i{at}")).collect();
    Ok(write(&dir.join(FILE), &header.join(","), rows)?)
}

/// Indicator `i` belongs to group `i mod 8`, groups 0–3 and 4–7 to a pillar each, the pillars to the index.
fn tree() -> Result<Tree, zhiheng_methods::Refusal> {
    let node = |parent| Node { parent, weight: 1.0, mean: Mean::Arithmetic };
    let index = INDICATORS + GROUPS + 2;
    let mut nodes: Vec<Node> = (0..INDICATORS).map(|at| node(Some(INDICATORS + at % GROUPS))).collect();
    nodes.extend((0..GROUPS).map(|at| node(Some(INDICATORS + GROUPS + at / 4))));
    nodes.extend([node(Some(index)), node(Some(index)), node(None)]);
    Tree::new(nodes, 0.0)
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let columns = columns(&dir.join(FILE))?;
    let errors: Vec<Vec<f64>> = columns.iter().map(|column| vec![2.0; column.len()]).collect();
    let points = Scale::MinMax { low: 1.0, high: 100.0 };
    let plan = Plan {
        columns,
        directions: vec![Direction::HigherIsBetter; INDICATORS],
        scales: vec![points; INDICATORS],
        tree: tree()?,
    };
    let index = INDICATORS + GROUPS + 2;
    let certain = Doubt {
        weight_noise: 0.25,
        scales: vec![points, Scale::ZScore { mean: 100.0, deviation: 10.0 }],
        means: vec![Mean::Arithmetic, Mean::Geometric],
        ..Doubt::default()
    };
    let erring = Doubt { errors: Some(errors), ..certain.clone() };
    for (unit, score) in build(&plan)?.scores[index].iter().enumerate() {
        report.equal(format!("score {unit}"), *score, 1e-9);
    }
    for (name, doubt) in [("figures certain", certain), ("figures in doubt", erring)] {
        let it = timed(name, 1, || Ok(uncertainty(&plan, &doubt, index, DRAWS, 1, 0.9)?))?;
        for (unit, place) in it.places.iter().enumerate() {
            report.answer(format!("{name} rank {unit}"), place.rank, 0.0);
            // both sides draw by chance
            report.answer(format!("{name} mean rank {unit}"), place.mean, 0.8);
        }
    }
    Ok(())
}
