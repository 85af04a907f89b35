//! The hierarchy of an index: indicators, groups of them, groups of groups, the index.
//!
//! **What it answers.** What do the indicators, by way of their groups, add up to for each unit; and how much of the
//! index does each indicator carry?
//!
//! **Formula.** Every group takes the mean ([`Mean`]) of its children with their weights relative to each other. A missing
//! child is left out and the others' weights are rescaled, unless the share of children present is below `availability`:
//! then the group is missing. The effective weight of a node is the product of the relative weights on its way up.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, step 6; `Aggregate` and
//! `get_eff_wts` of COINr 1.1.
//!
//! **When not to use it.** Rescaling weights treats a gap as if it were the mean of the others: see
//! [`crate::composite::impute`] for other assumptions. The effective weight is what an indicator was meant to carry, not
//! its influence, which depends on spreads and correlations too ([`influence`]).

use super::mean::{Mean, of_unit, outranking};
use crate::decision::weights::correlation;
use crate::refusal::{Refusal, at_least, same_length};

/// An indicator or a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Which node it belongs to, by position; `None` for the index.
    pub parent: Option<usize>,
    /// Weight relative to the other children of its parent; not negative.
    pub weight: f64,
    /// How its children are put together; of no meaning for an indicator.
    pub mean: Mean,
}

/// A hierarchy that has been checked.
#[derive(Debug, Clone)]
pub struct Tree {
    nodes: Vec<Node>,
    children: Vec<Vec<usize>>,
    leaves: Vec<usize>,
    /// Groups, every one after its children.
    groups: Vec<usize>,
    availability: f64,
}

impl Tree {
    /// A hierarchy of `nodes`; those that no other names as its parent are the indicators. `availability` is the share of
    /// children that must be present for a group to have a value (0: one is enough).
    ///
    /// Refuses parents that do not exist, circles, weights that are negative or not finite, and groups whose children
    /// weigh nothing together (or more than a number holds).
    pub fn new(nodes: Vec<Node>, availability: f64) -> Result<Self, Refusal> {
        at_least("nodes", nodes.len(), 1)?;
        if !(0.0..=1.0).contains(&availability) {
            return Err(Refusal::OutOfRange { what: "availability", value: availability, allowed: "[0, 1]" });
        }
        let mut children = vec![Vec::new(); nodes.len()];
        for (at, node) in nodes.iter().enumerate() {
            if !(node.weight >= 0.0 && node.weight.is_finite()) {
                return Err(Refusal::OutOfRange { what: "weight", value: node.weight, allowed: ">= 0" });
            }
            if let Some(parent) = node.parent {
                let of_parent = children.get_mut(parent);
                of_parent.ok_or_else(|| contradiction(format!("node {at} has no parent {parent}")))?.push(at);
            }
        }
        for (at, of_group) in children.iter().enumerate() {
            let weight = crate::sum::sum(of_group.iter().map(|&child| nodes[child].weight));
            if !of_group.is_empty() && (weight == 0.0 || !weight.is_finite()) {
                return Err(contradiction(format!(
                    "the weights of the children of node {at} add up to {weight}"
                )));
            }
        }
        let leaves = (0..nodes.len()).filter(|&at| children[at].is_empty()).collect();
        let groups = bottom_up(&nodes, &children)?;
        Ok(Self { nodes, children, leaves, groups, availability })
    }

    /// One index over `n` indicators: nodes `0..n` the indicators, node `n` the index.
    pub fn flat(weights: &[f64], mean: Mean) -> Result<Self, Refusal> {
        let index = weights.len();
        let mut nodes: Vec<Node> =
            weights.iter().map(|&weight| Node { parent: Some(index), weight, mean }).collect();
        at_least("weights", nodes.len(), 1)?;
        nodes.push(Node { parent: None, weight: 1.0, mean });
        Self::new(nodes, 0.0)
    }

    /// The indicators, as positions of nodes, in the order of their columns.
    pub fn leaves(&self) -> &[usize] {
        &self.leaves
    }

    /// The groups, every one after its children.
    pub fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// All nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The share of the whole that each node carries by its weights: 1 for a root.
    pub fn effective_weights(&self) -> Vec<f64> {
        let mut shares = vec![1.0; self.nodes.len()];
        for &group in self.groups.iter().rev() {
            let all = crate::sum::sum(self.children[group].iter().map(|&child| self.nodes[child].weight));
            for &child in &self.children[group] {
                shares[child] = shares[group] * self.nodes[child].weight / all;
            }
        }
        shares
    }

