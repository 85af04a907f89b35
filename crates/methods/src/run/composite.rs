//! Composite indices over a table: one row a unit, one column an indicator.
//!
//! Slashes in the names of the columns make the hierarchy: `product/pass_rate` is an indicator in a group `product`.

mod index;
mod steps;

use super::{Choice, Column, Holds, Method, choice, may_have, needs, option};

/// Column of the units' names.
const UNIT: &str = "unit";
/// Ending of columns that hold standard errors of the column before it.
const ERROR: &str = "_se";

const LOWER: Choice = option("lower_is_better", "");
const SCALE: Choice = choice(
    "scale",
    &[
        "minmax",
        "zscore",
        "scaled",
        "to_best",
        "to_unit",
        "to_target",
        "share_of_best",
        "rank",
        "percentile_rank",
        "borda",
        "goalposts",
        "as_is",
    ],
);
const LOW: Choice = option("low", "0");
const HIGH: Choice = option("high", "100");
const MEAN_TO: Choice = option("mean_to", "0");
const DEVIATION: Choice = option("deviation", "1");
const ENDS: Choice = option("ends", "");
const TARGETS: Choice = option("targets", "");
const REFERENCE: Choice = option("reference", "");
const POINTS: Choice = option("points", "100");
const CAPPED: Choice = choice("capped", &["yes", "no"]);
const TIES: Choice = choice("ties", &["min", "max", "average"]);
const WEIGHTS: Choice = option("weights", "");
const WEIGHTING: Choice =
    choice("weighting", &["given", "entropy", "critic", "standard_deviation", "pca_first", "pca_kaiser"]);
const MEAN: Choice = choice("mean", MEANS);
const POWER: Choice = option("power", "2");
const AVAILABILITY: Choice = option("availability", "0");
const MEANS: &[&str] = &[
    "arithmetic",
    "geometric",
    "harmonic",
    "generalised",
    "median",
    "product",
    "least",
    "greatest",
    "copeland",
    "outranking",
    "copeland_like_r",
];
const SCALES_IN_DOUBT: Choice = option("scales", "");
const MEANS_IN_DOUBT: Choice = option("means", "");
const NOISE: Choice = option("noise", "0.25");
const LEAVE_OUT: Choice = choice("leave_out", &["no", "yes"]);
const DRAWS: Choice = option("draws", "1000");
const BASE: Choice = option("base", "500");
const SEED: Choice = option("seed", "1");
const LEVEL: Choice = option("level", "0.9");
const FILL: Choice = choice(
    "fill",
    &["mean", "median", "zero", "constant", "row_mean", "row_median", "em", "latest", "linear"],
);
const CONSTANT: Choice = option("constant", "0");
const LONGEST: Choice = option("longest", "");
const MOST: Choice = option("most", "5");
const SKEWNESS: Choice = option("skewness", "2");
const KURTOSIS: Choice = option("kurtosis", "3.5");
const THEN: Choice =
    choice("then", &["log_shifted", "log_skew", "log_from_one", "log_gii", "boxcox", "none"]);
const COMBINE: Choice = choice("combine", &["no", "yes"]);
const FORCE: Choice = choice("force", &["no", "yes"]);
const FACTOR: Choice = option("factor", "1");
const BANDS: Choice = option("bands", "75,80,85,90");

const UNITS: Column = may_have(UNIT, Holds::Names);
const INDICATORS: Column = needs("*", Holds::TheRest);
/// What a normalisation takes.
macro_rules! plan_options {
    ($($more:expr),* $(,)?) => {
        &[
            LOWER, SCALE, LOW, HIGH, MEAN_TO, DEVIATION, ENDS, TARGETS, REFERENCE, POINTS, CAPPED, TIES, $($more),*
        ]
    };
}

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "composite.index",
        columns: &[UNITS, INDICATORS],
        options: plan_options![WEIGHTS, WEIGHTING, MEAN, POWER, AVAILABILITY],
        run: index::index,
    },
    Method {
        id: "composite.uncertainty",
        columns: &[UNITS, INDICATORS],
        options: plan_options![
            WEIGHTS,
            WEIGHTING,
            MEAN,
            POWER,
            AVAILABILITY,
            NOISE,
            SCALES_IN_DOUBT,
            MEANS_IN_DOUBT,
            LEAVE_OUT,
            DRAWS,
            BASE,
            SEED,
            LEVEL,
        ],
        run: index::uncertain,
    },
    Method {
        id: "composite.competitiveness",
        columns: &[UNITS, INDICATORS],
        options: &[ENDS, WEIGHTS, AVAILABILITY, BANDS],
        run: index::competitive,
    },
    Method {
        id: "composite.normalise",
        columns: &[UNITS, INDICATORS],
        options: plan_options![],
        run: steps::normalised,
    },
    Method {
        id: "composite.treat",
        columns: &[UNITS, INDICATORS],
        options: &[MOST, SKEWNESS, KURTOSIS, THEN, POWER, COMBINE, FORCE],
        run: steps::treated,
    },
    Method {
        id: "composite.impute",
        columns: &[UNITS, may_have("group", Holds::Names), may_have("time", Holds::Numbers), INDICATORS],
        options: &[FILL, CONSTANT, LOWER, LONGEST],
        run: steps::imputed,
    },
    Method {
        id: "composite.denominate",
        columns: &[UNITS, needs("value", Holds::Numbers), needs("denominator", Holds::Numbers)],
        options: &[FACTOR],
        run: steps::denominated,
    },
    Method {
        id: "composite.sobol",
        columns: &[needs("a", Holds::Numbers), needs("b", Holds::Numbers), INDICATORS],
        options: &[DRAWS, SEED, LEVEL],
        run: steps::sobol,
    },
];
