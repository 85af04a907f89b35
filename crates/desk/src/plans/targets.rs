//! Targets: whether their parts make them up, who owns those of regions that changed, and how far they are.

use zhiheng_base::{Date, Decimal, Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::Better;
use zhiheng_measure::engine::Engine;
use zhiheng_measure::{Address, Basis, Measure};
use zhiheng_plan::decompose::{Yardstick, check as decompose};
use zhiheng_plan::succeed::{Passed, Reallocation, succeed};
use zhiheng_plan::target;

use super::Records;

pub use zhiheng_plan::decompose::Decomposition;
pub use zhiheng_plan::target::Target;

/// Targets, checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The targets asked for.
    pub targets: Vec<Target>,
    /// Whether the parts of each whole make it up.
    pub found: Vec<Decomposition>,
    /// Who owns those of regions that changed.
    pub passed: Vec<Passed>,
    /// What is wrong with them.
    pub problems: Vec<Diagnostic>,
    /// How many of these are of records that cannot be read.
    pub unread: usize,
}

/// Checks the targets of a region and those below, and of one period; all of them where neither is given.
///
/// # Errors
///
/// Those of the lake.
pub async fn checked(
    engine: &Engine,
    region: Option<RegionCode>,
    period: Option<Period>,
    on: Date,
) -> Result<Checked, Diagnostic> {
    let targets = Records::of(engine, "responsibility.target").await?;
    let milestones = Records::of(engine, "responsibility.milestone").await?;
    let decisions = Records::of(engine, "responsibility.reallocation").await?;
    let (mut targets, mut problems) = target::read(targets.rows(), milestones.rows());
    let (decisions, more) = zhiheng_plan::read::<Reallocation>(decisions.rows());
    problems.extend(more);
    let unread = problems.len();
    // Wholes are kept with all their parts, so that no sum is of half of them.
    targets.retain(|target| {
        region.is_none_or(|region| region.contains(target.region))
            && period.is_none_or(|period| period.covers(target.period))
    });
    let known: std::collections::BTreeSet<String> = targets.iter().map(|target| target.id.clone()).collect();
    if region.is_some() || period.is_some() {
        for target in &mut targets {
            target.parent = target.parent.take().filter(|parent| known.contains(parent));
        }
    }
    let yardsticks = Yardstick::all(engine.catalog());
    let regions = &engine.catalog().regions;
    let (found, more) = decompose(&targets, &yardsticks, regions);
    problems.extend(more);
    let (passed, more) = succeed(&targets, &decisions, &yardsticks, regions, on);
    problems.extend(more);
    Ok(Checked { targets, found, passed, problems, unread })
}

/// How far a target is.
#[derive(Clone, Debug)]
pub struct Reached {
    /// What it is to come to at the end of its period.
    pub goal: Option<Decimal>,
    /// What it is to come to by the day asked for; `None` where nothing is said for that day.
    pub by_now: Option<Decimal>,
    /// The figure as it is.
    pub measure: Measure,
    /// Whether the figure is what the goal asks, by the full value; `None` without data.
    pub met: Option<bool>,
}

/// How far `target` is on a day.
///
/// # Errors
///
/// Those of the figure: ZH5005 for an indicator that the catalog does not know.
pub async fn reached(engine: &Engine, target: &Target, on: Date) -> Result<Reached, Diagnostic> {
    let better = engine.indicator(&target.indicator)?.better;
    let address = Address {
        indicator: target.indicator.clone(),
        region: target.region,
        basis: Basis::AsNow,
        period: target.period,
        cuts: Vec::new(),
        as_of: None,
    };
    let measure = engine.measure(&address).await?;
    let last = target.period.last_day();
    let goal = target.course.on(last, target.period);
    // What is withheld is not given away by a word beside it.
    let value = match measure.value {
        Some(_) => engine.exact(&measure)?,
        None => None,
    };
    let met = value.zip(goal).map(|(value, goal)| match better {
        Better::Higher => value >= goal,
        Better::Lower => value <= goal,
        Better::Neither => value == goal,
    });
    Ok(Reached { goal, by_now: target.course.on(on.min(last), target.period), measure, met })
}