    /// The column of every node from those of the indicators (in the order of [`Tree::leaves`]).
    ///
    /// ```
    /// use zhiheng_methods::composite::{mean::Mean, tree::Tree};
    /// let tree = Tree::flat(&[3.0, 1.0], Mean::Arithmetic).unwrap();
    /// let nodes = tree.aggregate(&[vec![80.0, f64::NAN], vec![40.0, 60.0]]).unwrap();
    /// assert_eq!(nodes[2], [70.0, 60.0]);
    /// ```
    pub fn aggregate(&self, columns: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Refusal> {
        self.aggregate_with(columns, |at| self.nodes[at].weight, |at| self.nodes[at].mean)
    }

    /// As [`Tree::aggregate`], with other weights and means.
    pub(crate) fn aggregate_with(
        &self,
        columns: &[Vec<f64>],
        weight: impl Fn(usize) -> f64,
        mean: impl Fn(usize) -> Mean,
    ) -> Result<Vec<Vec<f64>>, Refusal> {
        same_length("columns", columns.len(), self.leaves.len())?;
        let n_units = columns.first().map_or(0, Vec::len);
        let mut values = vec![Vec::new(); self.nodes.len()];
        for (column, &leaf) in columns.iter().zip(&self.leaves) {
            same_length("column", column.len(), n_units)?;
            if let Some(row) = column.iter().position(|value| value.is_infinite()) {
                return Err(Refusal::NotFinite { what: "column", row });
            }
            values[leaf].clone_from(column);
        }
        for &group in &self.groups {
            let weights: Vec<f64> = self.children[group].iter().map(|&child| weight(child)).collect();
            let parts: Vec<&[f64]> =
                self.children[group].iter().map(|&child| values[child].as_slice()).collect();
            values[group] = self.group(&parts, &weights, mean(group), n_units)?;
        }
        Ok(values)
    }

    fn group(
        &self,
        parts: &[&[f64]],
        weights: &[f64],
        mean: Mean,
        n_units: usize,
    ) -> Result<Vec<f64>, Refusal> {
        let compared = match mean {
            Mean::Compared(how) => Some(outranking(parts, weights, how)),
            _ => None,
        };
        let mut of_unit_parts = vec![0.0; parts.len()];
        let mut column = Vec::with_capacity(n_units);
        for unit in 0..n_units {
            for (value, part) in of_unit_parts.iter_mut().zip(parts) {
                *value = part[unit];
            }
            let n_present = of_unit_parts.iter().filter(|value| !value.is_nan()).count();
            let value = if (n_present as f64 / parts.len() as f64) < self.availability {
                None
            } else if let Some(scores) = &compared {
                Some(scores[unit])
            } else {
                of_unit(&of_unit_parts, weights, mean)?
            };
            column.push(value.unwrap_or(f64::NAN));
        }
        Ok(column)
    }
}

/// Pearson's correlation of every node's column with that of node `with`, over the units that have both: what the weights
/// came to. `None` where fewer than two units have both or one does not vary.
pub fn influence(values: &[Vec<f64>], with: usize) -> Result<Vec<Option<f64>>, Refusal> {
    let target = values.get(with).ok_or_else(|| contradiction(format!("there is no node {with}")))?;
    let one = |column: &Vec<f64>| {
        let both = column.iter().zip(target).filter(|(a, b)| !a.is_nan() && !b.is_nan());
        let (a, b): (Vec<f64>, Vec<f64>) = both.map(|(&a, &b)| (a, b)).unzip();
        correlation(&a, &b)
    };
    Ok(values.iter().map(one).collect())
}

/// Groups in an order in which children come before parents; what is left over goes in circles.
fn bottom_up(nodes: &[Node], children: &[Vec<usize>]) -> Result<Vec<usize>, Refusal> {
    let mut waiting: Vec<usize> = children.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..nodes.len()).filter(|&at| waiting[at] == 0).collect();
    let mut order = Vec::with_capacity(nodes.len());
    let mut next = 0;
    while let Some(&at) = ready.get(next) {
        next += 1;
        if !children[at].is_empty() {
            order.push(at);
        }
        if let Some(parent) = nodes[at].parent {
            waiting[parent] -= 1;
            if waiting[parent] == 0 {
                ready.push(parent);
            }
        }
    }
    if next == nodes.len() { Ok(order) } else { Err(contradiction("the hierarchy goes in circles".into())) }
}

fn contradiction(what: String) -> Refusal {
    Refusal::Contradiction { what }
}
