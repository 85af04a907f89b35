//! How a sample was drawn: what a [`super::Design`] is prepared from.

/// The plan of a sample, one entry per row of the data.
///
/// Groups (strata, clusters) are numbers that stand for labels; which numbers does not matter.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "options of a plan, set by name")]
pub struct Plan<'a> {
    /// Rows of the data.
    pub n_rows: usize,
    /// Stages of sampling from the first; none means that every row was drawn by itself.
    pub stages: &'a [Stage<'a>],
    /// Sampling weights, 1 over the probability of selection. Without them they follow from the sampling
    /// fractions of all stages, and without those every weight is 1.
    pub weights: Option<&'a [f64]>,
    /// Whether clusters are numbered anew within every stratum. Without it a cluster found in two strata
    /// is refused.
    pub nest: bool,
    /// Whether units were drawn without replacement with unequal probabilities, which stand in
    /// [`Stage::fpc`]: Brewer's approximation of the variance, `1 − π_i` for each unit.
    pub pps: bool,
    /// What a stratum with a single sampled unit contributes.
    pub lonely: Lonely,
    /// Whether strata with a single unit left in a domain are treated as [`Lonely`] says too
    /// ([`Lonely::Adjust`] and [`Lonely::Average`] only).
    pub adjust_domain_lonely: bool,
    /// Whether only the first stage counts, although later stages have a finite population.
    pub ultimate_cluster: bool,
}

/// One stage of sampling.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stage<'a> {
    /// Stratum of each row within the units of the stage before; none means one stratum.
    pub strata: Option<&'a [u32]>,
    /// Sampled unit of each row; none means that each row is a unit, which only the last stage can say.
    pub clusters: Option<&'a [u32]>,
    /// Finite population: how many units the stratum has (all values at least 1, infinite allowed) or which
    /// share of them was drawn (all at most 1). The same way in all stages. None means with replacement, and
    /// later stages then add nothing.
    pub fpc: Option<&'a [f64]>,
}

/// What a stratum with one sampled unit contributes to the variance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lonely {
    /// The estimate is refused.
    #[default]
    Fail,
    /// Nothing.
    Remove,
    /// Nothing: the unit was certain to be in the sample.
    Certainty,
    /// The square of its distance from 0, the mean of all linearised values (conservative).
    Adjust,
    /// As much as the other strata on average.
    Average,
}
