//! What is compared with whom, and what it is to reach.

/// Two programs that compute the same, and the figures made from their seconds.
#[derive(Clone, Copy)]
pub(super) struct Case {
    /// Name in the command and the table.
    pub(super) name: &'static str,
    /// Name in `examples/methods_speed`.
    pub(super) ours: &'static str,
    pub(super) peer: Peer,
    pub(super) figures: &'static [Figure],
}

/// A script in `benches/methods`.
#[derive(Clone, Copy)]
pub(super) enum Peer {
    R(&'static str),
    Python(&'static str),
}

impl Case {
    /// Name of the peer's answers.
    pub(super) fn answers(&self) -> &'static str {
        match self.peer {
            Peer::R(_) => self.ours,
            Peer::Python(_) => self.name,
        }
    }
}

/// A line of the table.
#[derive(Clone, Copy)]
pub(super) struct Figure {
    pub(super) what: &'static str,
    /// Timings that add up to it.
    pub(super) timings: &'static [&'static str],
    pub(super) goal: Goal,
    pub(super) unit: Unit,
    pub(super) cores: Cores,
    /// Whether the peer does the same work.
    pub(super) has_peer: bool,
}

#[derive(Clone, Copy)]
pub(super) enum Goal {
    /// For information.
    None,
    /// So many times as fast as the peer.
    Times(f64),
    /// So many seconds in all.
    Within(f64),
}

#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// Seconds in all.
    Whole,
    /// Milliseconds in all.
    WholeMilli,
    /// Microseconds for each of what is named.
    Micro(&'static str),
    /// Milliseconds for each of what is named.
    Milli(&'static str),
}

impl Unit {
    pub(super) fn of(self, per_item: f64, whole: f64) -> f64 {
        match self {
            Unit::Whole => whole,
            Unit::WholeMilli => whole * 1e3,
            Unit::Micro(_) => per_item * 1e6,
            Unit::Milli(_) => per_item * 1e3,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Unit::Whole => "s",
            Unit::WholeMilli => "ms",
            Unit::Micro(name) | Unit::Milli(name) => name,
        }
    }
}

/// On how many cores our figure is taken; the notes have both.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Cores {
    One,
    All,
}

const LINE: Figure =
    Figure { what: "", timings: &[], goal: Goal::None, unit: Unit::Whole, cores: Cores::All, has_peer: true };
const WEEK: Unit = Unit::Micro("µs a series-week");
const REPLICATE: Unit = Unit::Milli("ms a replicate");
const SERIES: Unit = Unit::Micro("µs a series");

pub(super) const CASES: [Case; 10] = [
    Case {
        name: "farrington",
        ours: "warning",
        peer: Peer::R("warning.R"),
        figures: &[
            Figure {
                what: "Farrington flexible as in Noufaily (2013), one core each; peer surveillance, 300 series",
                timings: &["noufaily"],
                goal: Goal::Times(100.0),
                unit: WEEK,
                cores: Cores::One,
                ..LINE
            },
            Figure {
                what: "the same with the package's defaults",
                timings: &["default"],
                goal: Goal::Times(100.0),
                unit: WEEK,
                cores: Cores::One,
                ..LINE
            },
            Figure {
                what: "150,000 series of 330 weeks, the last week judged as in Noufaily",
                timings: &["noufaily"],
                goal: Goal::Within(10.0),
                has_peer: false,
                ..LINE
            },
        ],
    },
    Case {
        name: "survey",
        ours: "survey",
        peer: Peer::R("survey.R"),
        figures: &[
            Figure {
                what: "Mean, total and 31 domains of 1,000,000 rows; peer survey",
                timings: &["estimates"],
                goal: Goal::Times(50.0),
                ..LINE
            },
            Figure {
                what: "the same with the preparation of the design",
                timings: &["design", "estimates"],
                ..LINE
            },
        ],
    },
    Case {
        name: "pls",
        ours: "path_model",
        peer: Peer::R("path_model.R"),
        figures: &[Figure {
            what: "Path model of 24 items, bootstrap of 5,000; peer seminr's steps in plain R",
            timings: &["bootstrap"],
            unit: Unit::Whole,
            ..LINE
        }],
    },
    Case {
        name: "plspm",
        ours: "path_model",
        peer: Peer::Python("plspm_bootstrap.py"),
        figures: &[Figure {
            what: "the same; peer plspm, 60 replicates",
            timings: &["bootstrap"],
            goal: Goal::Times(100.0),
            unit: REPLICATE,
            ..LINE
        }],
    },
    Case {
        name: "composite",
        ours: "composite",
        peer: Peer::R("composite.R"),
        figures: &[
            Figure {
                what: "Composite of 51 units × 49 indicators, 1,000 draws of weights, scales and means; peer COINr's steps in plain R",
                timings: &["figures certain"],
                goal: Goal::Within(0.5),
                ..LINE
            },
            Figure {
                what: "the same with an error drawn for every figure",
                timings: &["figures in doubt"],
                goal: Goal::Within(0.5),
                ..LINE
            },
        ],
    },
    Case {
        name: "charts",
        ours: "charts",
        peer: Peer::R("charts.R"),
        figures: &[Figure {
            what: "X̄, R and S charts of 100,000 subgroups of 5; peer qcc's formulas, vectorised R",
            timings: &["charts"],
            goal: Goal::Within(0.1),
            unit: Unit::WholeMilli,
            ..LINE
        }],
    },
    Case {
        name: "ebgm",
        ours: "reports",
        peer: Peer::R("reports.R"),
        figures: &[
            Figure {
                what: "Prior, EBGM, EB05 and EB95 of the 199,765 pairs of 300,000 reports; peer openEBGM's steps in plain R",
                timings: &["prior", "scores"],
                goal: Goal::Times(10.0),
                ..LINE
            },
            Figure {
                what: "the same with the counting of pairs",
                timings: &["count", "prior", "scores"],
                ..LINE
            },
        ],
    },
    Case {
        name: "intervals",
        ours: "intervals",
        peer: Peer::R("intervals.R"),
        figures: &[
            Figure {
                what: "Wilson intervals of 1,000,000 rates; peer the formula, vectorised R",
                timings: &["wilson"],
                cores: Cores::One,
                unit: Unit::WholeMilli,
                ..LINE
            },
            Figure {
                what: "Clopper–Pearson intervals of 1,000,000 rates; peer R's qbeta",
                timings: &["clopper_pearson"],
                cores: Cores::One,
                ..LINE
            },
        ],
    },
    Case {
        name: "trend",
        ours: "trend",
        peer: Peer::R("trend.R"),
        figures: &[
            Figure {
                what: "STL of a monthly series of 20 years; peer R's stl",
                timings: &["stl"],
                cores: Cores::One,
                unit: SERIES,
                ..LINE
            },
            Figure {
                what: "Mann–Kendall of the same; peer the formula in plain R",
                timings: &["mann_kendall"],
                cores: Cores::One,
                unit: SERIES,
                ..LINE
            },
            Figure {
                what: "Sen's slope and interval of the same; peer the formula in plain R",
                timings: &["sen"],
                cores: Cores::One,
                unit: SERIES,
                ..LINE
            },
        ],
    },
    Case {
        name: "icc",
        ours: "raters",
        peer: Peer::R("raters.R"),
        figures: &[Figure {
            what: "Six intraclass correlations of 500 products by 5 raters; peer psych",
            timings: &["icc"],
            cores: Cores::One,
            unit: Unit::WholeMilli,
            ..LINE
        }],
    },
];
