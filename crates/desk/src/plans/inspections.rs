//! Plans of inspections: what was drawn, what is planned and done of it. A plan is a number that visits name; a draw with the same
//! number is its draw.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_measure::engine::Engine;
use zhiheng_plan::visit::Visit;
use zhiheng_plan::{FromRow, Row};

use super::Records;

/// Record type of inspections.
pub const VISIT: &str = "inspection.visit";

/// How an inspection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Planned.
    Planned,
    /// Done.
    Done,
    /// Called off.
    Cancelled,
}

impl State {
    /// Words of records.
    const WORDS: [(&'static str, State); 3] =
        [("planned", State::Planned), ("done", State::Done), ("cancelled", State::Cancelled)];

    /// The word of records.
    pub fn word(self) -> &'static str {
        State::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }
}

/// An inspection, planned or done.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// As plans of several offices know of each other.
    pub visit: Visit,
    /// How it stands.
    pub state: State,
    /// Where.
    pub region: RegionCode,
    /// Name of the enterprise, if one is stated.
    pub name: Option<String>,
}

impl FromRow for Inspection {
    const OF: &'static str = VISIT;

    fn from_row(row: Row<'_>) -> Result<Inspection, Diagnostic> {
        Ok(Inspection {
            visit: Visit::from_row(row)?,
            state: row.word("state", &State::WORDS)?,
            region: row.region("located_in")?,
            name: row.may_text("enterprise_name")?,
        })
    }
}

/// A recorded draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Number.
    pub number: String,
    /// Day.
    pub drawn_on: Date,
    /// Where.
    pub region: RegionCode,
    /// Seed.
    pub seed: String,
    /// How the seed was found.
    pub seed_from: String,
    /// Hash of the population.
    pub population: String,
    /// Hash of the log.
    pub log: Option<String>,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Draw {
    const OF: &'static str = "inspection.draw";

    fn from_row(row: Row<'_>) -> Result<Draw, Diagnostic> {
        Ok(Draw {
            number: row.text("number")?,
            drawn_on: row.date("drawn_on")?,
            region: row.region("region")?,
            seed: row.text("seed")?,
            seed_from: row.text("seed_from")?,
            population: row.text("population")?,
            log: row.may_text("log")?,
            entry: row.entry,
        })
    }
}

/// A stratum of a recorded draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Its name.
    pub stratum: String,
    /// Units in it.
    pub size: i64,
    /// Units drawn at first.
    pub drawn: i64,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Stratum {
    const OF: &'static str = "inspection.stratum";

    fn from_row(row: Row<'_>) -> Result<Stratum, Diagnostic> {
        Ok(Stratum {
            stratum: row.text("stratum")?,
            size: row.whole("size")?,
            drawn: row.whole("drawn")?,
            entry: row.entry,
        })
    }
}

/// A unit that was drawn, at first or in place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Number of the pick.
    pub order: i64,
    /// Stratum.
    pub stratum: String,
    /// Number in the stratum.
    pub place: i64,
    /// The unit.
    pub enterprise: String,
    /// The unit that fell out, for a further draw.
    pub instead_of: Option<String>,
    /// Why it fell out.
    pub reason: Option<String>,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Pick {
    const OF: &'static str = "inspection.pick";

    fn from_row(row: Row<'_>) -> Result<Pick, Diagnostic> {
        Ok(Pick {
            order: row.whole("pick")?,
            stratum: row.text("stratum")?,
            place: row.whole("place")?,
            enterprise: row.text("enterprise")?,
            instead_of: row.may_text("instead_of")?,
            reason: row.may_text("reason")?,
            entry: row.entry,
        })
    }
}

/// Everything of one plan.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Its draw, if one is recorded.
    pub draw: Option<Draw>,
    /// Strata of the draw, by name.
    pub strata: Vec<Stratum>,
    /// Picks in order.
    pub picks: Vec<Pick>,
    /// Inspections by day.
    pub inspections: Vec<Inspection>,
    /// Records that cannot be read.
    pub problems: Vec<Diagnostic>,
}

impl Plan {
    /// Where it goes on.
    pub fn regions(&self) -> BTreeSet<RegionCode> {
        let visits = self.inspections.iter().map(|one| one.region);
        self.draw.iter().map(|draw| draw.region).chain(visits).collect()
    }

    /// How many inspections stand so.
    pub fn count(&self, state: State) -> usize {
        self.inspections.iter().filter(|one| one.state == state).count()
    }

    /// Units that were drawn and not replaced.
    pub fn standing(&self) -> usize {
        let gone = |id: &str| self.picks.iter().any(|pick| pick.instead_of.as_deref() == Some(id));
        self.picks.iter().filter(|pick| !gone(&pick.enterprise)).count()
    }
}

/// The plan with this number. One of which nothing is recorded is empty.
///
/// # Errors
///
/// Those of the lake.
pub async fn plan(engine: &Engine, number: &str) -> Result<Plan, Diagnostic> {
    let mut plan = Plan::default();
    let draws = Records::only(engine, Draw::OF, "number", number).await?;
    let (draws, problems) = zhiheng_plan::read::<Draw>(draws.rows());
    plan.draw = draws.into_iter().next_back();
    plan.problems.extend(problems);
    let strata = Records::only(engine, Stratum::OF, "draw", number).await?;
    let (strata, problems) = zhiheng_plan::read::<Stratum>(strata.rows());
    plan.strata = strata;
    plan.strata.sort_by(|a, b| a.stratum.cmp(&b.stratum));
    plan.problems.extend(problems);
    let picks = Records::only(engine, Pick::OF, "draw", number).await?;
    let (picks, problems) = zhiheng_plan::read::<Pick>(picks.rows());
    plan.picks = picks;
    plan.picks.sort_by_key(|pick| pick.order);
    plan.problems.extend(problems);
    let visits = Records::only(engine, Inspection::OF, "plan", number).await?;
    let (inspections, problems) = zhiheng_plan::read::<Inspection>(visits.rows());
    plan.inspections = inspections;
    plan.inspections.sort_by(|a, b| (a.visit.on, a.visit.entry).cmp(&(b.visit.on, b.visit.entry)));
    plan.problems.extend(problems);
    Ok(plan)
}

/// The plans of a region, with all below it, that have a draw or an inspection in a period, by number; with what of them lies there
/// and then. Inspections that name no plan stand under the empty number.
///
/// # Errors
///
/// Those of the lake.
pub async fn plans(
    engine: &Engine,
    region: RegionCode,
    period: Period,
) -> Result<(BTreeMap<String, Plan>, Vec<Diagnostic>), Diagnostic> {
    let draws = Records::among(engine, Draw::OF, region, period).await?;
    let (draws, mut problems) = zhiheng_plan::read::<Draw>(draws.rows());
    let visits = Records::among(engine, Inspection::OF, region, period).await?;
    let (visits, more) = zhiheng_plan::read::<Inspection>(visits.rows());
    problems.extend(more);
    let mut plans: BTreeMap<String, Plan> = BTreeMap::new();
    for draw in draws {
        let plan = plans.entry(draw.number.clone()).or_default();
        plan.draw = Some(draw);
    }
    for visit in visits {
        let number = visit.visit.plan.clone().unwrap_or_default();
        plans.entry(number).or_default().inspections.push(visit);
    }
    Ok((plans, problems))
}
