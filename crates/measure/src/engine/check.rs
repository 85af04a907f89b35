//! Roll-ups against a full recomputation: the same states by another way, one quarter after the other.

use std::collections::BTreeMap;

use zhiheng_base::Diagnostic;

use super::Engine;
use super::conditions;
use super::scan::{Reads, failed, read_batch};
use crate::atoms::State;
use crate::formula::column;
use crate::lake::part::Part;
use crate::lake::quarter::Quarter;
use crate::lake::schema::REGION;
use crate::rollup::Tier;
use crate::rollup::cube::Cube;
use crate::rollup::file::Ask;

/// What a check compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// Groups compared.
    pub groups: u64,
    /// The first differences, as ZH5105.
    pub differences: Vec<Diagnostic>,
}

/// Differences told one by one.
const TOLD_MAX: usize = 20;

type States = BTreeMap<(u64, Option<String>), State>;

impl Engine {
    /// Recomputes every roll-up from the lake, by the query engine instead of the roll-up's own aggregation, and
    /// every level from the leaves.
    ///
    /// # Errors
    ///
    /// ZH5101 and ZH5104 when the machine fails.
    pub async fn check_rollup(&self) -> Result<Checked, Diagnostic> {
        let mut checked = Checked::default();
        for of in self.lake.schemas.keys() {
            let Some(definition) = self.rollup.definition(of) else { continue };
            let cuboids =
                std::iter::once(None).chain(definition.dimensions.iter().map(|name| Some(name.as_str())));
            for cuboid in cuboids {
                for quarter in self.rollup.quarters(of) {
                    let stored = self.stored(of, quarter, cuboid, Tier::Leaf)?;
                    let computed = self.computed(of, quarter, cuboid).await?;
                    compare(&mut checked, of, quarter, cuboid, &stored, &computed);
                    let (n_counts, n_sums) = (definition.plan.counts.len(), definition.plan.sums.len());
                    let mut cube = Cube::new(n_counts, n_sums);
                    for ((region, value), state) in &computed {
                        let value = cube.value(value.as_deref());
                        let counts: Vec<u32> = state.counts.iter().map(|&count| count as u32).collect();
                        cube.add(*region, value, &counts, &state.sums);
                    }
                    for (tier, groups) in cube.finish().tiers(&self.places, n_counts, n_sums) {
                        let computed: States = (0..groups.len())
                            .map(|at| {
                                let value = groups.values[groups.value_at[at] as usize].clone();
                                let state = State {
                                    counts: groups.counts[at * n_counts..][..n_counts]
                                        .iter()
                                        .map(|&n| n.into())
                                        .collect(),
                                    sums: groups.sums[at * n_sums..][..n_sums].to_vec(),
                                };
                                ((groups.regions[at], value), state)
                            })
                            .collect();
                        let stored = self.stored(of, quarter, cuboid, tier)?;
                        compare(&mut checked, of, quarter, cuboid, &stored, &computed);
                    }
                }
            }
        }
        Ok(checked)
    }

    fn stored(
        &self,
        of: &str,
        quarter: Quarter,
        cuboid: Option<&str>,
        tier: Tier,
    ) -> Result<States, Diagnostic> {
        let Some(definition) = self.rollup.definition(of) else { return Ok(States::new()) };
        let counts: Vec<usize> = (0..definition.plan.counts.len()).collect();
        let sums: Vec<usize> = (0..definition.plan.sums.len()).collect();
        let ask =
            Ask { tier, ranges: &[(0, u64::MAX)], has_value: cuboid.is_some(), counts: &counts, sums: &sums };
        let mut states = States::new();
        self.rollup.read(of, quarter, cuboid, &ask, |found| {
            let state = states.entry((found.region, found.value.map(str::to_owned))).or_default();
            state.counts.resize(counts.len(), 0);
            state.sums.resize(sums.len(), 0);
            state.counts.iter_mut().zip(found.counts).for_each(|(to, by)| *to += by);
            state.sums.iter_mut().zip(found.sums).for_each(|(to, by)| *to += by);
        })?;
        Ok(states)
    }

    async fn computed(&self, of: &str, quarter: Quarter, cuboid: Option<&str>) -> Result<States, Diagnostic> {
        let (Some(definition), Some(schema)) = (self.rollup.definition(of), self.lake.schema(of)) else {
            return Ok(States::new());
        };
        let parts: Vec<&Part> = self
            .lake
            .manifest
            .parts(of)
            .filter(|(found, _)| *found == quarter)
            .map(|(_, part)| part)
            .collect();
        if parts.is_empty() {
            return Ok(States::new());
        }
        let (frame, withdrawn) = self.live(&parts, schema, self.lake.size(), Reads::Most)?;
        let frame = frame.filter(column(REGION).is_not_null()).map_err(failed)?;
        let mut keys = vec![column(REGION).alias("g_region")];
        keys.extend(cuboid.map(|name| column(name).alias("g_0")));
        let states = conditions::states(&definition.plan, schema, withdrawn.as_ref()).map_err(failed)?;
        let batches = frame.aggregate(keys, states).map_err(failed)?.collect().await.map_err(failed)?;
        let mut computed = States::new();
        for batch in &batches {
            read_batch(batch, &definition.plan, |key, state, _| {
                computed.insert((key.region, key.values.into_iter().next().flatten()), state.clone());
                Some(())
            })?;
        }
        Ok(computed)
    }
}

fn compare(
    checked: &mut Checked,
    of: &str,
    quarter: Quarter,
    cuboid: Option<&str>,
    stored: &States,
    computed: &States,
) {
    checked.groups += computed.len() as u64;
    let keys: std::collections::BTreeSet<_> = stored.keys().chain(computed.keys()).collect();
    for key in keys {
        // Groups that hold only replaced rows may be missing on one side: they are all zero.
        let zero = |state: Option<&State>| {
            state.is_none_or(|state| {
                state.counts.iter().all(|&count| count == 0) && state.sums.iter().all(|&sum| sum == 0)
            })
        };
        let (left, right) = (stored.get(key), computed.get(key));
        if left != right && !(zero(left) && zero(right)) && checked.differences.len() < TOLD_MAX {
            checked.differences.push(
                Diagnostic::error("ZH5105")
                    .arg("record", of)
                    .arg("quarter", quarter)
                    .arg("cuboid", cuboid.unwrap_or("-"))
                    .arg("region", key.0)
                    .arg("stored", format!("{left:?}"))
                    .arg("computed", format!("{right:?}")),
            );
        }
    }
}
